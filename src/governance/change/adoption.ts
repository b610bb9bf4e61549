/** Adoption: people who used it in a week, beside those whom the change plan names. Pure. */
import type { Change } from '../documents/change.ts'
import type { Adoption } from './contract.ts'

export type WeekOfUse = { readonly from: string; readonly users: number; readonly requests: number }

export function adoptionOf(plan: Change | undefined, weeks: readonly WeekOfUse[]): Adoption {
  const sizes = (plan?.audiences ?? []).flatMap(({ people }) => people ?? [])
  const people = sizes.length === 0 ? null : sizes.reduce((sum, one) => sum + one, 0)
  const goal = plan?.adoptionGoal ?? null
  const shown = weeks.map(({ from, users, requests }) => ({
    ...{ from, users, requests },
    share: people === null || people === 0 ? null : Math.min(1, users / people),
  }))
  const shares = shown.flatMap(({ share }) => share ?? [])
  return {
    liveOn: plan?.liveOn ?? null,
    people,
    goal,
    weeks: shown,
    isReached: goal === null || shares.length === 0 ? null : Math.max(...shares) >= goal,
  }
}
