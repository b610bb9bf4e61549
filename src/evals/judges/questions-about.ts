/**
 * What a judge would be asked about some answers, and what that will take, before it is asked.
 *
 * The judge's own questions are put together and counted, and something that could be its answer is given back, so
 * that a judge who asks twice is counted twice. Nothing is sent.
 */
import { picoOf } from '../../kernel/money.ts'
import type { EstimateJudge } from '../deps.ts'
import type { ScoredRow, Scorer } from '../evaluators/index.ts'

export type QuestionsAbout = {
  readonly calls: number
  /** About one answer. */
  readonly most: number
  /** All of them together; null when a price is not known. */
  readonly pico: bigint | null
}

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
  { score, estimateJudge, signal }: { score: Scorer; estimateJudge: EstimateJudge; signal: AbortSignal },
): Promise<QuestionsAbout> {
  let calls = 0
  let most = 0
  let pico: bigint | null = 0n
  for (const row of rows) {
    const before = calls
    const askJudge = async (ask: Parameters<EstimateJudge>[0]) => {
      calls += 1
      const cost = await estimateJudge(ask)
      pico = pico === null || cost === null ? null : pico + picoOf(cost)
      return { text: PLAUSIBLE, costMicroUsd: null }
    }
    try {
      await score(row, { signal, askJudge })
    } catch {
      // Its answer could not be made up; the question was counted.
    }
    most = Math.max(most, calls - before)
  }
  return { calls, most, pico }
}
