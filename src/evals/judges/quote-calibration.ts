/**
 * What holding a judge against people will take, before it is asked.
 *
 * The judge's own questions are put together for a sample of the answers and counted, and something that could be its
 * answer is given back, so that a judge who asks twice is counted twice. Nothing is sent.
 */
import { microUsd, picoOf } from '../../kernel/money.ts'
import type { Annotation } from '../annotation/index.ts'
import type { EstimateJudge } from '../deps.ts'
import type { Scorer } from '../evaluators/index.ts'
import { AT_A_TIME, labelledItems, rowOf } from './ask-judge.ts'
import type { CalibrationQuote } from './contract.ts'

const SAMPLED = 25
/** Of one question; nobody measured this judge here. */
const SECONDS = 2
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

export async function quoteCalibration({
  score,
  queue,
  items,
  estimateJudge,
  signal,
}: {
  score: Scorer
  estimateJudge: EstimateJudge
  signal: AbortSignal
} & Awaited<ReturnType<Annotation['labelled']>>): Promise<CalibrationQuote> {
  const open = labelledItems(items)
  const step = Math.max(1, Math.floor(open.length / SAMPLED))
  const sampled = open.filter((_, at) => at % step === 0).slice(0, SAMPLED)
  let calls = 0
  let pico: bigint | null = 0n
  for (const item of sampled) {
    const askJudge = async (ask: Parameters<EstimateJudge>[0]) => {
      calls += 1
      const cost = await estimateJudge(ask)
      pico = pico === null || cost === null ? null : pico + picoOf(cost)
      return { text: PLAUSIBLE, costMicroUsd: null }
    }
    try {
      await score(rowOf(item), { signal, askJudge })
    } catch {
      // Its answer could not be made up; the question was counted.
    }
  }
  const share = sampled.length === 0 ? 0 : open.length / sampled.length
  const all = Math.round(calls * share)
  return {
    answers: open.length,
    calls: all,
    costMicroUsd: pico === null ? null : microUsd(BigInt(Math.round(Number(pico) * share))),
    minutes: Math.round(((all * SECONDS) / AT_A_TIME / 60) * 1000) / 1000,
    basis: `From the questions about ${sampled.length} of ${open.length} labelled answers of ${queue.name}; ${SECONDS} seconds a question, ${AT_A_TIME} at a time${pico === null ? '. The price of the model is not known' : ''}.`,
  }
}
