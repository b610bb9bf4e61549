/** A route within a release: which of its models answers a step, request by request. */
import { z } from 'zod'
import { RouteStrategy, TargetCondition } from './target-condition.ts'

const StepTarget = z.strictObject({
  /** A model of the release by its name. The step's own `model` may be among them, for its place and its weight. */
  model: z.string().min(1),
  /** For `weighted` the share of the requests, for `least-load` the room; only proportions count, and 1 is usual. */
  weight: z.number().positive().max(1_000_000).optional(),
  /** Asked only when this holds, and then before targets without a condition. */
  when: TargetCondition.optional(),
})
export type StepTarget = z.infer<typeof StepTarget>

export const StepRoute = z.strictObject({
  /** priority: as listed · weighted: by chance · least-load: fewest under way · latency: the quicker of two · cost: the cheapest. */
  strategy: RouteStrategy,
  /** The step's own `model` answers what no condition is meant for; where it is not listed it stands last. */
  targets: z.array(StepTarget).min(1).max(20),
  /**
   * `prompt`, which is usual: with weighted, least-load and latency a conversation goes on at the target that has read
   * its beginning, while providers keep what they have read. `none`: each request by itself.
   */
  affinity: z.enum(['prompt', 'none']).optional(),
})
export type StepRoute = z.infer<typeof StepRoute>
