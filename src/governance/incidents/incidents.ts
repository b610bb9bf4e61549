/**
 * Incidents: from the first word to the release that fixed them. They answer `prod.incident`, and whether grave ones are
 * open is part of `pilot.feedback`.
 *
 * Invariant: a grave incident closes only with a regression case that the fixing release passed, and every change is on
 * its timeline and in the audit log.
 */
import type { ActorId } from '../../core/actor.ts'
import type { Application } from '../../core/application.ts'
import { FREE, type Producer } from '../../core/producer.ts'
import type { ReleaseId } from '../../core/release.ts'
import { Failure } from '../../kernel/failure.ts'
import type { Instant } from '../../kernel/time.ts'
import { inTransaction } from '../../store/database.ts'
import { page } from '../../wire/route.ts'
import type { GovernanceDeps } from '../governance-deps.ts'
import { type EvidenceDoor, saySteadily } from '../recount.ts'
import { incidentDraft, settingOf } from './answer.ts'
import { type ClockPack, clocksOf, type LegalSetting } from './clocks.ts'
import type { ListedIncident, ServedIncident } from './contract.ts'
import { deadlinesOf } from './deadlines.ts'
import { type Changed, demandPast, type Opened, said } from './given.ts'
import { type Incident, type IncidentId, type IncidentMove, isGrave, isOpenGrave, MOVES } from './incident.ts'
import { incidentPlaces } from './personal.ts'
import { similarTo } from './similar.ts'
import { addIncident, changeIncident, findIncident, type IncidentFilter, listIncidents, lockIncident } from './store.ts'

export type IncidentsDeps = Pick<
  GovernanceDeps,
  'db' | 'clock' | 'newId' | 'organisation' | 'record' | 'publish' | 'applicationOf'
> &
  EvidenceDoor & {
    readonly clockPack: ClockPack
    /** Those of these names that there are. */
    readonly applicationsOf: (names: readonly string[]) => Promise<readonly Pick<Application, 'name' | 'documents'>[]>
    /** Whether a release carries a case and passed it; undefined where it does not carry it. */
    readonly caseOn: (ask: {
      application: string
      release: ReleaseId
      dataset: string
      example: string
    }) => Promise<{ split: string; passedIn: string | null; failedIn: string | null } | undefined>
  }

export type Incidents = ReturnType<typeof createIncidents>
type Written = Incident['timeline'][number]

/** More than an application ever has; older ones are closed. */
const MOST = 5000

