/**
 * Quality of a ranking of documents.
 *
 * A document is relevant from grade 1 on; one that nobody judged has grade 0. A document counts at its
 * first rank only, so a retriever that returns it twice gains nothing. `k` cuts the ranking; without it
 * the whole ranking counts.
 */
import { requireCount, requireFinite } from './argument.ts'
import { mean } from './summary.ts'

/** `ranking`: document ids, best first. `relevance`: grade by document id, for all judged documents, retrieved or not. */
export type Ranking = {
  readonly ranking: readonly string[]
  readonly relevance: Readonly<Record<string, number>>
  readonly k?: number
}

/** Relevant documents among the first k over k, even when fewer were returned; 0 for an empty ranking. */
export function precisionAtK(given: Ranking): number {
  const k = given.k ?? given.ranking.length
  return hitsOf(given) / Math.max(1, k)
}

/** Relevant documents among the first k over all relevant ones; `undefined` without a relevant document. */
export function recallAtK(given: Ranking): number | undefined {
  const hits = hitsOf(given)
  const relevant = countRelevant(given)
  return relevant === 0 ? undefined : hits / relevant
}

/** 1 / rank of the first relevant document among the first k; 0 when there is none. */
export function reciprocalRank(given: Ranking): number {
  const first = gradesOf(given).findIndex(isRelevant)
  return first < 0 ? 0 : 1 / (first + 1)
}

/**
 * Sum of the precisions at the ranks of relevant documents among the first k, over all relevant ones
 * (trec_eval's map); `undefined` without a relevant document.
 */
export function averagePrecision(given: Ranking): number | undefined {
  const grades = gradesOf(given)
  const relevant = countRelevant(given)
  if (relevant === 0) return undefined
  let hits = 0
  const precisions = grades.map((grade, index) => {
    if (!isRelevant(grade)) return 0
    hits += 1
    return hits / (index + 1)
  })
  return sum(precisions) / relevant
}

/**
 * Discounted cumulative gain of the first k over the best possible (Järvelin & Kekäläinen 2002), discount
 * 1 / log2(rank + 1). `gain` 'linear' (default) is the grade, 'exponential' 2^grade - 1 (Burges et al. 2005).
 * `undefined` without a document of positive grade.
 */
export function ndcg(given: Ranking & { readonly gain?: 'linear' | 'exponential' }): number | undefined {
  const { gain = 'linear' } = given
  const gainOf = (grade: number) => (gain === 'linear' ? grade : 2 ** grade - 1)
  const grades = gradesOf(given)
  const best = Object.values(given.relevance).sort((a, b) => b - a)
  const ideal = discountedSum(best.slice(0, given.k).map(gainOf))
  return ideal > 0 ? discountedSum(grades.map(gainOf)) / ideal : undefined
}

/** Mean of a measure over queries; those for which it is `undefined` are left out, as in trec_eval, and counted. */
export function meanOverQueries(measured: readonly (number | undefined)[]): {
  mean: number | undefined
  queries: number
  leftOut: number
} {
  const defined = measured.filter((value) => value !== undefined)
  return {
    mean: defined.length === 0 ? undefined : mean(defined),
    queries: defined.length,
    leftOut: measured.length - defined.length,
  }
}

/** Grades in rank order, cut at k; a repeated document has grade 0. */
function gradesOf({ ranking, relevance, k = ranking.length }: Ranking): number[] {
  requireCount({ name: 'k', value: k, least: ranking.length === 0 ? 0 : 1 })
  for (const [document, grade] of Object.entries(relevance)) requireFinite(`relevance of ${document}`, grade)
  const seen = new Set<string>()
  return ranking.slice(0, k).map((document) => {
    if (seen.has(document) || !Object.hasOwn(relevance, document)) return 0
    seen.add(document)
    return relevance[document] ?? 0
  })
}

const isRelevant = (grade: number): boolean => grade >= 1

const hitsOf = (given: Ranking): number => gradesOf(given).filter(isRelevant).length

const countRelevant = ({ relevance }: Ranking): number => Object.values(relevance).filter(isRelevant).length

const discountedSum = (gains: readonly number[]): number => sum(gains.map((gain, index) => gain / Math.log2(index + 2)))

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0)
