/**
 * Conditional event e-process: is the canary's risk of a bad event more than `nullRatio` times the
 * control's?
 *
 * Only bad events are looked at. Given one, it came from the canary with probability
 * q(r) = w r / (w r + 1 - w), whatever the base rate; w is the canary weight in force when the arm
 * that served this event was chosen. The likelihood ratio, mixed over `EVENT_PRIOR`, is a
 * non-negative supermartingale while the true ratio is at most `nullRatio`, so by Ville's
 * inequality it ever reaches 1/alpha with probability at most alpha: look after every event.
 *
 * Invariant: the evidence depends on nothing but two counts per weight, so it can be replayed.
 */
import { requireCount, requireFraction, requireOpenFraction, requirePositive } from './argument.ts'
import { EVENT_PRIOR, type PriorPoint } from './event-prior.ts'
import { logSumExp } from './log-sum-exp.ts'

/** Bad events counted while the canary weight was `weight` (a share from 0 to 1), by the arm they came from. */
export type EventStep = { readonly weight: number; readonly canary: number; readonly control: number }

/** One bad event, with the canary weight in force when its arm was chosen. */
export type ArmEvent = { readonly arm: 'canary' | 'control'; readonly weight: number }

/** The steps with one more event counted; the whole state of the process. */
export function countEvent(steps: readonly EventStep[], event: ArmEvent): readonly EventStep[] {
  requirePossible({ weight: event.weight, canary: 0, control: 0, [event.arm]: 1 })
  const index = steps.findIndex((step) => step.weight === event.weight)
  const before = steps[index] ?? { weight: event.weight, canary: 0, control: 0 }
  const after = { ...before, [event.arm]: before[event.arm] + 1 }
  return index < 0 ? [...steps, after] : steps.with(index, after)
}

/**
 * ln E against "risk ratio at most `nullRatio`" (1 when left out) or, with `direction` 'below',
 * against "at least `nullRatio`". Throws RangeError for a count that is no whole number, a weight
 * outside [0, 1], or an event of an arm that had no traffic.
 */
export function logEventEvidence(given: {
  steps: readonly EventStep[]
  nullRatio?: number
  direction?: 'above' | 'below'
}): number {
  const { steps, nullRatio = 1, direction = 'above' } = given
  requirePositive('nullRatio', nullRatio)
  steps.forEach(requirePossible)
  const sign = direction === 'above' ? 1 : -1
  return logSumExp(
    EVENT_PRIOR.map((point) =>
      steps.reduce((sum, step) => sum + logLikelihoodRatio({ step, nullRatio, point, sign }), point.logWeight),
    ),
  )
}

/**
 * ln E after each of `events`, in order, and the 1-based number of the event at which E first
 * reached 1/alpha; `undefined` when it never did.
 */
export function eventEProcess(given: { events: readonly ArmEvent[]; nullRatio?: number; alpha?: number }): {
  logE: number[]
  firstCrossing: number | undefined
} {
  const { events, nullRatio = 1, alpha = 0.01 } = given
  requirePositive('nullRatio', nullRatio)
  requireOpenFraction('alpha', alpha)
  let logTerms = EVENT_PRIOR.map((point) => point.logWeight)
  const logE = events.map(({ arm, weight }) => {
    const step = { weight, canary: 0, control: 0, [arm]: 1 }
    requirePossible(step)
    logTerms = EVENT_PRIOR.map(
      (point, j) => (logTerms[j] ?? 0) + logLikelihoodRatio({ step, nullRatio, point, sign: 1 }),
    )
    return logSumExp(logTerms)
  })
  const crossing = logE.findIndex((value) => value >= -Math.log(alpha))
  return { logE, firstCrossing: crossing < 0 ? undefined : crossing + 1 }
}

/**
 * ln of the likelihood of a step's events at ratio r = nullRatio * multiple^sign over that at
 * nullRatio: canary ln m + (canary + control) ln((w r0 + 1 - w) / (w r + 1 - w)).
 */
function logLikelihoodRatio(given: { step: EventStep; nullRatio: number; point: PriorPoint; sign: 1 | -1 }): number {
  const { step, nullRatio, point, sign } = given
  const { weight, canary, control } = step
  if (weight === 0 || weight === 1) return 0
  const ratio = sign === 1 ? nullRatio * point.multiple : nullRatio / point.multiple
  const rest = 1 - weight
  return (
    sign * canary * point.logMultiple +
    (canary + control) * Math.log((weight * nullRatio + rest) / (weight * ratio + rest))
  )
}

function requirePossible({ weight, canary, control }: EventStep): void {
  requireFraction('weight', weight)
  requireCount({ name: 'canary', value: canary })
  requireCount({ name: 'control', value: control })
  if (weight === 0 && canary > 0) throw new RangeError(`canary must be 0 at weight 0, but it is ${canary}.`)
  if (weight === 1 && control > 0) throw new RangeError(`control must be 0 at weight 1, but it is ${control}.`)
}
