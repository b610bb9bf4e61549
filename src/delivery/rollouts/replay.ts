/** The decisions of a rollout made again from its log. Pure: what was kept goes through the rule, nothing else. */
import { z } from 'zod'
import { type Rollout, RolloutDecision, RolloutId } from '../../core/rollout.ts'
import { decide } from '../../core/rollout-decision.ts'
import { canonicalJson } from '../../kernel/digest.ts'
import { Instant } from '../../kernel/time.ts'
import type { PointRow } from './rows.ts'

export const Replay = z.object({
  rollout: RolloutId,
  /** Decisions that were made again. */
  replayed: z.number().int(),
  /** Those that came out as they were, in every figure and word. */
  same: z.number().int(),
  /** Kept before what a decision reads was kept with it. */
  notKept: z.number().int(),
  differing: z.array(
    z.object({
      at: Instant,
      was: RolloutDecision.shape.decision,
      is: RolloutDecision.shape.decision,
      words: z.string(),
    }),
  ),
})
export type Replay = z.infer<typeof Replay>

export function replayOf({ id, plan }: Pick<Rollout, 'id' | 'plan'>, points: readonly PointRow[]): Replay {
  const differing: Replay['differing'] = []
  let replayed = 0
  for (const { at, step, share, decision: was, sampleRatio, metrics, read } of points) {
    if (!read) continue
    replayed += 1
    const { state, stepStartedAt, why, ...rest } = read
    const { incident: _, ...made } = decide({ rollout: { plan, state, step, stepStartedAt }, now: at, ...rest })
    const kept = { decision: was, why, step, share, metrics, sampleRatio, at }
    if (canonicalJson(made) === canonicalJson(kept)) continue
    const words = made.decision === was ? 'The decision is the same, a figure or a reason is not.' : 'Another decision.'
    differing.push({ at, was, is: made.decision, words })
  }
  return { rollout: id, replayed, same: replayed - differing.length, notKept: points.length - replayed, differing }
}
