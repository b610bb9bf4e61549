/**
 * Alerts that are kept and told: every five minutes each application is looked at, news begins an alert, and an alert
 * ends by itself when its cause is gone. Webhooks hear of both by the audit log, and mail is written from what is open.
 */
import type { ActorId, Duties, Duty } from '../../core/actor.ts'
import { blanked, mentions } from '../../core/data-subject.ts'
import { Failure } from '../../kernel/failure.ts'
import { MINUTE } from '../../kernel/time.ts'
import { inTransaction } from '../../store/database.ts'
import { type Caller, demandApplication } from '../../wire/caller.ts'
import type { KpiStanding } from '../charter/charter-view.ts'
import { alertsOf, type Watched } from '../compass/compass.ts'
import { dueOn, Inventory } from '../documents/inventory.ts'
import type { GovernanceDeps } from '../governance-deps.ts'
import { rowsPlace } from '../person-place.ts'
import { type AlertId, type AlertKind, type AlertState, type RaisedAlert, stateOf } from './alert.ts'
import type { ServedAlert } from './contract.ts'
import { type AlertLines, type AlertLinesView, type DrawnLines, USUAL_LINES } from './lines.ts'
import { changesOf, type Signal, signalsOf } from './signals.ts'
import { addAlert, addLines, endAlert, findAlert, listAlerts, listLines, saveAlert } from './store.ts'

export type AlertsDeps = Pick<
  GovernanceDeps,
  'db' | 'clock' | 'newId' | 'organisation' | 'record' | 'publish' | 'applicationOf'
> & {
  readonly systemActor: ActorId
  readonly applications: () => Promise<readonly string[]>
  /** Of all applications at once, as they are at this moment. */
  readonly watched: () => Promise<(application: string) => Watched>
  /** Who holds which duty, by application. */
  readonly duties: () => Promise<ReadonlyMap<string, Duties>>
  readonly kpisOf: (application: string) => Promise<readonly KpiStanding[]>
  /**
   * As of now: what the newest release of an application leaves to do, and what there is to tell of the providers of the
   * models that were asked for it. Each signal is unknown where it could not be looked at.
   */
  readonly otherSignals: () => Promise<OtherSignals>
  /** What goes wrong in one application keeps nobody else from being told. */
  readonly report: (thrown: unknown, where?: string) => void
}

/** More than that is a list that nobody reads. */
const MOST = 500
const MOST_SEARCHED = 100_000
const EVERY = 5 * MINUTE
/** Of the history of lines. */
const MOST_DRAWN = 50

type OtherSignals = (application: string, asked: readonly string[]) => Promise<readonly Signal[]>
type Looked = { readonly watched: Watched; readonly others: OtherSignals }

type Drawing = {
  application: string
  lines: { [Key in keyof AlertLines]?: AlertLines[Key] | undefined }
  reason: string
  by: ActorId
}

/** Who sees to it; whoever runs the application, the business or its data. */
const DUTIES: Readonly<Record<AlertKind, readonly Duty[]>> = {
  errors: ['operations', 'technical-lead'],
  provider: ['operations', 'technical-lead'],
  cost: ['business-owner', 'operations'],
  kpi: ['business-owner'],
  'kpi-old': ['business-owner'],
  freshness: ['data-steward', 'technical-lead'],
  swap: ['technical-lead', 'operations'],
  documents: ['data-steward', 'technical-lead'],
  quota: ['operations', 'technical-lead'],
  key: ['security', 'operations'],
}

const told = (duties: Duties, kind: AlertKind): string[] => [
  ...new Set(DUTIES[kind].flatMap((duty) => duties[duty] ?? [])),
]

export type Alerts = ReturnType<typeof createAlerts>

