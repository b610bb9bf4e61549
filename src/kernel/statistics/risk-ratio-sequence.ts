/**
 * Confidence sequence on the risk ratio: all null ratios that the event e-process has not excluded.
 *
 * Invariant: at every look at once, it misses the true ratio with probability at most alpha,
 * half of it on each side.
 */
import { requireOpenFraction } from './argument.ts'
import { bisect } from './bisect.ts'
import { type EventStep, logEventEvidence } from './event-e-process.ts'

/**
 * `low` (0 when no ratio is excluded below) and `high` (null = unbounded) of the canary's risk over
 * the control's, at level 1 - `alpha`. The evidence is monotone in the null ratio, so each end is
 * found by bisection on its logarithm.
 */
export function riskRatioSequence(given: { steps: readonly EventStep[]; alpha?: number }): {
  low: number
  high: number | null
} {
  const { steps, alpha = 0.05 } = given
  requireOpenFraction('alpha', alpha)
  const threshold = Math.log(2 / alpha)
  const excludes = (logRatio: number, direction: 'above' | 'below') =>
    logEventEvidence({ steps, nullRatio: Math.exp(logRatio), direction }) >= threshold

  const range = { low: -LARGEST_LOG_RATIO, high: LARGEST_LOG_RATIO }
  const bounded = { low: excludes(range.low, 'above'), high: excludes(range.high, 'below') }
  return {
    low: bounded.low ? Math.exp(bisect(range, (logRatio) => !excludes(logRatio, 'above'))) : 0,
    high: bounded.high ? Math.exp(bisect(range, (logRatio) => excludes(logRatio, 'below'))) : null,
  }
}

/** e^100: no weight of a rollout leaves a ratio beyond it in doubt. */
const LARGEST_LOG_RATIO = 100
