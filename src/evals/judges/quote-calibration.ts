/** What holding a judge against people will take, before it is asked: from its questions about a sample of the answers. */
import { microUsd } from '../../kernel/money.ts'
import type { Annotation } from '../annotation/index.ts'
import type { EstimateJudge } from '../deps.ts'
import type { Scorer } from '../evaluators/index.ts'
import { AT_A_TIME, labelledItems, rowOf } from './ask-judge.ts'
import type { CalibrationQuote } from './contract.ts'
import { questionsAbout } from './questions-about.ts'

const SAMPLED = 25
/** Of one question; nobody measured this judge here. */
const SECONDS = 2

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
  const { calls, pico } = await questionsAbout(sampled.map(rowOf), { score, estimateJudge, signal })
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
