/**
 * Failed cases put together by what is alike in them, so that a person looks at ten groups and not at four hundred
 * rows. First by the kind of failure, then by the words of question and detail (cosine of tf-idf, leader clustering).
 *
 * Invariant: pure and independent of the order of rows; the same rows give the same groups.
 */
import { type Digest, digestOf } from '../../kernel/digest.ts'

export type FailedCase = {
  readonly example: string
  /** The last user turn. */
  readonly question: string
  /** The run's error; null when it answered and the answer did not pass. */
  readonly error: string | null
  readonly abstained: boolean
  /** What the primary evaluator said. */
  readonly detail: string
}

export type CaseCluster = {
  readonly key: Digest
  /** Its run failed, it abstained, or its answer did not pass. */
  readonly kind: 'error' | 'abstained' | 'wrong'
  readonly label: string
  readonly terms: string[]
  readonly examples: string[]
}

/** Cases as alike as this are one group. */
const ALIKE = 0.3
const MOST_CASES = 5000
const MOST_CLUSTERS = 60
const TERMS = 4

export function clusterFailures(failed: readonly FailedCase[]): CaseCluster[] {
  const cases = failed.toSorted((one, other) => (one.example < other.example ? -1 : 1)).slice(0, MOST_CASES)
  const groups = Map.groupBy(cases, (one) => `${kindOf(one)} ${one.error === null ? '' : shapeOf(one.error)}`)
  return [...groups.values()]
    .flatMap(clustersIn)
    .toSorted((one, other) => other.examples.length - one.examples.length || (one.key < other.key ? -1 : 1))
    .slice(0, MOST_CLUSTERS)
}

const kindOf = ({ error, abstained }: FailedCase): CaseCluster['kind'] =>
  error !== null ? 'error' : abstained ? 'abstained' : 'wrong'

/** An error without what differs from case to case: numbers, ids, quoted text. */
const shapeOf = (error: string): string =>
  error
    .replace(/["'`“][^"'`”]*["'`”]/g, '…')
    .replace(/\b[a-z]+_[0-9a-z]{8,}\b|\b[0-9a-f]{12,}\b|\d+/gi, '#')
    .slice(0, 200)

function clustersIn(cases: readonly FailedCase[]): CaseCluster[] {
  const [first] = cases
  if (!first) return []
  const kind = kindOf(first)
  // One error is one cause, whatever was asked.
  if (kind === 'error')
    return [
      cluster({ kind, label: shapeOf(first.error ?? ''), terms: [], examples: cases.map(({ example }) => example) }),
    ]
  const vectors = weighted(cases.map(({ question, detail }) => wordsOf(`${question} ${detail}`)))
  const clusters: { leader: Vector; sum: Map<string, number>; examples: string[] }[] = []
  for (const [at, vector] of vectors.entries()) {
    const nearest = clusters
      .map((one) => ({ one, alike: cosine(one.leader, vector) }))
      .reduce<{ one: (typeof clusters)[number]; alike: number } | undefined>(
        (best, found) => (best && best.alike >= found.alike ? best : found),
        undefined,
      )
    const example = cases[at]?.example ?? ''
    if (nearest && nearest.alike >= ALIKE) {
      nearest.one.examples.push(example)
      for (const [term, weight] of vector) nearest.one.sum.set(term, (nearest.one.sum.get(term) ?? 0) + weight)
    } else clusters.push({ leader: vector, sum: new Map(vector), examples: [example] })
  }
  const groups = clusters.filter(({ examples }) => examples.length > 1)
  const singles = clusters.flatMap(({ examples }) => (examples.length === 1 ? examples : []))
  return [
    ...groups.map(({ sum, examples }) => {
      const terms = heaviest(sum)
      return cluster({ kind, label: `${WORDS[kind]}: ${terms.join(', ')}`, terms, examples })
    }),
    ...(singles.length > 0
      ? [cluster({ kind, label: `${WORDS[kind]}: each unlike the others`, terms: [], examples: singles })]
      : []),
  ]
}

const WORDS: Readonly<Record<CaseCluster['kind'], string>> = {
  error: 'failed',
  abstained: 'abstained',
  wrong: 'not right',
}

const cluster = (found: Omit<CaseCluster, 'key'>): CaseCluster => ({
  key: digestOf({ kind: found.kind, label: found.label, examples: found.examples }),
  ...found,
})

type Vector = ReadonlyMap<string, number>

/** Unit vectors of tf-idf. */
function weighted(documents: readonly (readonly string[])[]): Vector[] {
  const inDocuments = new Map<string, number>()
  for (const words of documents)
    for (const word of new Set(words)) inDocuments.set(word, (inDocuments.get(word) ?? 0) + 1)
  return documents.map((words) => {
    const vector = new Map<string, number>()
    for (const word of words)
      vector.set(word, (vector.get(word) ?? 0) + Math.log(1 + documents.length / (inDocuments.get(word) ?? 1)))
    const length = Math.hypot(...vector.values())
    return new Map([...vector].map(([word, weight]) => [word, weight / (length || 1)]))
  })
}

function cosine(one: Vector, other: Vector): number {
  let sum = 0
  for (const [word, weight] of one) sum += weight * (other.get(word) ?? 0)
  return sum
}

const heaviest = (sum: ReadonlyMap<string, number>): string[] =>
  [...sum]
    .toSorted(([one, a], [other, b]) => b - a || (one < other ? -1 : 1))
    .slice(0, TERMS)
    .map(([term]) => term)

const STOP = new Set(
  'the a an of to in is it and or for on that this with what how are was be by as at from do does did i you my can not no which who when where why will would'.split(
    ' ',
  ),
)
const wordsOf = (text: string): string[] =>
  (text.toLowerCase().match(/[\p{L}\p{N}]{2,}/gu) ?? []).filter((word) => !STOP.has(word))
