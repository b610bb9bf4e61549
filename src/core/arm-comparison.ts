/**
 * The two arms of a rollout compared in one metric, step by step, with limits that may be looked at any time.
 */
import { type ArmSample, type ArmStep, asymptoticHalfWidth, stratifiedSequence } from '../kernel/statistics/index.ts'
import type { Metric, MetricSums, RolloutPlan } from './rollout.ts'

/** What both arms saw while the candidate had this share, strictly between 0 and 1. */
export type Step = { readonly share: number; readonly control: MetricSums; readonly candidate: MetricSums }

/** Candidate less control on the metric's scale; `balancedUnits` is the size of an even split that knows as much. */
export type Compared = { difference: number; se: number; upper: number; lower: number; balancedUnits: number }

/** Null while no step has units in both arms, or nothing has varied. */
export function compare({
  metric,
  plan,
  steps,
}: {
  metric: Metric
  plan: RolloutPlan
  steps: readonly Step[]
}): Compared | null {
  const arms: ArmStep[] = steps.map((step) => ({
    canary: sampleOf(metric, step.candidate),
    control: sampleOf(metric, step.control),
  }))
  const first = stratifiedSequence({ steps: arms, plannedSe: 1 })
  if (!first) return null
  const weight = arms.reduce((sum, { canary, control }) => {
    const n = canary.n + control.n
    return n === 0 ? sum : sum + (canary.n * control.n) / n
  }, 0)
  const balancedUnits = Math.max(1, Math.round(4 * weight))
  const halfWidth = (se: number, level: number) =>
    asymptoticHalfWidth({ se, n: balancedUnits, plannedUnits: plan.plannedUnits, alpha: level, sides: 1 })
  // Under "no harm" the arms share one variance. Under "worse by the margin" they do not, and with a small share the
  // pooled one is the control's: it promoted a release at its margin in 6.8 % of simulated rollouts, above the level of 5 %.
  const ownSe = Math.max(first.se, separateSe(arms, weight))
  return {
    difference: first.difference,
    se: ownSe,
    upper: first.difference + halfWidth(ownSe, plan.alphaPromote),
    lower: first.difference - halfWidth(first.se, alphasOf(metric, plan).sequence),
    balancedUnits,
  }
}

/** Standard error of the stratified difference when each arm keeps its own variance. */
function separateSe(arms: readonly ArmStep[], weight: number): number {
  const spread = arms.reduce((sum, { canary, control }) => {
    if (canary.n === 0 || control.n === 0) return sum
    const own = (canary.n * control.n) / (canary.n + control.n)
    return sum + own ** 2 * (canary.variance / canary.n + control.variance / control.n)
  }, 0)
  return Math.sqrt(spread) / weight
}

export function sampleOf(metric: Metric, { units, events, sum, sumOfSquares }: MetricSums): ArmSample {
  if (units === 0) return { n: 0, mean: 0, variance: 0 }
  if (metric.kind === 'event')
    return { n: units, mean: events / units, variance: (events / units) * (1 - events / units) }
  const mean = sum / units
  return { n: units, mean, variance: Math.max(0, sumOfSquares / units - mean ** 2) }
}

/**
 * The chance of a false alarm, split over the metrics; where two tests may claim harm each has half. A critical
 * event has one test, any harm at all; a mean has the sequence alone.
 */
export function alphasOf(metric: Metric, plan: RolloutPlan): { evidence: number; sequence: number } {
  const own = plan.alphaRollback / plan.metrics.length
  const isSplit = metric.kind === 'event' && !metric.critical
  return { evidence: isSplit ? own / 2 : own, sequence: isSplit ? own / 2 : own }
}

/** A margin on the scale that is compared: 10 % more is ln 1.1. */
export const onScale = (metric: Metric, margin: number): number => (isLog(metric) ? Math.log1p(margin) : margin)
export const inUnits = (metric: Metric, value: number): number => (isLog(metric) ? Math.expm1(value) : value)
export const isLog = ({ kind, scale }: Metric): boolean => kind === 'mean' && scale === 'log'
