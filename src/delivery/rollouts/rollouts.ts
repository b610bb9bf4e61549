/** Rollouts: observe what happens to units, decide, and let a person abort, pause and resume. */
import type { ActorId } from '../../core/actor.ts'
import { isOfSession } from '../../core/late-metric.ts'
import type { Outcome } from '../../core/outcome.ts'
import { isOpen, type Rollout, type RolloutId, type RolloutState } from '../../core/rollout.ts'
import type { Stage } from '../../core/stage.ts'
import { Failure } from '../../kernel/failure.ts'
import { epochMs, later, MINUTE } from '../../kernel/time.ts'
import { type Database, inTransaction, type Tx } from '../../store/database.ts'
import { page } from '../../wire/route.ts'
import type { RolloutPoint, ServedRollout } from '../served.ts'
import { raiseLiveVersion, readReleaseNumbers } from '../store.ts'
import { carryOut } from './carry-out.ts'
import type { RolloutDeps } from './deps.ts'
import { type Replay, replayOf } from './replay.ts'
import { grown, outcomesOfSession, sessionParts, silentSince, watchesSessions } from './sessions.ts'
import { shareOf } from './share.ts'
import { shownSide } from './sides.ts'
import { type Candidate, candidatesOf, increments, stepsOf } from './statistics.ts'
import {
  addStatistics,
  changeRollout,
  findRollout,
  findSessions,
  findSide,
  keepFirsts,
  listOpenRollouts,
  listPoints,
  listReadPoints,
  listRollouts,
  listSilent,
  lockRollout,
  type RolloutFilter,
  readStatistics,
  removeSessions,
  saveSessions,
} from './store.ts'
import { type RolloutVerdict, verdictOf } from './verdict.ts'

export type Rollouts = ReturnType<typeof createRollouts>

