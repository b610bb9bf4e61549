/** promptfoo's assertions as evaluators of ours: by value in the row, or by options of the suite. */
import { z } from 'zod'
import { modelOf } from './promptfoo-provider.ts'

export const Assertion = z.looseObject({
  type: z.string(),
  value: z.unknown().optional(),
  threshold: z.number().optional(),
  /** Who grades it; for `similar`, who makes the vectors. */
  provider: z.unknown().optional(),
})
export type Assertion = z.infer<typeof Assertion>

/** `expected` goes into the row, `use` into the suite; `why` says what is lost or why there is no equivalent. */
export type Mapped =
  | { readonly kind: 'row'; readonly use: string; readonly expected: readonly string[]; readonly options?: object }
  | { readonly kind: 'suite'; readonly use: string; readonly options: object }
  | { readonly kind: 'rubric'; readonly rubric: string }
  | { readonly kind: 'none'; readonly why: string }

const texts = (value: unknown): string[] =>
  [value]
    .flat()
    .filter((one) => typeof one === 'string' || typeof one === 'number')
    .map(String)
const literal = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')
const anyOf = (value: unknown): string => texts(value).map(literal).join('|')

/** From which cosine promptfoo's `similar` passes where nothing is said. */
const SIMILAR_FROM = 0.75

/** @param vectors the model of vectors, as promptfoo or as we name it, where an assertion names none */
export function mapAssertion({ type, value, threshold, provider }: Assertion, vectors?: unknown): Mapped {
  const isNegated = type.startsWith('not-')
  const plain = isNegated ? type.slice(4) : type
  if (typeof value === 'string' && value.startsWith('file://'))
    return { kind: 'none', why: `${type} reads ${value}, which is code or a file of its own` }
  const pattern = (text: string, flags?: string): Mapped => ({
    kind: 'suite',
    use: 'regex',
    options: { pattern: text, ...(flags && { flags }), ...(isNegated && { absent: true }) },
  })
  switch (plain) {
    case 'equals':
      if (typeof value === 'object') return { kind: 'none', why: `${type} compares JSON values; use json-schema` }
      return isNegated ? pattern(`^${literal(String(value))}$`) : { kind: 'row', use: 'exact', expected: texts(value) }
    case 'contains':
    case 'contains-any':
      return isNegated
        ? pattern(anyOf(value))
        : { kind: 'row', use: 'contains', expected: texts(value), options: { caseSensitive: true } }
    case 'icontains':
    case 'icontains-any':
      return isNegated ? pattern(anyOf(value), 'i') : { kind: 'row', use: 'contains', expected: texts(value) }
    case 'contains-all':
    case 'icontains-all':
      if (isNegated) return { kind: 'none', why: `${type} has no equivalent; state each text on its own` }
      return {
        kind: 'suite',
        use: 'contains',
        options: { values: texts(value), caseSensitive: plain === 'contains-all' },
      }
    case 'starts-with':
      return pattern(`^${literal(String(value))}`)
    case 'regex':
      return pattern(String(value))
    case 'is-json':
      if (isNegated) return { kind: 'none', why: `${type} has no equivalent` }
      return {
        kind: 'suite',
        use: 'json-schema',
        options: { schema: typeof value === 'object' && value !== null ? value : {} },
      }
    case 'latency':
      return { kind: 'suite', use: 'latency-ms', options: {} }
    case 'cost':
      return { kind: 'suite', use: 'cost-micro-usd', options: {} }
    case 'llm-rubric':
    case 'g-eval':
    case 'model-graded-closedqa':
    case 'factuality':
      return texts(value).length > 0 && !isNegated
        ? { kind: 'rubric', rubric: texts(value).join('\n') }
        : { kind: 'none', why: `${type} without a text` }
    case 'similar':
    case 'similar:cosine':
      if (isNegated) return { kind: 'none', why: `${type} has no equivalent; similarity passes from a cosine upwards` }
      return similar(texts(value), threshold ?? SIMILAR_FROM, provider ?? vectors)
    default:
      return {
        kind: 'none',
        why: `${type}${threshold === undefined ? '' : ` (threshold ${threshold})`} has no equivalent here`,
      }
  }
}

/** The nearest of several texts counts, here as there. */
function similar(expected: string[], passAt: number, vectors: unknown): Mapped {
  if (expected.length === 0) return { kind: 'none', why: 'similar without a text' }
  const model = vectors === undefined ? undefined : modelOf(vectors)
  if (model?.kind === 'model')
    return { kind: 'row', use: 'similarity', expected, options: { model: model.name, passAt } }
  return {
    kind: 'none',
    why: `similar (threshold ${passAt}) names no model of vectors; name one as its provider (openai:embeddings:text-embedding-3-small) or under defaultTest.options.provider.embedding, and convert again`,
  }
}

/** promptfoo's short form: `contains:text`, `llm-rubric: text`, `similar(0.8):text`; without a type it is `equals`. */
export function readShortAssertion(text: string): Assertion {
  const found = /^\s*((?:not-)?[a-z][a-z-]*)(?:\(([\d.]+)\))?\s*:\s*([\s\S]*)$/.exec(text)
  if (!found) return { type: 'equals', value: text }
  const [, type = 'equals', threshold, value = ''] = found
  const split = /-(?:any|all)$/.test(type) ? value.split(',').map((one) => one.trim()) : value.trim()
  return { type, value: split, ...(threshold !== undefined && { threshold: Number(threshold) }) }
}
