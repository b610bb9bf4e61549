/**
 * Until when what a gate says holds by itself. Pure.
 *
 * Invariant: as long as nothing that was read changes, looking again before that instant finds the same; so what is
 * kept of a gate is never shown beyond it.
 */
import { DAY, type Instant, later } from '../kernel/time.ts'
import type { Snapshot } from './gate.ts'

/** The first instant after `now` at which time alone may change a finding; null when none is foreseen. */
export function holdsUntil({ gate, evidence, waivers, inStageSince }: Snapshot, now: Instant): Instant | null {
  const turns: Instant[] = waivers.filter(({ state }) => state === 'granted').map(({ until }) => until)
  const eldest = eldestInTime(gate.checks, evidence, now)
  for (const { id, maxAgeDays, enforcement, since } of gate.checks) {
    const at = eldest.get(id)
    if (at !== undefined && maxAgeDays !== null) turns.push(later(at, maxAgeDays * DAY + 1))
    for (const { from } of enforcement) turns.push(midnight(from))
    if (inStageSince !== null) turns.push(later(midnight(since), gate.graceDays * DAY))
  }
  return turns.reduce<Instant | null>((first, at) => (at > now && (first === null || at < first) ? at : first), null)
}

/** By check, when the piece was made that will be the first to grow too old. */
function eldestInTime(
  checks: Snapshot['gate']['checks'],
  evidence: Snapshot['evidence'],
  now: Instant,
): ReadonlyMap<string, Instant> {
  const oldest = new Map(
    checks.flatMap(({ id, maxAgeDays }) => (maxAgeDays === null ? [] : [[id, later(now, -maxAgeDays * DAY)]])),
  )
  const eldest = new Map<string, Instant>()
  for (const { check, at } of evidence) {
    const limit = oldest.get(check)
    if (limit === undefined || at < limit) continue
    const known = eldest.get(check)
    if (known === undefined || at < known) eldest.set(check, at)
  }
  return eldest
}

const midnight = (day: string): Instant => `${day}T00:00:00.000Z` as Instant
