/**
 * AsympCS over a rollout whose canary weight changes.
 *
 * The arms are never pooled over weights: with a base rate that falls during a ramp the pooled
 * difference was wrong in every one of the simulated A/A rollouts. Each step is compared within itself.
 */
import { requireCount, requireFinite, requirePart, requirePositive } from './argument.ts'
import { clockRate, halfWidthAt, type SequenceLevel } from './asymptotic-sequence.ts'

/** `n` units of one arm in one step: their mean and their variance with divisor n. */
export type ArmSample = { readonly n: number; readonly mean: number; readonly variance: number }

/** Both arms while one canary weight was in force. */
export type ArmStep = { readonly canary: ArmSample; readonly control: ArmSample }

/** Canary less control, its standard error, and the sequence's half-width around it. */
export type StratifiedSequence = { readonly difference: number; readonly se: number; readonly halfWidth: number }

/** The sample of an arm in which `events` of `units` had the event. */
export function eventSample({ events, units }: { events: number; units: number }): ArmSample {
  requirePart({ name: 'events', value: events }, { name: 'units', value: units })
  const rate = units === 0 ? 0 : events / units
  return { n: units, mean: rate, variance: rate * (1 - rate) }
}

/**
 * Difference d = sum g_s d_s / sum g_s over the steps, g_s = n1 n0 / (n1 + n0) (Mantel & Haenszel),
 * se from the variance pooled within each step, and the clock k (plannedSe / se)^2, so that `plannedSe`
 * is the standard error at which the interval is tightest. `undefined` while no step has units in
 * both arms or nothing has varied: there is nothing to say yet.
 */
export function stratifiedSequence(
  given: { steps: readonly ArmStep[]; plannedSe: number } & SequenceLevel,
): StratifiedSequence | undefined {
  const { steps, plannedSe, ...level } = given
  requirePositive('plannedSe', plannedSe)
  steps.forEach(requireStep)
  const compared = steps.filter(({ canary, control }) => canary.n > 0 && control.n > 0).map(compareStep)
  const total = compared.reduce((sum, { weight }) => sum + weight, 0)
  const spread = compared.reduce((sum, { weight, variance }) => sum + weight * variance, 0)
  if (total === 0 || spread === 0) return undefined

  const difference = compared.reduce((sum, step) => sum + step.weight * step.difference, 0) / total
  const se = Math.sqrt(spread) / total
  const clock = clockRate(level) * (plannedSe / se) ** 2
  return { difference, se, halfWidth: halfWidthAt({ se, clock, ...level }) }
}

/** Difference, precision weight and pooled variance (about the common mean) of one step. */
function compareStep({ canary, control }: ArmStep) {
  const n = canary.n + control.n
  const difference = canary.mean - control.mean
  const within = (canary.n * canary.variance + control.n * control.variance) / n
  const between = (canary.n / n) * (control.n / n) * difference ** 2
  return { difference, weight: (canary.n * control.n) / n, variance: within + between }
}

function requireStep(step: ArmStep): void {
  for (const arm of ['canary', 'control'] as const) {
    requireCount({ name: `${arm}.n`, value: step[arm].n })
    requireFinite(`${arm}.mean`, step[arm].mean)
    if (!(step[arm].variance >= 0)) {
      throw new RangeError(`${arm}.variance must be at least 0, but it is ${step[arm].variance}.`)
    }
  }
}
