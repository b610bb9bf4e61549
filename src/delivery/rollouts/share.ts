/** The candidate's share of the traffic now: all of it after completion, none after a rollback, and none of a shadow. */
import { isOpen, type Rollout } from '../../core/rollout.ts'

export function shareOf(rollout: Pick<Rollout, 'state' | 'plan' | 'step'>): number {
  if (rollout.plan.strategy === 'shadow') return 0
  if (rollout.state === 'completed') return 1
  return isOpen(rollout) ? (rollout.plan.steps[rollout.step] ?? 0) : 0
}
