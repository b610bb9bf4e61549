/**
 * What people ask, in groups, and how many cases of the suites each group has. Before there is traffic the groups are
 * what the task contract declares. Groups are made of words (`word-vectors.ts`): a question in other words than the
 * cases counts as not covered, so that the figure errs towards too little.
 *
 * Invariant: pure; says nothing of a question but the words that its group shares.
 */
import type { Interval } from '../../core/evidence.ts'
import { wilson } from '../../kernel/statistics/index.ts'
import { groupByWords, wordVectors } from '../word-vectors.ts'
import type { Coverage, CoverageGroup } from './contract.ts'

/** A group counts as covered from so many cases on. */
export const ENOUGH_CASES = 5
/** Below it nothing is said of a share. */
export const LEAST_QUESTIONS = 30
const LEVEL = 0.95

/** @param questions what was asked, newest first · @param cases inputs of the suites */
export function coverageOfTraffic({
  questions,
  cases,
}: {
  questions: readonly string[]
  cases: readonly string[]
}): Coverage {
  const vectors = wordVectors([...questions, ...cases])
  const { groups, nearest } = groupByWords(vectors.slice(0, questions.length))
  const counts = countBy(vectors.slice(questions.length).map(nearest))
  const all = groups.map(({ members, terms }, at) =>
    groupOf({ words: terms, questions: members.length, cases: counts.get(at) ?? 0 }),
  )
  const covered = all.reduce((sum, one) => sum + (one.isCovered ? one.questions : 0), 0)
  const n = questions.length
  return {
    basis: 'traffic',
    questions: n,
    cases: cases.length,
    groups: all.length,
    coveredShare: n < LEAST_QUESTIONS ? null : covered / n,
    interval: n < LEAST_QUESTIONS ? null : intervalOf(covered, n),
    uncovered: all.filter((one) => !one.isCovered).toSorted((one, other) => other.questions - one.questions),
    casesOutside: counts.get(-1) ?? 0,
  }
}

/** @param kinds what the task contract declares: what it is, and questions of that kind */
export function coverageOfTask({
  kinds,
  cases,
}: {
  kinds: readonly { readonly what: string; readonly examples: readonly string[] }[]
  cases: readonly string[]
}): Coverage {
  const texts = kinds.flatMap(({ what, examples }) => [what, ...examples])
  const kindOf = kinds.flatMap(({ examples }, kind) => [kind, ...examples.map(() => kind)])
  const vectors = wordVectors([...texts, ...cases])
  const { groups, nearest } = groupByWords(vectors.slice(0, texts.length))
  // A group of words belongs to the kind that its first text was declared under.
  const kindOfGroup = groups.map(({ members }) => kindOf[members[0] ?? 0] ?? -1)
  const counts = countBy(vectors.slice(texts.length).map((vector) => kindOfGroup[nearest(vector)] ?? -1))
  const all = kinds.map(({ what }, at) => groupOf({ words: [what], questions: 0, cases: counts.get(at) ?? 0 }))
  const covered = all.filter(({ isCovered }) => isCovered).length
  return {
    basis: 'declared',
    questions: 0,
    cases: cases.length,
    groups: all.length,
    coveredShare: all.length === 0 ? null : covered / all.length,
    interval: null,
    uncovered: all.filter(({ isCovered }) => !isCovered),
    casesOutside: counts.get(-1) ?? 0,
  }
}

const groupOf = (group: Omit<CoverageGroup, 'isCovered'>): CoverageGroup => ({
  ...group,
  isCovered: group.cases >= ENOUGH_CASES,
})

function countBy(keys: readonly number[]): Map<number, number> {
  const counts = new Map<number, number>()
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1)
  return counts
}

function intervalOf(successes: number, n: number): Interval {
  const { low, high } = wilson({ successes, n, confidence: LEVEL })
  return { low, high, method: 'wilson', sides: 2, level: LEVEL }
}
