/**
 * How hard a check holds: `observe` is shown, `warn` is shown with its date, `enforce` holds the gate. The catalogue
 * gives each check its dates, so that a new check does not stop what is live on the day it appears.
 */
import { z } from 'zod'
import { DAY, type Instant, later } from '../kernel/time.ts'

export const Mode = z.enum(['observe', 'warn', 'enforce'])
export type Mode = z.infer<typeof Mode>

/** From each date on, the mode; before the first one it is only observed. No entry: enforced. */
export const Schedule = z.array(z.object({ from: z.iso.date(), mode: Mode }))

export const Enforcement = z.object({
  mode: Mode,
  /** When it becomes stricter; null when it does not. */
  until: z.string().nullable(),
  why: z.string(),
})
export type Enforcement = z.infer<typeof Enforcement>

export const ENFORCED: Enforcement = { mode: 'enforce', until: null, why: 'It holds the gate.' }

/**
 * @param inStageSince when the application first had a release in this stage; null when it never had
 * @param graceDays how long a check that is newer than that only warns
 */
export function enforcementOf(
  check: { readonly since: string; readonly enforcement: z.infer<typeof Schedule> },
  { now, inStageSince, graceDays }: { now: Instant; inStageSince: Instant | null; graceDays: number },
): Enforcement {
  const today = now.slice(0, 10)
  const schedule = [...check.enforcement].sort((a, b) => (a.from < b.from ? -1 : 1))
  const inForce = schedule.filter(({ from }) => from <= today).at(-1)
  const mode = schedule.length === 0 ? 'enforce' : (inForce?.mode ?? 'observe')
  if (mode !== 'enforce') {
    const next = schedule.find(({ from }) => from > today)
    const until = next?.from ?? null
    return { mode, until, why: `The catalogue has it in ${mode}${until ? ` until ${until}` : ''}.` }
  }
  if (inStageSince === null || inStageSince.slice(0, 10) >= check.since) return ENFORCED
  const end = later(`${check.since}T00:00:00.000Z` as Instant, graceDays * DAY)
  if (now >= end) return ENFORCED
  const until = end.slice(0, 10)
  return {
    mode: 'warn',
    until,
    why: `The application was in this stage before the check appeared on ${check.since}, so it only warns until ${until}.`,
  }
}
