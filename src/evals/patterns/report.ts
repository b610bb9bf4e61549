/** The report: two periods of the same length, one after the other, up to now. */
import type { Name } from '../../core/names.ts'
import { type Clock, DAY, epochMs, type Instant, later } from '../../kernel/time.ts'
import type { PatternPeriod, UsagePatterns } from './contract.ts'
import { type Asked, patternsOf } from './patterns.ts'

/** Of each period the newest so many are looked at: their words are compared with each other. */
const MOST_REQUESTS = 1500

type PeriodAsk = { application: string; since: Instant; until: Instant }

export type PatternsDeps = {
  readonly clock: Clock
  /** What was asked, the newest first; probes and what was cancelled are none. */
  readonly askedOf: (ask: PeriodAsk & { limit: number }) => Promise<readonly Asked[]>
  readonly countOf: (ask: PeriodAsk) => Promise<{ requests: number; users: number }>
  readonly daysOf: (ask: PeriodAsk) => Promise<readonly { day: string; requests: number; users: number }[]>
}

export type PatternsReport = (application: Name, days: number) => Promise<UsagePatterns>

export const createPatterns =
  ({ clock, askedOf, countOf, daysOf }: PatternsDeps): PatternsReport =>
  async (application, days) => {
    const until = clock()
    const middle = later(until, -days * DAY)
    const since = later(until, -2 * days * DAY)
    const [now, before] = [
      { application, since: middle, until },
      { application, since, until: middle },
    ]
    const [askedNow, askedBefore] = await Promise.all([
      askedOf({ ...now, limit: MOST_REQUESTS }),
      askedOf({ ...before, limit: MOST_REQUESTS }),
    ])
    const periodOf = async (ask: PeriodAsk, asked: readonly Asked[]): Promise<PatternPeriod> => ({
      ...{ since: ask.since, until: ask.until },
      ...(await countOf(ask)),
      looked: asked.length,
    })
    return {
      application,
      now: await periodOf(now, askedNow),
      before: await periodOf(before, askedBefore),
      days: everyDay(await daysOf({ application, since, until }), since, until),
      ...patternsOf({ now: askedNow, before: askedBefore }),
    }
  }

/** A day on which nobody asked is a day too. */
function everyDay(
  found: readonly UsagePatterns['days'][number][],
  since: Instant,
  until: Instant,
): UsagePatterns['days'] {
  const byDay = new Map(found.map((one) => [one.day, one]))
  const first = Math.floor(epochMs(since) / DAY)
  const last = Math.floor(epochMs(until) / DAY)
  return Array.from({ length: last - first + 1 }, (_, at) => {
    const day = new Date((first + at) * DAY).toISOString().slice(0, 10)
    return byDay.get(day) ?? { day, requests: 0, users: 0 }
  })
}
