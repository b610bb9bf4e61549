/**
 * Failed cases put together by what is alike in them, so that a person looks at ten groups and not at four hundred
 * rows. First by the kind of failure, then by the words of question and detail (cosine of tf-idf, leader clustering).
 *
 * Invariant: pure and independent of the order of rows; the same rows give the same groups.
 */
import { type Digest, digestOf } from '../../kernel/digest.ts'
import { groupByWords, wordVectors } from '../word-vectors.ts'

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

/** Failed cases that are grouped; there may be more. */
export const MOST_CASES = 5000
const MOST_CLUSTERS = 60

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
  const { groups: found } = groupByWords(wordVectors(cases.map(({ question, detail }) => `${question} ${detail}`)))
  const clusters = found.map(({ members, terms }) => ({
    terms,
    examples: members.map((at) => cases[at]?.example ?? ''),
  }))
  const groups = clusters.filter(({ examples }) => examples.length > 1)
  const singles = clusters.flatMap(({ examples }) => (examples.length === 1 ? examples : []))
  return [
    ...groups.map(({ terms, examples }) =>
      cluster({ kind, label: `${WORDS[kind]}: ${terms.join(', ')}`, terms, examples }),
    ),
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
