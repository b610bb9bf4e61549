/** One variant on some examples: the release with its prompt and parameters in place of the present ones. */

import type { Turn } from '../../core/conversation.ts'
import { type Example, turnsOf } from '../../core/dataset.ts'
import type { Interval } from '../../core/evidence.ts'
import type { Manifest } from '../../core/manifest.ts'
import { approximateMicroUsd } from '../../kernel/money.ts'
import { clusteredMean } from '../../kernel/statistics/index.ts'
import { monotonicMs } from '../../kernel/time.ts'
import type { Variant } from './variants.ts'

/** What tuning reads of a run. */
export type TrialAnswer = { readonly answer: string; readonly costMicroUsd: string | null }
export type RunTrial<Answer extends TrialAnswer> = (ask: {
  manifest: Manifest
  arm: 'flow'
  turns: readonly Turn[]
  signal: AbortSignal
}) => Promise<Answer>

/** The suite's primary evaluator on one answer; null where it does not apply or cannot be scored. */
export type ScoreTrial<Answer extends TrialAnswer> = (of: {
  example: Example
  answer: string
  result: Answer
  latencyMs: number
  signal: AbortSignal
}) => Promise<number | null>

/** The evaluator that decides, and which way is up. */
export type TrialScorer<Answer extends TrialAnswer> = {
  readonly score: ScoreTrial<Answer>
  readonly better: 'higher' | 'lower'
  readonly unit: string
}

export type Trial = {
  readonly cluster: string
  readonly score: number | null
  readonly cost: number | null
  readonly latencyMs: number
  readonly failed: boolean
}

export async function trialOf<Answer extends TrialAnswer>(
  { manifest, example, signal }: { manifest: Manifest; example: Example; signal: AbortSignal },
  { run, score }: { run: RunTrial<Answer>; score: ScoreTrial<Answer> },
): Promise<Trial> {
  const cluster = example.cluster ?? example.id
  const started = monotonicMs()
  try {
    const result = await run({ manifest, arm: 'flow', turns: turnsOf(example), signal })
    const latencyMs = monotonicMs() - started
    const cost = result.costMicroUsd === null ? null : approximateMicroUsd(result.costMicroUsd)
    return {
      cluster,
      score: await score({ example, answer: result.answer, result, latencyMs, signal }),
      cost,
      latencyMs,
      failed: false,
    }
  } catch (thrown) {
    if (signal.aborted) throw thrown
    return { cluster, score: null, cost: 0, latencyMs: monotonicMs() - started, failed: true }
  }
}

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
  }
}
