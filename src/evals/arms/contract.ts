/** Arms of several experiments side by side: each score, and the difference of each from one of them. Browser-safe. */
import { z } from 'zod'
import { Name } from '../../core/names.ts'
import { Digest } from '../../kernel/digest.ts'
import { Instant } from '../../kernel/time.ts'
import { route } from '../../wire/route.ts'
import { ExperimentArm, ExperimentId } from '../experiment.ts'
import { Comparison, Slice } from '../results.ts'

/** An arm as it is asked for: `exp_…:candidate`. */
export const ArmId = z.string().regex(/^exp_[0-9a-z]{26}:[a-z0-9][a-z0-9-]{0,62}$/, 'an arm looks like exp_…:candidate')

export const ComparedArm = ExperimentArm.omit({ arm: true, reused: true }).extend({
  id: ArmId,
  experiment: ExperimentId,
  suite: z.string(),
  measuredAt: Instant,
})
export type ComparedArm = z.infer<typeof ComparedArm>

export const ArmsComparison = z.object({
  application: Name,
  /** The arm that all others are compared with. */
  reference: ArmId,
  /** The evaluator that decides in the reference's suite. */
  primary: z.string(),
  dataset: z.object({ name: z.string(), digest: Digest }),
  /** Examples that every arm may answer: the same words in all versions of the dataset that were used. */
  examples: z.number().int(),
  arms: z.array(ComparedArm),
  /** Each other arm less the reference, pair by pair, p by Holm over the arms of one evaluator. */
  comparisons: z.array(z.object({ arm: ArmId, comparison: z.array(Comparison) })),
  /** The primary score cut by the slices of the reference's suite. */
  slices: z.array(
    Slice.omit({ comparison: true, arms: true }).extend({
      arms: z.array(Slice.shape.arms.element.omit({ arm: true }).extend({ arm: ArmId })),
    }),
  ),
  /** What was left out, and why, in sentences. */
  notes: z.array(z.string()),
})
export type ArmsComparison = z.infer<typeof ArmsComparison>

export const compareArms = route({
  name: 'compareArms',
  method: 'GET',
  path: '/api/v1/arm-comparisons',
  summary: 'Arms of several experiments on the same examples, each with the paired difference from one of them',
  permission: 'view',
  mcp: true,
  query: z.object({
    /** Two to twelve arms with commas between them, each as `exp_…:candidate`. */
    arms: z.string().min(1).max(1200),
    /** One of the arms; the first when left out. */
    reference: z.string().optional(),
  }),
  returns: { 200: ArmsComparison },
})
