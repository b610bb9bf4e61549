/**
 * KPIs by events: another system tells each case as it happens; when a period of the charter is over its cases become
 * one value, with their number and an interval, which is evidence until it is too old.
 *
 * Invariant: a case counts once, however often it is sent, and in the period in which it happened.
 */
import type { ActorId, Permission } from '../../core/actor.ts'
import type { Application } from '../../core/application.ts'
import { Failure } from '../../kernel/failure.ts'
import { DAY, HOUR, later, MINUTE } from '../../kernel/time.ts'
import { inTransaction } from '../../store/database.ts'
import type { Kpi } from '../charter/kpi.ts'
import type { KpiPreset } from '../charter/presets.ts'
import { Charter } from '../documents/charter.ts'
import type { GovernanceDeps } from '../governance-deps.ts'
import type { Plan } from '../plan/plan.ts'
import type { CloudEvent, KpiEvent } from './event.ts'
import { closedPeriods, comesTo, type Period } from './period.ts'
import { addEvents, listIn, listWaiting, markRolledUp, removeOlder } from './store.ts'

export type KpiEventsDeps = Pick<
  GovernanceDeps,
  'db' | 'clock' | 'newId' | 'organisation' | 'record' | 'applicationOf'
> & {
  readonly systemActor: ActorId
  readonly presets: readonly KpiPreset[]
  readonly applications: () => Promise<readonly Pick<Application, 'name'>[]>
  readonly recordKpiValues: Plan['recordKpiValues']
  /** A value that became too old changes what was proved. */
  readonly prove: (application: string, by: ActorId) => Promise<void>
  /** What goes wrong in one application keeps no other from its values. */
  readonly report: (thrown: unknown, where?: string) => void
}

const EVERY = HOUR
/** Clocks of others are a little ahead at times. */
const AHEAD = 10 * MINUTE
/** What is older is in a value, and changes no longer. */
const KEPT = 400 * DAY
/** More wait for the next round. */
const MOST_WAITING = 50_000

export type KpiEvents = ReturnType<typeof createKpiEvents>

export function createKpiEvents(deps: KpiEventsDeps) {
  const { db, clock, newId, organisation, systemActor } = deps
  const by = { actor: systemActor, permissions: new Set<Permission>() }
  let timer: NodeJS.Timeout | undefined

  const kpisOf = async (name: string): Promise<readonly Kpi[]> =>
    Charter.safeParse((await deps.applicationOf(name)).documents.charter?.value).data?.kpis ?? []

  async function rollUp(name: string): Promise<number> {
    const waiting = await listWaiting(db, { organisation, application: name, limit: MOST_WAITING })
    let values = 0
    for (const kpi of waiting.length === 0 ? [] : await kpisOf(name)) {
      const happened = waiting.flatMap((one) => (one.kpi === kpi.name ? [one.happenedAt] : []))
      for (const period of closedPeriods(kpi, happened, clock())) values += await become(name, kpi, period)
    }
    return values
  }

  /** A process that dies in between says the same value twice, of the same moment. */
  async function become(name: string, kpi: Kpi, { from, until }: Period): Promise<number> {
    const of = { organisation, application: name, kpi: kpi.name, from, until }
    const events = await listIn(db, of)
    const last = events.reduce<KpiEvent['id'] | undefined>((a, { id }) => (a && a > id ? a : id), undefined)
    if (last === undefined) return 0
    const { value, interval } = comesTo(kpi, events, deps.presets)
    const senders = [...new Set(events.map(({ sender }) => sender))].slice(0, 3).join(', ')
    const given = {
      ...{ kpi: kpi.name, value, n: events.length, low: interval?.low, high: interval?.high, measuredAt: until },
      source: `${events.length} events of ${senders}, ${from.slice(0, 10)} to ${until.slice(0, 10)}`,
    }
    await deps.recordKpiValues({ name, values: [given], by })
    await inTransaction(db, (tx) => markRolledUp(tx, { ...of, at: clock(), last }))
    return 1
  }

  /** Values of what is over, and what was proved by a value that is too old is said anew. */
  async function round(name: string): Promise<number> {
    const values = await rollUp(name)
    await deps.prove(name, systemActor)
    return values
  }

  return {
    round,

    /** All or none; an event that was sent before is known, and changes nothing. */
    async take({ name, events, by: actor }: { name: string; events: readonly CloudEvent[]; by: ActorId }) {
      const [kpis, now] = [await kpisOf(name), clock()]
      for (const [at, { data, time }] of events.entries()) {
        if (!kpis.some((kpi) => kpi.name === data.kpi))
          throw new Failure(
            'invalid',
            'governance.kpi-unknown',
            `Event ${at + 1}, data.kpi: the charter of ${name} has no KPI “${data.kpi}”; it has ${kpis.map((one) => one.name).join(', ') || 'none'}.`,
          )
        if (time !== undefined && time > later(now, AHEAD))
          throw new Failure(
            'invalid',
            'governance.kpi-event-ahead',
            `Event ${at + 1}, time: ${time} has not come yet; it is ${now}. Send when it happened.`,
          )
      }
      const rows = events.map(
        ({ id, source, time, data: { kpi, value } }): KpiEvent => ({
          ...{ id: newId('kpe'), organisation, application: name as KpiEvent['application'], kpi },
          ...{ sender: source, senderId: id, value: Number(value), isYesOrNo: typeof value === 'boolean' },
          ...{ happenedAt: time ?? now, rolledUpAt: null, createdAt: now, createdBy: actor },
        }),
      )
      return inTransaction(db, async (tx) => {
        const taken = await addEvents(tx, rows)
        const detail = { taken, known: rows.length - taken }
        if (taken > 0)
          await deps.record(tx, { actor, action: 'governance.kpi-events', subject: name, application: name, detail })
        return detail
      })
    },

    async tick(): Promise<void> {
      for (const { name } of await deps.applications())
        await round(name).catch((thrown) => deps.report(thrown, 'kpi-events'))
      await inTransaction(db, (tx) => removeOlder(tx, { organisation, before: later(clock(), -KEPT) }))
    },

    start(): void {
      timer = setInterval(() => this.tick().catch((thrown) => deps.report(thrown, 'kpi-events')), EVERY)
      timer.unref()
    },
    stop(): void {
      clearInterval(timer)
    },
  }
}
