/**
 * Requests of one session put together, and what they say when it has ended. Pure.
 *
 * A unit counts with its first session. A request that is told twice is in the sum once; a session with a request of
 * unknown cost has no cost, because the sum of the rest would look cheap.
 */
import { isOfSession, SESSION_COST, SESSION_MINUTES } from '../../core/late-metric.ts'
import type { Outcome } from '../../core/outcome.ts'
import type { Rollout, RolloutPlan } from '../../core/rollout.ts'
import { age, type Instant, later, MINUTE } from '../../kernel/time.ts'
import type { SessionRow } from './rows.ts'
import { isOfRollout } from './statistics.ts'

/** What asks more often in one session is no person, and adds no more. */
const MOST_REQUESTS = 500

export const watchesSessions = ({ metrics }: Pick<RolloutPlan, 'metrics'>): boolean =>
  metrics.some(({ name }) => isOfSession(name))

/** Since then a session was silent for long enough. */
export const silentSince = ({ sessionMinutes = SESSION_MINUTES }: RolloutPlan, now: Instant): Instant =>
  later(now, -sessionMinutes * MINUTE)

/** Those of the outcomes that are parts of a session, by the unit that they are of. */
export function sessionParts(rollout: Rollout, outcomes: readonly Outcome[]): Map<string, Outcome[]> {
  if (!watchesSessions(rollout.plan)) return new Map()
  const parts = outcomes.filter((one) => isOfSession(one.metric) && isOfRollout(rollout, one))
  return Map.groupBy(parts, ({ unit }) => unit)
}

/**
 * A session with these parts added. A request begins one, a goal does not: what is said of a session that has ended
 * changes nothing.
 */
export function grown(known: SessionRow | undefined, parts: readonly Outcome[]): SessionRow | undefined {
  let session = known
  for (const { eventId, rollout, unit, arm, release, share, metric, value, at } of parts) {
    if (metric === SESSION_COST) {
      session ??= { rollout, unit, arm, release, share, costMicroUsd: 0, kpis: {}, events: [], lastAt: at }
      if (session.release !== release || session.events.includes(eventId) || session.events.length >= MOST_REQUESTS)
        continue
      session = {
        ...session,
        costMicroUsd: value === null || session.costMicroUsd === null ? null : session.costMicroUsd + value,
        events: [...session.events, eventId],
        lastAt: age(session.lastAt, at) > 0 ? at : session.lastAt,
      }
    } else if (session && value !== null && session.release === release) {
      const reached = Math.max(session.kpis[metric] ?? 0, 1 - value)
      session = { ...session, kpis: { ...session.kpis, [metric]: reached } }
    }
  }
  return session
}

/** What a session that has ended counts, in every metric of the plan that is of sessions. */
export function outcomesOfSession({ plan }: Pick<Rollout, 'plan'>, session: SessionRow): Outcome[] {
  const { rollout, release, arm, share, unit, lastAt: at, costMicroUsd, kpis } = session
  return plan.metrics.flatMap(({ name: metric }): Outcome[] => {
    if (!isOfSession(metric)) return []
    const value = metric === SESSION_COST ? costMicroUsd : 1 - (kpis[metric] ?? 0)
    return [{ eventId: `${unit}:${metric}`, rollout, release, arm, share, unit, metric, value, at }]
  })
}
