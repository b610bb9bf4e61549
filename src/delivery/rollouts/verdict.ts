/**
 * A rollout as one figure, for tools that deploy and ask the web: Argo Rollouts, Flagger, GitHub's deployment gates.
 * Only what the rule has allowed is a go; nothing known is neither go nor failure. Pure.
 */
import { z } from 'zod'
import { isOpen, type Rollout, RolloutId, RolloutState } from '../../core/rollout.ts'

export const RolloutVerdict = z.object({
  /** 1 go on, 0 wait, -1 roll back. */
  value: z.union([z.literal(1), z.literal(0), z.literal(-1)]),
  verdict: z.enum(['go', 'wait', 'roll-back']),
  rollout: RolloutId.nullable(),
  state: RolloutState.nullable(),
  /** The share that the plan gives the candidate now. */
  share: z.number().nullable(),
  why: z.array(z.string()),
})
export type RolloutVerdict = z.infer<typeof RolloutVerdict>

export function verdictOf(rollout: Rollout | undefined): RolloutVerdict {
  if (!rollout)
    return {
      value: 0,
      verdict: 'wait',
      rollout: null,
      state: null,
      share: null,
      why: ['There is no rollout in this stage, so nothing was shown.'],
    }
  const { id, state, plan, step, latest, reason } = rollout
  const why = latest?.why ?? (reason ? [reason] : ['Nothing was decided yet.'])
  const isGone = state === 'rolled-back' || state === 'aborted'
  const value = isGone ? -1 : state === 'completed' ? 1 : 0
  return {
    value,
    verdict: value === 1 ? 'go' : value === -1 ? 'roll-back' : 'wait',
    rollout: id,
    state,
    share: isOpen(rollout) ? (plan.steps[step] ?? 1) : state === 'completed' ? 1 : 0,
    why,
  }
}
