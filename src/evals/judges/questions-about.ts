/**
 * What judges and models of vectors would be asked about some answers, and what that will take, before it is asked.
 *
 * The evaluator's own questions are put together and counted, and something that could be the answer is given back, so
 * that a judge who asks twice is counted twice. Nothing is sent.
 */
import { type Example, referencesOf } from '../../core/dataset.ts'
import { picoOf } from '../../kernel/money.ts'
import type { Estimated, EstimateJudge, EstimateVectors } from '../deps.ts'
import type { ScoredRow, Scorer } from '../evaluators/index.ts'

export type QuestionsAbout = {
  readonly calls: number
  /** About one answer. */
  readonly most: number
  /** All of them together; null when a price is not known. */
  readonly pico: bigint | null
  /** Each by itself. */
  readonly asked: readonly AskedAbout[]
}
export type AskedAbout = Estimated & { readonly of: 'judges' | 'vectors'; readonly model: string }

const CLAIMS = 3
const VERDICT = { reason: 'It says so.', verdict: true }
/** What each of the questions could be answered with; a judge reads its own field. */
const PLAUSIBLE = JSON.stringify({
  ...VERDICT,
  grade: 1,
  better: 'first',
  harmful: false,
  commits: true,
  claims: Array.from({ length: CLAIMS }, (_, at) => `Claim ${at + 1}.`),
  verdicts: Array.from({ length: CLAIMS }, () => VERDICT),
  whole: VERDICT,
})

export async function questionsAbout(
  rows: readonly ScoredRow[],
  {
    score,
    estimateJudge,
    estimateVectors,
    signal,
  }: { score: Scorer; estimateJudge: EstimateJudge; estimateVectors?: EstimateVectors; signal: AbortSignal },
): Promise<QuestionsAbout> {
  const asked: AskedAbout[] = []
  let most = 0
  for (const row of rows) {
    const before = asked.length
    const askJudge = async (ask: Parameters<EstimateJudge>[0]) => {
      asked.push({ of: 'judges', model: ask.model, ...(await estimateJudge(ask)) })
      return { text: PLAUSIBLE, costMicroUsd: null }
    }
    const embed = async (ask: Parameters<EstimateVectors>[0]) => {
      if (estimateVectors) asked.push({ of: 'vectors', model: ask.model, ...(await estimateVectors(ask)) })
      return { vectors: ask.texts.map(() => Float32Array.of(1)), costMicroUsd: null }
    }
    try {
      await score(row, { signal, askJudge, embed })
    } catch {
      // Its answer could not be made up; the question was counted.
    }
    most = Math.max(most, asked.length - before)
  }
  const pico = asked.reduce<bigint | null>(
    (sum, { costMicroUsd }) => (sum === null || costMicroUsd === null ? null : sum + picoOf(costMicroUsd)),
    0n,
  )
  return { calls: asked.length, most, pico, asked }
}

/** An answer that could be, with a passage behind it, so that a judge finds something to ask about. */
export function madeUp(example: Example): ScoredRow {
  const answer = referencesOf(example)[0] ?? 'An answer of some words.'
  const result = {
    ...{ abstained: false, passages: ['1'], texts: [{ id: '1', text: answer }], citations: ['1'] },
    ...{ invalidCitations: [], latencyMs: 0, costMicroUsd: null },
  }
  return { example, answer, result }
}