export function createAlerts(deps: AlertsDeps) {
  const { db, clock, newId, organisation, systemActor } = deps
  let timer: NodeJS.Timeout | undefined

  async function signals(application: string, { watched, others }: Looked): Promise<Signal[]> {
    const { documents } = await deps.applicationOf(application)
    const today = clock().slice(0, 10)
    const sources = Inventory.safeParse(documents.inventory?.value).data?.sources ?? []
    const found = signalsOf({
      alerts: alertsOf(watched),
      kpis: await deps.kpisOf(application),
      sources: sources.flatMap((source) => {
        const due = dueOn(source)
        return due === null ? [] : [{ name: source.name ?? '', dueOn: due, isOverdue: due < today }]
      }),
    })
    const asked = watched.models.map(({ model }) => model)
    return [...found, ...(await others(application, asked))]
  }

  async function look(
    application: string,
    { open, ...looked }: Looked & { open: readonly RaisedAlert[] },
  ): Promise<{ opened: number; ended: number }> {
    const { begin, end } = changesOf(open, await signals(application, looked))
    const at = clock()
    const made = begin.map(
      ({ kind, subject, title, says }): RaisedAlert => ({
        id: newId('alt'),
        organisation,
        application: application as RaisedAlert['application'],
        ...{ kind, subject, title, says, openedAt: at },
        ...{ endedAt: null, acknowledgedAt: null, acknowledgedBy: null, note: '' },
      }),
    )
    let [opened, ended] = [0, 0]
    if (made.length + end.length > 0)
      await inTransaction(db, async (tx) => {
        for (const alert of made) if (await addAlert(tx, alert)) opened += await noted(tx, 'alert-open', alert)
        for (const alert of end)
          if (await endAlert(tx, { ...alert, endedAt: at })) ended += await noted(tx, 'alert-end', alert)
      })
    for (const { id } of [...made, ...end]) deps.publish({ topic: 'alert', id, application })
    return { opened, ended }
  }

  async function noted(tx: Parameters<typeof addAlert>[0], action: string, alert: RaisedAlert): Promise<1> {
    const { id, application, kind, subject, title, says } = alert
    const detail = { kind, ...(subject !== '' && { of: subject }), title, says }
    await deps.record(tx, { actor: systemActor, action: `governance.${action}`, subject: id, application, detail })
    return 1
  }

  async function served(alerts: readonly RaisedAlert[]): Promise<ServedAlert[]> {
    const duties = alerts.length === 0 ? undefined : await deps.duties()
    return alerts.map((alert) => ({
      ...alert,
      state: stateOf(alert),
      to: told(duties?.get(alert.application) ?? {}, alert.kind),
    }))
  }

  async function round(): Promise<{ opened: number; ended: number }> {
    const all = await listAlerts(db, { organisation, isOpen: true, limit: MOST })
    const sum = { opened: 0, ended: 0 }
    const watched = await deps.watched()
    const others = await deps.otherSignals()
    for (const application of await deps.applications()) {
      const open = all.filter((one) => one.application === application)
      const looked = { open, watched: watched(application), others }
      const { opened, ended } = await look(application, looked).catch((thrown) => {
        deps.report(thrown, 'alerts')
        return { opened: 0, ended: 0 }
      })
      sum.opened += opened
      sum.ended += ended
    }
    return sum
  }

  async function lines(application: string): Promise<AlertLinesView> {
    await deps.applicationOf(application)
    const drawn = await listLines(db, { organisation, application, limit: MOST_DRAWN })
    const history = drawn.map(({ organisation: _, ...one }) => one)
    return { lines: drawn[0]?.lines ?? USUAL_LINES, usual: USUAL_LINES, history }
  }

  return {
    round,
    lines,

    /** The next look holds what it finds against them. */
    async drawLines({ application, lines: given, reason, by }: Drawing): Promise<AlertLinesView> {
      await deps.applicationOf(application)
      const sent = Object.fromEntries(Object.entries(given).filter(([, line]) => line !== undefined))
      const drawn: DrawnLines = {
        ...{ id: newId('aln'), organisation, application: application as DrawnLines['application'] },
        ...{ lines: { ...USUAL_LINES, ...sent }, reason, createdAt: clock(), createdBy: by },
      }
      await inTransaction(db, async (tx) => {
        await addLines(tx, drawn)
        const detail = { lines: drawn.lines, reason }
        await deps.record(tx, {
          actor: by,
          action: 'governance.alert-lines',
          subject: application,
          application,
          detail,
        })
      })
      deps.publish({ topic: 'alert', id: drawn.id, application })
      return lines(application)
    },

    async list({
      application,
      state,
      caller,
    }: {
      application?: string | undefined
      state?: AlertState | undefined
      caller: Pick<Caller, 'application'>
    }): Promise<ServedAlert[]> {
      const only = caller.application ?? application
      const all = await listAlerts(db, {
        organisation,
        application: only,
        isOpen: state !== undefined && state !== 'over',
        limit: MOST,
      })
      return (await served(all)).filter((one) => state === undefined || one.state === state)
    },

    /** Nobody has to tell those who were told, or whoever saw it. */
    waiting: async (): Promise<ServedAlert[]> =>
      (await served(await listAlerts(db, { organisation, isOpen: true, limit: MOST }))).filter(
        ({ state }) => state === 'open',
      ),

    async acknowledge({ id, note, by }: { id: AlertId; note: string; by: Caller }): Promise<ServedAlert> {
      const found = await findAlert(db, id)
      if (found?.organisation !== organisation)
        throw new Failure('unknown', 'governance.alert-unknown', `There is no alert ${id}.`)
      demandApplication(by, found.application)
      if (found.endedAt !== null)
        throw new Failure(
          'conflict',
          'governance.alert-over',
          `It is over since ${found.endedAt}; there is nothing to see to.`,
        )
      const alert = { ...found, acknowledgedAt: clock(), acknowledgedBy: by.actor, note }
      await inTransaction(db, async (tx) => {
        await saveAlert(tx, alert)
        const { application } = alert
        await deps.record(tx, {
          actor: by.actor,
          action: 'governance.alert-see',
          subject: id,
          application,
          detail: { note },
        })
      })
      deps.publish({ topic: 'alert', id, application: alert.application })
      const [shown] = await served([alert])
      if (!shown) throw new Error('One alert is served as one.')
      return shown
    },

    personalPlaces: [
      rowsPlace({
        db,
        name: 'alerts',
        fate: 'replace',
        find: async (sought) =>
          (await listAlerts(db, { organisation, limit: MOST_SEARCHED })).filter(
            ({ note, openedAt }) => openedAt < sought.before && mentions(sought, [note]),
          ),
        applicationOf: ({ application }) => application,
        act: (tx, row, sought) => saveAlert(tx, { ...row, ...blanked({ note: row.note }, sought) }),
      }),
    ],

    start(): void {
      timer = setInterval(() => round().catch((thrown) => deps.report(thrown, 'alerts')), EVERY)
      timer.unref()
    },
    stop(): void {
      clearInterval(timer)
    },
  }
}