export function createIncidents(deps: IncidentsDeps) {
  const { db, clock, newId, organisation, clockPack } = deps

  const settingFor = async (application: string) => settingOf(await deps.applicationOf(application))
  const clocks = (incident: Incident, setting: LegalSetting) =>
    clocksOf(incident, { pack: clockPack, setting, now: clock() })
  const all = (application: string) => listIncidents(db, organisation, { application }, { limit: MOST })

  async function find(id: IncidentId): Promise<Incident> {
    const found = await findIncident(db, { organisation, id })
    if (found) return found
    throw new Failure('unknown', 'governance.incident-unknown', `There is no incident ${id}.`)
  }

  async function serve(incident: Incident): Promise<ServedIncident> {
    const similar = similarTo(incident, await all(incident.application))
    return {
      incident,
      clocks: clocks(incident, await settingFor(incident.application)),
      clocksNote: clockPack.note,
      clocksAsOf: clockPack.asOf,
      similar: similar.map(({ incident: { id, title, state }, share }) => ({ id, title, state, share })),
    }
  }

  const entry = (kind: Written['kind'], text: string, by: ActorId, at?: Instant): Written => ({
    at: at ?? clock(),
    writtenAt: clock(),
    by,
    kind,
    text,
  })

  /** One change with its line of the timeline and its entry in the audit log. */
  async function edit(
    id: IncidentId,
    by: ActorId,
    work: (before: Incident) => { change: Partial<Incident>; entry: Written },
  ): Promise<ServedIncident> {
    const after = await inTransaction(db, async (tx) => {
      const before = await lockIncident(tx, { organisation, id })
      if (!before) throw new Failure('unknown', 'governance.incident-unknown', `There is no incident ${id}.`)
      const { change, entry: line } = work(before)
      const changed = { ...before, ...change, timeline: [...before.timeline, line], updatedAt: clock() }
      await changeIncident(tx, changed)
      const { application } = before
      const detail = { kind: line.kind, state: changed.state }
      await deps.record(tx, { actor: by, action: 'governance.incident-change', subject: id, application, detail })
      return changed
    })
    await told(after, by)
    return serve(after)
  }

  async function told({ id, application }: Incident, by: ActorId): Promise<void> {
    deps.publish({ topic: 'incident', id, application })
    await recount(application, by)
  }

  const recount = async (application: string, by: ActorId) =>
    saySteadily(deps, await answer({ application, by }, await deps.applicationOf(application)), clock())

  const answer = async (about: { application: string; by: ActorId }, application: Pick<Application, 'documents'>) =>
    incidentDraft(about, {
      incidents: await all(about.application),
      pack: clockPack,
      setting: settingOf(application),
      now: clock(),
    })

  return {
    find,
    get: async (id: IncidentId) => serve(await find(id)),

    async list(filter: IncidentFilter, { cursor, limit }: { cursor?: IncidentId | undefined; limit: number }) {
      const rows = await listIncidents(db, organisation, filter, { before: cursor, limit: limit + 1 })
      const { items, next } = page(rows, limit, ({ id }) => id)
      const applications = await deps.applicationsOf([...new Set(items.map(({ application }) => application))])
      const settings = new Map(applications.map((one) => [one.name as string, settingOf(one)]))
      return {
        items: items.map((one): ListedIncident => {
          const { timeline: _, description: __, reports: ___, ...rest } = one
          const running = clocks(one, settings.get(one.application) ?? { regimes: [], riskClass: null }).filter(
            ({ state }) => state === 'running' || state === 'overdue',
          )
          return {
            ...rest,
            nextDueAt: running.find(({ dueAt }) => dueAt !== null)?.dueAt ?? null,
            overdue: running.filter(({ state }) => state === 'overdue').length,
          }
        }),
        next,
      }
    },

    /** Deadlines of these applications that run or are over, by application. */
    deadlines: (applications: readonly Pick<Application, 'name' | 'documents'>[]) =>
      deadlinesOf(applications, { db, organisation, clocks }),

    /** Grave ones that have not ended as grave ones end. */
    openGrave: async (application: string): Promise<number> => (await all(application)).filter(isOpenGrave).length,

    /** What the risk register is to think of: grave ones, which may happen again, and those that are open. */
    raising: async (application: string): Promise<Incident[]> =>
      (await all(application)).filter((one) => isGrave(one) || one.state !== 'closed'),

    async open(given: Opened, by: ActorId): Promise<ServedIncident> {
      const { application, title, severity } = given
      await deps.applicationOf(application)
      const now = clock()
      const incident: Incident = {
        harms: [],
        affected: null,
        affectedPeople: null,
        cause: null,
        release: null,
        traces: [],
        occurredAt: null,
        detectedAt: now,
        ...said(given),
        ...{ application, title, severity, description: given.description, owner: given.owner, example: given.example },
        id: newId('inc'),
        organisation,
        state: 'open',
        timeline: [entry('note', 'Written down.', by)],
        reports: [],
        fix: null,
        closedAt: null,
        createdAt: now,
        createdBy: by,
        updatedAt: now,
      }
      demandPast(incident, now)
      await inTransaction(db, async (tx) => {
        await addIncident(tx, incident)
        const detail = { title, severity }
        await deps.record(tx, {
          ...{ actor: by, action: 'governance.incident-open', subject: incident.id, application, detail },
        })
      })
      await told(incident, by)
      return serve(incident)
    },

    change: (id: IncidentId, given: Changed, by: ActorId) =>
      edit(id, by, (before) => {
        const change = said(given)
        demandPast({ ...before, ...change }, clock())
        return { change, entry: entry('change', `Changed: ${Object.keys(change).join(', ') || 'nothing'}.`, by) }
      }),

    note: (
      id: IncidentId,
      { kind, text, at }: { kind: 'note' | 'measure'; text: string; at?: Instant | undefined },
      by: ActorId,
    ) => edit(id, by, () => ({ change: {}, entry: entry(kind, text, by, at) })),

    report(
      id: IncidentId,
      {
        clock: name,
        kind,
        note,
        at,
      }: { clock: string; kind: 'made' | 'not-due'; note: string; at?: Instant | undefined },
      by: ActorId,
    ) {
      const found = clockPack.clocks.find((one) => one.id === name)
      if (!found)
        throw new Failure(
          'invalid',
          'governance.clock-unknown',
          `clock: there is no ${name}; there are ${clockPack.clocks.map((one) => one.id).join(', ')}.`,
        )
      const when = at ?? clock()
      const words = kind === 'made' ? 'reported' : 'not due'
      return edit(id, by, (before) => ({
        change: { reports: [...before.reports, { clock: name, kind, at: when, by, note }] },
        entry: entry('report', `${found.law} ${found.article}, ${words}: ${note}`, by, when),
      }))
    },

    /** Looks the case up in the release, and whether the release passed it. */
    async fix(
      id: IncidentId,
      { dataset, example, release }: { dataset: string; example: string; release: ReleaseId },
      by: ActorId,
    ) {
      const { application } = await find(id)
      const found = await deps.caseOn({ application, release, dataset, example })
      const refuse = (why: string) => new Failure('conflict', 'governance.fix-not-shown', why)
      if (!found)
        throw refuse(
          `The dataset ${dataset} of ${release} has no example ${example}. Make a case of the trace, freeze, and name that release.`,
        )
      if (found.split !== 'regress')
        throw refuse(
          `The example ${example} is of the split ${found.split}. A regression case is of the split regress.`,
        )
      if (found.failedIn !== null) throw refuse(`The release did not pass ${example} in ${found.failedIn}.`)
      const experiment = found.passedIn
      if (experiment === null)
        throw refuse(`Nobody has asked ${example} of this release. Run a suite over ${dataset} on it first.`)
      return edit(id, by, () => ({
        change: { fix: { dataset, example, release, experiment, at: clock(), by } },
        entry: entry('fix', `The case ${example} of ${dataset} passes on ${release}, seen in ${experiment}.`, by),
      }))
    },

    move: (id: IncidentId, { move, note }: { move: IncidentMove; note: string }, by: ActorId) =>
      edit(id, by, (before) => {
        const state = MOVES[before.state][move]
        if (!state)
          throw new Failure(
            'conflict',
            'governance.incident-move',
            `This incident is ${before.state}; from there it goes by ${Object.keys(MOVES[before.state]).join(', ')}, not by ${move}.`,
          )
        if (state === 'closed' && isGrave(before) && before.fix === null)
          throw new Failure(
            'conflict',
            'governance.incident-unfixed',
            'A grave incident closes with a regression case and a release that passes it. Name them under its fix first.',
          )
        const fix = state === 'open' ? null : before.fix
        return { change: { state, fix, closedAt: state === 'closed' ? clock() : null }, entry: entry(move, note, by) }
      }),

    /** Time alone makes a report overdue; called now and then. */
    async tick(by: ActorId): Promise<void> {
      const waiting = await listIncidents(db, organisation, {}, { limit: MOST })
      for (const application of new Set(waiting.map((one) => one.application))) await recount(application, by)
    },

    producer: {
      name: 'governance/incidents',
      checks: ['prod.incident'],
      quote: async () => FREE,
      run: async ({ release, application, by }) => [
        { ...(await answer({ application: release.application, by }, application)), release: release.id },
      ],
    } satisfies Producer,

    personalPlaces: incidentPlaces(db, organisation),
  }
}
