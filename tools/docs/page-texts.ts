/** What the source of a page says by itself, outside of the catalogue, and what it takes from there. */
import { type Expression, type Node, parseSync, Visitor } from 'oxc-parser'

export type PageTexts = {
  /** Text that stands in the source. */
  outside: { line: number; text: string; start: number; end: number }[]
  /** Keys that are said, with what is said of each text. */
  /** Undefined where what is filled in is put together elsewhere. */
  said: { line: number; key: string; names: readonly string[] | undefined }[]
}

/** Whatever they hold is read by somebody. */
const READ = new Set([
  'aria-label',
  'alt',
  'empty',
  'help',
  'hint',
  'label',
  'note',
  'placeholder',
  'says',
  'submit',
  'title',
  'what',
])
/** Whatever they hold is not. */
const UNREAD = new Set([
  ...['accept', 'aria-controls', 'aria-current', 'aria-describedby', 'aria-labelledby', 'aria-live', 'autoComplete'],
  ...[
    'className',
    'color',
    'd',
    'document',
    'fill',
    'href',
    'htmlFor',
    'id',
    'inputMode',
    'key',
    'kind',
    'list',
    'name',
  ],
  ...['paper', 'points', 'queryKey', 'rel', 'role', 'scope', 'stroke', 'style', 'target', 'to', 'tone', 'transform'],
  ...['type', 'value', 'viewBox', 'width'],
])

/** `say` gives a text, `sayWith` one that has links and other parts in it. */
const SAYING = new Set(['say', 'sayWith'])

type Range = { readonly start: number; readonly end: number }

export function readPageTexts(path: string, source: string): PageTexts {
  const { program } = parseSync(path, source)
  const lineAt = (start: number): number => source.slice(0, start).split('\n').length
  const unread: Range[] = []
  const found: (Range & { text: string; isRead: boolean })[] = []
  const said: PageTexts['said'] = []
  const read = new Set<number>()
  const headings = new Set<number>()
  const facts = new Set<number>()
  const lists: Range[] = []
  const name = (of: { type: string; name?: unknown; value?: unknown }): string => String(of.name ?? of.value)
  const shown = ({ children }: { children: readonly Node[] }): void => {
    for (const { start } of children.flatMap(leavesOf)) read.add(start)
  }
  new Visitor({
    ImportDeclaration: (node) => void unread.push(node),
    TSLiteralType: (node) => void unread.push(node),
    BinaryExpression: (node) => void (/==|in$/.test(node.operator) && unread.push(node.left, node.right)),
    CallExpression({ callee, arguments: [key, of], start }) {
      if (callee.type !== 'Identifier' || !SAYING.has(callee.name) || key?.type !== 'Literal') return
      unread.push(key)
      said.push({ line: lineAt(start), key: String(key.value), names: of ? namesOf(of as Expression) : [] })
    },
    JSXAttribute({ name: of, value }) {
      const attribute = of.type === 'JSXIdentifier' ? of.name : ''
      if (value && UNREAD.has(attribute)) unread.push(value)
      if (value && attribute === 'items') lists.push(value)
      if (value && READ.has(attribute)) for (const one of leavesOf(value)) read.add(one.start)
    },
    // A list of facts has what each is first.
    ArrayExpression({ elements }) {
      for (const one of elements)
        if (one?.type === 'ArrayExpression' && one.elements.length === 2 && one.elements[0])
          for (const { start } of leavesOf(one.elements[0])) facts.add(start)
    },
    JSXElement: (node) => shown(node),
    JSXFragment: (node) => shown(node),
    // The name of a column is its heading.
    ObjectExpression({ properties }) {
      const own = properties.flatMap((one) => (one.type === 'Property' ? [one] : []))
      if (!own.some(({ key }) => name(key) === 'cell')) return
      for (const { key, value } of own) if (name(key) === 'name') headings.add(value.start)
    },
    Property({ key, value }) {
      if (headings.has(value.start)) read.add(value.start)
      else if (UNREAD.has(name(key))) unread.push(value)
      // What a dialog is opened for goes by `what` too.
      if (READ.has(name(key)) && name(key) !== 'what') for (const one of leavesOf(value)) read.add(one.start)
      unread.push(key)
    },
    JSXText: ({ value, start, end }) => void found.push({ start, end, text: value.trim(), isRead: true }),
    Literal({ value, start, end }) {
      if (typeof value === 'string') found.push({ start, end, text: value, isRead: false })
    },
    TemplateLiteral: ({ quasis, start, end }) =>
      void found.push({ start, end, text: quasis.map((one) => one.value.cooked).join('…'), isRead: false }),
  }).visit(program)
  const isFact = (at: number) => facts.has(at) && lists.some(({ start, end }) => start <= at && at < end)
  const isWithin = ({ start, end }: Range) => unread.some((one) => one.start <= start && end <= one.end)
  return {
    said,
    outside: found
      .filter((one) => /\p{L}{2}/u.test(one.text) && !NAMES.test(one.text) && !isWithin(one))
      .filter(({ start, text, isRead }) => isRead || read.has(start) || isFact(start) || readsAsWords(text))
      .map(({ start, end, text }) => ({ line: lineAt(start), text: text.replace(/\s+/g, ' '), start, end })),
  }
}

/** Two words, or one that begins a sentence; classes of styles, colours, addresses and commands do not. */
const readsAsWords = (text: string): boolean =>
  (/^[A-Z][a-z]+([ ,.…-].*)?$/.test(text) || /\p{L}\S*\s+\S*\p{L}/u.test(text)) && !NO_WORDS.test(text)
/** The product, and its commands. */
const NAMES = /^(Airworthy$|(npx )?airworthy )/
const NO_WORDS =
  /^(mod k$|grid-cols-|a, button|AIRWORTHY_|\{\n|main \[|\(prefers-|hidden md:|color-mix|[\w/[\]:.-]+-[\w/[\]().:-]+( |$)|(flex|grid|block|inline|field|sticky|absolute|relative) )/

/** What an expression may come to, where it stands on the page itself. */
function leavesOf(node: Node): readonly Node[] {
  if (node.type === 'JSXExpressionContainer') return leavesOf(node.expression)
  if (node.type === 'ConditionalExpression') return [node.consequent, node.alternate].flatMap(leavesOf)
  if (node.type === 'LogicalExpression') return [node.left, node.right].flatMap(leavesOf)
  return [node]
}

const namesOf = (of: Expression): string[] | undefined =>
  of.type === 'ObjectExpression'
    ? of.properties.flatMap((one) => (one.type === 'Property' && one.key.type === 'Identifier' ? [one.key.name] : []))
    : undefined