export function createRollouts(deps: RolloutDeps) {
  const { db, clock, organisation } = deps

  async function serve(reader: Database | Tx, rollout: Rollout): Promise<ServedRollout> {
    const { marks: _, ...shown } = rollout
    const numbers = await readReleaseNumbers(reader, [rollout.control, rollout.candidate])
    return {
      ...shown,
      controlNumber: numbers.get(rollout.control) ?? 0,
      candidateNumber: numbers.get(rollout.candidate) ?? 0,
      share: shareOf(rollout),
      statistics: stepsOf(rollout.plan, await readStatistics(reader, rollout.id), rollout.step),
      shadowed: rollout.plan.shadow ? shownSide(await findSide(reader, rollout.id, 'shadow')) : null,
      scored: rollout.plan.scores ? shownSide(await findSide(reader, rollout.id, 'scores')) : null,
    }
  }

  async function get(id: RolloutId): Promise<ServedRollout> {
    const found = await findRollout(db, id)
    if (!found) throw unknown(id)
    return serve(db, found)
  }

  /** Tells the others, after the commit. */
  async function announce({ id, application }: Rollout, isChanged: boolean): Promise<void> {
    if (isChanged) {
      await deps.refreshLive()
      deps.publish({ topic: 'application', id: application, application })
      deps.publish({ topic: 'evidence', id, application })
    }
    deps.publish({ topic: 'rollout', id, application })
  }

  /** Locks an open rollout and changes it; refused when it has ended. */
  async function change(id: RolloutId, work: (tx: Tx, rollout: Rollout) => Promise<void>): Promise<ServedRollout> {
    const rollout = await inTransaction(db, async (tx) => {
      const found = await lockRollout(tx, id)
      if (!found) throw unknown(id)
      if (!isOpen(found)) throw ended(found)
      await work(tx, found)
      await raiseLiveVersion(tx, organisation)
      return found
    })
    await announce(rollout, true)
    return get(id)
  }

  async function setState(given: {
    id: RolloutId
    by: ActorId
    from: readonly RolloutState[]
    to: 'running' | 'paused'
  }) {
    const { id, by, from, to } = given
    return change(id, async (tx, rollout) => {
      if (!from.includes(rollout.state))
        throw new Failure('conflict', 'delivery.rollout-state', `The rollout is ${rollout.state} already.`)
      // A step that goes on soaks and waits anew: what happened meanwhile was not watched over.
      await changeRollout(tx, id, { state: to, ...(to === 'running' && { stepStartedAt: clock() }) })
      const action = to === 'running' ? 'delivery.rollout-resume' : 'delivery.rollout-pause'
      await deps.record(tx, { actor: by, action, subject: id, application: rollout.application })
    })
  }

  /** Counts of the outcomes what is first of its unit, and returns that. */
  async function countFirsts(tx: Tx, rollout: Rollout, outcomes: readonly Outcome[]): Promise<Candidate[]> {
    const candidates = candidatesOf(rollout, outcomes)
    const keyOf = ({ metric, unit }: { metric: string; unit: string }) => `${metric}\n${unit}`
    const seen = candidates.map(({ rollout: of, metric, unit }) => ({ rollout: of, metric, unit }))
    const kept = new Set((await keepFirsts(tx, seen)).map(keyOf))
    const firsts = candidates.filter((one) => kept.has(keyOf(one)))
    if (firsts.length > 0) await addStatistics(tx, increments(rollout, firsts))
    return firsts
  }

  async function keepSessions(tx: Tx, rollout: Rollout, outcomes: readonly Outcome[]): Promise<void> {
    const parts = sessionParts(rollout, outcomes)
    if (parts.size === 0) return
    const known = new Map((await findSessions(tx, rollout.id, [...parts.keys()])).map((row) => [row.unit, row]))
    const sessions = [...parts].map(([unit, some]) => grown(known.get(unit), some))
    await saveSessions(
      tx,
      sessions.filter((one) => one !== undefined),
    )
  }

  /** Counts the sessions that are over, and decides. */
  async function endSessions(id: RolloutId): Promise<void> {
    const done = await inTransaction(db, async (tx) => {
      const rollout = await lockRollout(tx, id)
      if (!rollout || !isOpen(rollout)) return undefined
      const over = await listSilent(tx, id, silentSince(rollout.plan, clock()))
      if (over.length === 0) return undefined
      const ended = over.flatMap((session) => outcomesOfSession(rollout, session))
      const firsts = await countFirsts(tx, rollout, ended)
      const units = over.map(({ unit }) => unit)
      await removeSessions(tx, id, units)
      return firsts.length > 0 ? { rollout, isChanged: await carryOut(tx, deps, rollout) } : undefined
    })
    if (done) await announce(done.rollout, done.isChanged)
  }

  return {
    get,
    serve,
    announce,

    async list(
      filter: Omit<RolloutFilter, 'organisation'>,
      { cursor, limit }: { cursor?: string | undefined; limit: number },
    ) {
      const rows = await listRollouts(db, { ...filter, organisation }, { cursor, limit: limit + 1 })
      const cut = page(rows, limit, ({ id }) => id)
      const items: ServedRollout[] = []
      for (const rollout of cut.items) items.push(await serve(db, rollout))
      return { items, next: cut.next }
    },

    async history(id: RolloutId): Promise<RolloutPoint[]> {
      await get(id)
      return listPoints(db, id)
    },

    abort: ({ id, by, reason }: { id: RolloutId; by: ActorId; reason: string }): Promise<ServedRollout> =>
      change(id, async (tx, rollout) => {
        await changeRollout(tx, id, { state: 'aborted', endedAt: clock(), reason })
        await removeSessions(tx, id)
        const entry = { subject: id, application: rollout.application, detail: { automatic: false, reason } }
        await deps.record(tx, { actor: by, action: 'delivery.rollout-abort', ...entry })
      }),

    pause: ({ id, by }: { id: RolloutId; by: ActorId }) =>
      setState({ id, by, from: ['planned', 'running', 'holding'], to: 'paused' }),

    resume: ({ id, by }: { id: RolloutId; by: ActorId }) =>
      setState({ id, by, from: ['paused', 'holding'], to: 'running' }),

    /** A person takes the next step, if the rule allows it; else refused with what it waits for. */
    async advance({ id, by }: { id: RolloutId; by: ActorId }): Promise<ServedRollout> {
      const rollout = await inTransaction(db, async (tx) => {
        const found = await lockRollout(tx, id)
        if (!found) throw unknown(id)
        if (!isOpen(found)) throw ended(found)
        await carryOut(tx, deps, found, { byPerson: by })
        const after = await lockRollout(tx, id)
        const decision = after?.latest?.decision
        if (decision !== 'advance' && decision !== 'complete')
          throw new Failure(
            'conflict',
            'delivery.rollout-not-ready',
            `The rollout may not go on: ${after?.latest?.why.join(' ') ?? 'nothing was decided yet.'}`,
            { facts: { decision, why: after?.latest?.why ?? [] } },
          )
        return found
      })
      await announce(rollout, true)
      return get(id)
    },

    /** Every decision that was kept, made again from what it read. */
    async replay(id: RolloutId): Promise<Replay> {
      const found = await findRollout(db, id)
      if (!found) throw unknown(id)
      return replayOf(found, await listReadPoints(db, id))
    },

    /** The open or last rollout of a stage, as a figure for tools that deploy. */
    async verdictOf({ application, stage }: { application: string; stage: Stage }): Promise<RolloutVerdict> {
      const [last] = await listRollouts(db, { organisation, application, stage }, { limit: 1 })
      return verdictOf(last)
    },

    /**
     * Counts what happened to units and decides. Repeating an event changes nothing; outcomes of a rollout that has
     * ended, or that belong to none of its steps, are left out.
     */
    async observe(outcomes: readonly Outcome[]): Promise<{ counted: number; ignored: number }> {
      let counted = 0
      const byRollout = Map.groupBy(outcomes, ({ rollout }) => rollout)
      for (const [id, own] of byRollout) {
        const done = await inTransaction(db, async (tx) => {
          const rollout = await lockRollout(tx, id)
          if (!rollout || !isOpen(rollout)) return undefined
          await keepSessions(tx, rollout, own)
          const firsts = await countFirsts(
            tx,
            rollout,
            own.filter(({ metric }) => !isOfSession(metric)),
          )
          if (firsts.length === 0) return undefined
          counted += firsts.filter(({ metric }) => metric !== '').length
          return { rollout, isChanged: await carryOut(tx, deps, rollout) }
        })
        if (done) await announce(done.rollout, done.isChanged)
      }
      return { counted, ignored: outcomes.length - counted }
    },

    /** Notices that a step has soaked or that nothing was decided for too long. Called once a second. */
    async tick(): Promise<void> {
      const now = epochMs(clock())
      for (const { id, plan, stepStartedAt, latest, state } of await listOpenRollouts(db, organisation)) {
        if (watchesSessions(plan)) await endSessions(id)
        const isOver = plan.endsAt !== undefined && epochMs(plan.endsAt) <= now
        if (state !== 'running' && !isOver) continue
        const isDue = (minutes: number) => {
          const due = epochMs(later(stepStartedAt, minutes * MINUTE))
          return minutes > 0 && due <= now && (!latest || epochMs(latest.at) <= due)
        }
        if (!isOver && !isDue(plan.soakMinutes) && !isDue(plan.holdTimeoutMinutes)) continue
        const done = await inTransaction(db, async (tx) => {
          const rollout = await lockRollout(tx, id)
          return rollout && { rollout, isChanged: await carryOut(tx, deps, rollout) }
        })
        if (done) await announce(done.rollout, done.isChanged)
      }
    },
  }
}

const unknown = (id: RolloutId) => new Failure('unknown', 'delivery.rollout-unknown', `There is no rollout ${id}.`)

const ended = ({ id, state, reason }: Rollout) =>
  new Failure(
    'conflict',
    'delivery.rollout-ended',
    `The rollout ${id} is ${state}${reason ? `: ${reason}` : ''}. Start a new one.`,
  )
