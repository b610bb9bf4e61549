/** What an experiment will take and what it could see. */

import { turnsOf } from '../core/dataset.ts'
import { microUsd, picoOf } from '../kernel/money.ts'
import { meanDetectable, pairedProportionsDetectable } from '../kernel/statistics/index.ts'
import { EXPECTED_DEVIATION, EXPECTED_DISCORDANT } from './deciding-cases.ts'
import type { EstimateRun } from './deps.ts'
import type { Experiment, Quote } from './experiment.ts'
import type { ExperimentPlan } from './experiment-plan.ts'
import type { NumberedExample, PlannedArm } from './planned-arm.ts'
import { sampled } from './planned-examples.ts'

/** Estimated on this many examples of each arm, spread evenly. */
const SAMPLED = 25
const MINUTE_MS = 60_000

export async function quoteExperiment(
  plan: ExperimentPlan,
  {
    repeats,
    estimateRun,
    concurrency,
    before,
  }: {
    repeats: number
    estimateRun: EstimateRun
    concurrency: number
    /** The last experiment with this suite, which knows how much scores differ. */
    before: Experiment | undefined
  },
): Promise<Quote> {
  const rows = plan.examples.length * repeats
  let pico: bigint | null = 0n
  let milliseconds = 0
  const examples = await sampled(plan.examples, SAMPLED)
  for (const arm of plan.arms) {
    const estimate = await estimateArm(examples, arm, estimateRun)
    pico =
      pico === null || estimate.pico === null ? null : pico + (estimate.pico * BigInt(rows)) / BigInt(estimate.runs)
    milliseconds += (estimate.milliseconds * rows) / estimate.runs
  }
  const seen = detectable(plan, before)
  return {
    calls: plan.arms.reduce((sum, arm) => sum + callsOf(arm) * rows, 0),
    costMicroUsd: pico === null ? null : microUsd(pico),
    minutes: Math.round((milliseconds / concurrency / MINUTE_MS) * 1000) / 1000,
    detectableDifference: seen.difference,
    basis: `Cost and time from ${Math.min(SAMPLED, plan.examples.length)} examples of each arm${pico === null ? ' (a price is not known)' : ''}. ${seen.basis}`,
  }
}

async function estimateArm(examples: readonly NumberedExample[], arm: PlannedArm, estimateRun: EstimateRun) {
  let pico: bigint | null = 0n
  let milliseconds = 0
  for (const { example } of examples) {
    const { costMicroUsd, latencyMs } = await estimateRun({
      manifest: arm.manifest,
      arm: arm.flow,
      turns: turnsOf(example),
    })
    pico = pico === null || costMicroUsd === null ? null : pico + picoOf(costMicroUsd)
    milliseconds += latencyMs ?? 0
  }
  return { pico, milliseconds, runs: examples.length }
}

const callsOf = ({ manifest, flow }: PlannedArm): number =>
  (flow === 'flow' ? manifest.flow : manifest.baseline)?.steps.filter(
    ({ use }) => use === 'generate' || use === 'call-target',
  ).length ?? 0

function detectable(
  plan: ExperimentPlan,
  before: Experiment | undefined,
): { difference: number | null; basis: string } {
  if (plan.against === null) return { difference: null, basis: 'Nothing is compared.' }
  const n = plan.examples.length
  if (n < 2) return { difference: null, basis: 'One example can show no difference.' }
  const primary = plan.evaluators.find(({ key }) => key === plan.suite.primary)?.evaluator
  const seen = before?.comparison.find(({ evaluator }) => evaluator === plan.suite.primary)
  if (before && seen?.interval && seen.n > 1) {
    const deviation = ((seen.interval.high - seen.interval.low) / (2 * 1.96)) * Math.sqrt(seen.n)
    if (deviation > 0)
      return {
        difference: meanDetectable({ n, standardDeviation: deviation }),
        basis: `Detectable with 80 % power at the variance of ${before.id}.`,
      }
  }
  if (primary?.unit !== 'share')
    return { difference: null, basis: 'How much this score varies is not known before the first experiment.' }
  return primary.kind === 'rate'
    ? {
        difference: pairedProportionsDetectable({ discordant: EXPECTED_DISCORDANT, n }) ?? null,
        basis: 'Detectable with 80 % power if the arms disagree on a fifth of the examples.',
      }
    : {
        difference: meanDetectable({ n, standardDeviation: EXPECTED_DEVIATION }),
        basis: 'Detectable with 80 % power if paired scores differ with a standard deviation of 0.3.',
      }
}
