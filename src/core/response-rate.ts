/**
 * Do users of both arms say something equally often? Where they do not, what they say cannot be compared: those who
 * are cross may be those who speak.
 */
import { sampleRatio } from '../kernel/statistics/index.ts'
import type { Step } from './arm-comparison.ts'
import type { Metric, RolloutPlan } from './rollout.ts'

/** The sentence that says so; undefined for metrics that nobody has to give, and while they come evenly. */
export function unevenResponses(metric: Metric, plan: RolloutPlan, steps: readonly Step[]): string | undefined {
  if (!metric.name.startsWith('feedback.')) return undefined
  const { mismatch } = sampleRatio({
    alpha: plan.alphaSampleRatio,
    steps: steps.map(({ share, control, candidate }) => ({
      counts: [control.units, candidate.units],
      weights: [1 - share, share],
    })),
  })
  return mismatch
    ? 'Users of one arm say something more often than those of the other, so it cannot be compared.'
    : undefined
}
