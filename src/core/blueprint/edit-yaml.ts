/**
 * Writes a new value into a YAML file that people wrote: what stays the same keeps its place, form and comments.
 * Items of a list are the same when they have the same `id`, else the same `name`, else the same position.
 *
 * Invariant: reading the result gives exactly the value that was written.
 */
import { Document, isMap, isScalar, isSeq, type Node, parseDocument, type YAMLMap, type YAMLSeq } from 'yaml'
import { digestOf, normaliseText } from '../../kernel/digest.ts'

/** @param text the file as it was; undefined or broken when it is to be written anew */
export function editYaml(text: string | undefined, value: Readonly<Record<string, unknown>>): string {
  const document = text === undefined ? undefined : parseDocument(normaliseText(text), { uniqueKeys: true })
  if (!document || document.errors.length > 0 || !isMap(document.contents)) return fresh(value)
  if (text !== undefined && digestOf(document.toJS()) === digestOf(plain(value))) return text
  document.contents = merge(document, document.contents, value) as typeof document.contents
  const edited = document.toString({ lineWidth: LINE_WIDTH })
  // Anchors and odd tags may read back differently; then the form gives way to the content.
  return digestOf(parseDocument(edited).toJS()) === digestOf(plain(value)) ? edited : fresh(value)
}

const LINE_WIDTH = 120

const fresh = (value: unknown): string => new Document(plain(value)).toString({ lineWidth: LINE_WIDTH })

/** As JSON has it: what is undefined is not there. */
const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value))

type Whole = ReturnType<typeof parseDocument>

function merge(document: Whole, node: unknown, value: unknown): Node {
  const isRecord = typeof value === 'object' && value !== null && !Array.isArray(value)
  if (isMap(node) && isRecord) return mergeMap(document, node, value as Record<string, unknown>)
  if (isSeq(node) && Array.isArray(value)) return mergeList(document, node, value)
  if (isScalar(node) && !isRecord && !Array.isArray(value)) {
    if (node.value === value) return node
    const next = document.createNode(value) as Node
    next.comment = node.comment ?? null
    next.commentBefore = node.commentBefore ?? null
    return next
  }
  return document.createNode(plain(value) as object) as Node
}

/** Keys keep the order that they have in the file; new ones follow. The order of keys means nothing. */
function mergeMap(document: Whole, node: YAMLMap, value: Record<string, unknown>): Node {
  node.items = node.items.filter(({ key }) => {
    const name = isScalar(key) ? key.value : key
    return typeof name === 'string' && value[name] !== undefined
  })
  for (const [key, one] of Object.entries(value)) {
    if (one === undefined) continue
    const before = node.get(key, true)
    // A key without a value, `baseline:`, has a comment of its own on its pair.
    if (before === undefined) node.set(document.createNode(key), document.createNode(plain(one)))
    else node.set(key, merge(document, before, one))
  }
  return node
}

function mergeList(document: Whole, node: YAMLSeq, value: readonly unknown[]): Node {
  const before = node.items
  node.items = value.map((one, index) => {
    const key = keyOf(one)
    const same = key === undefined ? before[index] : before.find((item) => isMap(item) && keyOf(item.toJSON()) === key)
    return same === undefined ? document.createNode(plain(one)) : merge(document, same, one)
  })
  return node
}

function keyOf(item: unknown): string | undefined {
  if (typeof item !== 'object' || item === null) return undefined
  const { id, name } = item as Record<string, unknown>
  return id !== undefined ? `id ${String(id)}` : name !== undefined ? `name ${String(name)}` : undefined
}
