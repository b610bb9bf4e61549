/**
 * `pilot.soak`: did the pilot last long enough, over a whole week of business, with enough sessions, and is every change
 * of the release in it on record? Counted from what the gateway answered; probes do not count.
 */
import type { EvidenceDraft } from '../core/evidence.ts'
import { behaviourParts } from '../core/manifest.ts'
import { FREE, type Producer } from '../core/producer.ts'
import type { ReleaseId } from '../core/release.ts'
import { type Clock, DAY, epochMs, type Instant, later } from '../kernel/time.ts'

export type SessionsOfDay = {
  /** `2026-12-01`, in UTC. */
  readonly day: string
  readonly release: ReleaseId
  readonly requests: number
  readonly sessions: number
}

export type PilotSoakDeps = {
  readonly clock: Clock
  readonly sessionsOf: (ask: {
    application: string
    stage: 'pilot'
    since: Instant
  }) => Promise<readonly SessionsOfDay[]>
  /** Releases that were promoted into the pilot: their changes are on record. */
  readonly promotedInto: (application: string, stage: 'pilot') => Promise<ReadonlySet<ReleaseId>>
}

const NAME = 'assurance/pilot-soak'
/** Traffic that is older says little of now. */
const WINDOW_MS = 60 * DAY
/** A business cycle is a week: every day of it was seen. */
const CYCLE_DAYS = 7

export const createPilotSoak = ({ clock, sessionsOf, promotedInto }: PilotSoakDeps): Producer => ({
  name: NAME,
  checks: ['pilot.soak'],
  quote: async () => FREE,
  async run({ release, by }): Promise<EvidenceDraft[]> {
    const { application } = release
    const rows = await sessionsOf({ application, stage: 'pilot', since: later(clock(), -WINDOW_MS) })
    if (rows.length === 0) return []
    const soak = soakOf(rows, await promotedInto(application, 'pilot'))
    return [
      {
        application,
        release: release.id,
        check: 'pilot.soak',
        summary: `${soak.sessions} sessions over ${soak.days} days of pilot, on ${soak.weekdays} of ${CYCLE_DAYS} weekdays, with ${soak.releases} releases, of which ${soak.unlogged} went in without a promotion.`,
        facts: {
          days: { value: soak.days },
          daysWithTraffic: { value: soak.daysWithTraffic },
          fullCycle: { value: soak.weekdays === CYCLE_DAYS },
          sessions: { value: soak.sessions, unit: 'subjects by day' },
          requests: { value: soak.requests },
          releases: { value: soak.releases },
          unloggedChanges: { value: soak.unlogged },
        },
        inputs: behaviourParts(release.manifest).filter(({ kind }) => kind === 'model' || kind === 'flow'),
        producer: { name: NAME, version: '1' },
        trust: 'measured',
        by,
      },
    ]
  },
})

/** From the first day to the last, both counted. */
export function soakOf(rows: readonly SessionsOfDay[], promoted: ReadonlySet<ReleaseId>) {
  const days = [...new Set(rows.map(({ day }) => day))].sort()
  const ms = (day: string | undefined) => epochMs(`${day}T00:00:00.000Z` as Instant)
  const releases = new Set(rows.map(({ release }) => release))
  return {
    days: days.length === 0 ? 0 : Math.round((ms(days.at(-1)) - ms(days[0])) / DAY) + 1,
    daysWithTraffic: days.length,
    weekdays: new Set(days.map((day) => (ms(day) / DAY) % CYCLE_DAYS)).size,
    sessions: rows.reduce((sum, { sessions }) => sum + sessions, 0),
    requests: rows.reduce((sum, { requests }) => sum + requests, 0),
    releases: releases.size,
    unlogged: [...releases].filter((one) => !promoted.has(one)).length,
  }
}
