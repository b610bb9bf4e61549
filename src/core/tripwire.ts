/**
 * Absolute limits of a rollout, which need no comparison: what the candidate may not do, whatever the control does.
 *
 * A ceiling of a rate is judged by a one-arm e-value, which may be looked at after every unit. The others are plain
 * counts, a price for safety outside of the level of the plan: three events against none happen by chance once in
 * eight at equal shares.
 */
import { oneArmCeiling } from '../kernel/statistics/index.ts'
import { isLog } from './arm-comparison.ts'
import type { Metric, MetricSums, RolloutPlan } from './rollout.ts'

/** So many units of the candidate in a row, from the first on, and all of them bad. */
const ALL_BAD = 5
const CRITICAL_EVENTS = 3
/** A mean is held against its ceiling from so many units on, three standard errors below it. */
const UNITS_OF_MEAN = 20
const STANDARD_ERRORS = 3

/** Why it tripped, as a sentence; undefined when it did not. */
export function tripOf({
  metric,
  plan,
  control,
  candidate,
}: {
  metric: Metric
  plan: RolloutPlan
  control: MetricSums
  candidate: MetricSums
}): string | undefined {
  return metric.kind === 'event'
    ? (eventsTripped(metric, control, candidate) ?? rateTripped({ metric, plan, candidate }))
    : meanTripped(metric, candidate)
}

function eventsTripped({ tripwire, critical }: Metric, control: MetricSums, candidate: MetricSums): string | undefined {
  const most = tripwire ?? (critical ? CRITICAL_EVENTS : undefined)
  const isMore = control.events === 0 && control.units >= candidate.units
  if (most !== undefined && candidate.events >= most && (most === 1 || isMore))
    return `It happened ${candidate.events} times with the candidate${isMore ? ' and never with the control' : ''}; ${most} is the tripwire.`
  const isControlWell = control.units >= ALL_BAD && control.events * 2 < control.units
  if (candidate.units >= ALL_BAD && candidate.events === candidate.units && isControlWell)
    return `It happened with every one of the first ${candidate.units} units of the candidate.`
  return undefined
}

function rateTripped(given: { metric: Metric; plan: RolloutPlan; candidate: MetricSums }): string | undefined {
  const { metric, plan, candidate } = given
  const { ceiling } = metric
  const { events, units } = candidate
  if (ceiling === undefined || ceiling >= 1 || units === 0 || events <= ceiling * units) return undefined
  const { logE } = oneArmCeiling({ events, n: units, ceiling, alpha: plan.alphaRollback })
  return logE >= -Math.log(plan.alphaRollback)
    ? `${events} in ${units} units of the candidate show a rate above the ceiling of ${ceiling * 100} %.`
    : undefined
}

function meanTripped(metric: Metric, { units, sum, sumOfSquares }: MetricSums): string | undefined {
  const { ceiling } = metric
  if (ceiling === undefined || units < UNITS_OF_MEAN) return undefined
  const mean = sum / units
  const error = Math.sqrt(Math.max(0, sumOfSquares / units - mean ** 2) / units)
  const low = mean - STANDARD_ERRORS * error
  const limit = isLog(metric) ? Math.log(ceiling) : ceiling
  if (low <= limit) return undefined
  const shown = isLog(metric) ? Math.exp(mean) : mean
  return `The candidate takes ${Math.round(shown * 100) / 100} on average; the ceiling is ${ceiling}.`
}
