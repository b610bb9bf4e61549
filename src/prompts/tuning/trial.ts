/** One variant on some examples: the release with its prompt and parameters in place of the present ones. */

import { isCapReached } from '../../core/cap-reached.ts'
import type { Turn } from '../../core/conversation.ts'
import { type Example, turnsOf } from '../../core/dataset.ts'
import type { Interval } from '../../core/evidence.ts'
import type { Manifest } from '../../core/manifest.ts'
import { messageOf } from '../../kernel/failure.ts'
import { approximateMicroUsd, type MicroUsd } from '../../kernel/money.ts'
import { clusteredMean } from '../../kernel/statistics/index.ts'
import { monotonicMs } from '../../kernel/time.ts'
import type { Meter } from './meter.ts'
import type { Variant } from './variants.ts'

/** What tuning reads of a run. */
export type TrialAnswer = {
  readonly answer: string
  readonly costMicroUsd: string | null
  /** What it waited for a cap before it was asked. */
  readonly waitedMs?: number
  /** How long it took where that is known otherwise, as of an answer that was given before. */
  readonly latencyMs?: number
}
export type RunTrial<Answer extends TrialAnswer> = (ask: {
  manifest: Manifest
  arm: 'flow'
  turns: readonly Turn[]
  signal: AbortSignal
}) => Promise<Answer>

/** The suite's primary evaluator on one answer; null where it does not apply or cannot be scored, or a judge may not be asked. */
export type ScoreTrial<Answer extends TrialAnswer> = (of: {
  example: Example
  answer: string
  result: Answer
  latencyMs: number
  /** Counts a question to a judge, before it is sent; false where it must not be. */
  mayAsk: () => boolean
  signal: AbortSignal
}) => Promise<number | null>

/** What a judge is asked about one answer; nothing where the evaluator asks no model. */
export type JudgeQuestions = {
  /** About one answer. */
  readonly most: number
  /** Of one answer in the mean; null when a price is not known. */
  readonly costMicroUsd: MicroUsd | null
}

/** The evaluator that decides, and which way is up. */
export type TrialScorer<Answer extends TrialAnswer> = {
  readonly score: ScoreTrial<Answer>
  readonly better: 'higher' | 'lower'
  readonly unit: string
  readonly questionsAbout: (examples: readonly Example[]) => Promise<JudgeQuestions>
}

export type Trial = {
  readonly cluster: string
  readonly score: number | null
  readonly cost: number | null
  readonly latencyMs: number
  readonly failed: boolean
  /** Why it failed; absent where it did not. */
  readonly problem?: string
  /** Questions to a judge about its answer. */
  readonly judged: number
}
/** With what was asked and answered, for those who look at failures; it is not kept. */
export type Tried = { readonly trial: Trial; readonly example: Example; readonly answer: string }

/** Undefined where the budget does not pay for its answer, or a cap is reached, which ends the budget. */
export async function trialOf<Answer extends TrialAnswer>(
  { manifest, example, signal }: { manifest: Manifest; example: Example; signal: AbortSignal },
  { run, score, meter }: { run: RunTrial<Answer>; score: ScoreTrial<Answer>; meter: Meter },
): Promise<Tried | undefined> {
  if (!meter.take(questionsOf(manifest))) return undefined
  const cluster = example.cluster ?? example.id
  const started = monotonicMs()
  let judged = 0
  const mayAsk = () => {
    const isPaid = meter.take(1)
    if (isPaid) judged += 1
    return isPaid
  }
  try {
    const result = await run({ manifest, arm: 'flow', turns: turnsOf(example), signal })
    const latencyMs = result.latencyMs ?? monotonicMs() - started - (result.waitedMs ?? 0)
    const cost = result.costMicroUsd === null ? null : approximateMicroUsd(result.costMicroUsd)
    const { answer } = result
    const scored = await score({ example, answer, result, latencyMs, mayAsk, signal })
    return { trial: { cluster, score: scored, cost, latencyMs, failed: false, judged }, example, answer }
  } catch (thrown) {
    if (signal.aborted) throw thrown
    if (isCapReached(thrown)) {
      meter.end(thrown.message)
      return undefined
    }
    const latencyMs = monotonicMs() - started
    const problem = messageOf(thrown)
    return { trial: { cluster, score: null, cost: 0, latencyMs, failed: true, problem, judged }, example, answer: '' }
  }
}

/** Questions that one answer of an application takes. */
export const questionsOf = ({ flow }: Manifest): number =>
  flow.steps.filter(({ use }) => use === 'generate' || use === 'call-target').length

/** The release with another prompt, and with these parameters at every model that a step joins with it. */
export function manifestWith(manifest: Manifest, { prompt, parameters }: Variant): Manifest {
  const used = new Set(
    manifest.flow.steps.flatMap((step) => (step.use === 'generate' && step.prompt === prompt.name ? [step.model] : [])),
  )
  return {
    ...manifest,
    prompts: manifest.prompts.map((one) => (one.name === prompt.name ? prompt : one)),
    models: manifest.models.map((one) =>
      used.has(one.name) ? { ...one, parameters: { ...one.parameters, ...parameters } } : one,
    ),
  }
}

export type Figure = {
  readonly n: number
  readonly mean: number | null
  readonly interval: Interval | null
  readonly costMicroUsd: number | null
  readonly latencyMs: number
  readonly errors: number
  /** Of the first that failed. */
  readonly problem: string | null
}

const LEVEL = 0.95

export function figureOf(trials: readonly Trial[]): Figure {
  const scored = trials.flatMap(({ score, cluster }) => (score === null ? [] : [{ score, cluster }]))
  const scores = scored.map(({ score }) => score)
  const clusters = scored.map(({ cluster }) => cluster)
  const costs = trials.flatMap(({ cost }) => (cost === null ? [] : [cost]))
  const mean = (values: readonly number[]) => values.reduce((sum, one) => sum + one, 0) / values.length
  const isMeasured = new Set(clusters).size > 1
  const { low, high } = isMeasured ? clusteredMean({ scores, clusters, confidence: LEVEL }) : { low: 0, high: 0 }
  return {
    n: scores.length,
    mean: scores.length === 0 ? null : mean(scores),
    interval: isMeasured ? { low, high, method: 'clustered-t (CR2)', sides: 2, level: LEVEL } : null,
    costMicroUsd: costs.length < trials.length || costs.length === 0 ? null : mean(costs),
    latencyMs: trials.length === 0 ? 0 : mean(trials.map(({ latencyMs }) => latencyMs)),
    errors: trials.filter(({ failed }) => failed).length,
    problem: trials.find(({ problem }) => problem !== undefined)?.problem ?? null,
  }
}
