/**
 * Human oversight: overseers look at answers, overrule them, and stop the application.
 *
 * Invariant: what is held is let out by an overseer alone; time never lets it out, and a decision is made once.
 */
import type { ActorId } from '../core/actor.ts'
import type { Turn } from '../core/conversation.ts'
import { type OversightPlan, oversightOf } from '../core/oversight.ts'
import type { ReleaseId } from '../core/release.ts'
import type { Stage } from '../core/stage.ts'
import { Failure } from '../kernel/failure.ts'
import { type Instant, later, MINUTE } from '../kernel/time.ts'
import { inTransaction } from '../store/database.ts'
import type { Caller } from '../wire/caller.ts'
import { page } from '../wire/route.ts'
import type { OversightStanding } from './contract.ts'
import type { OversightDeps } from './deps.ts'
import {
  type HeldAnswer,
  type HeldAnswerId,
  type OverseerDecision,
  type ServedHeldAnswer,
  STATE_AFTER,
  type StopTest,
  stateAt,
} from './held-answer.ts'
import { createStandings, isOverseer } from './standings.ts'
import { addHeldAnswer, addStopTest, decideHeld, emptyOld, findHeldAnswer, type HeldFilter, listHeld } from './store.ts'

export type Oversight = ReturnType<typeof createOversight>

type Looker = Pick<Caller, 'actor' | 'name'>

export function createOversight(deps: OversightDeps) {
  const { db, clock, newId, organisation, record, publish, seal } = deps

  const planOf = async (application: string): Promise<OversightPlan | undefined> =>
    oversightOf(await deps.documentsOf(application))

  async function demandOverseer(application: string, by: Looker): Promise<void> {
    const plan = await planOf(application)
    if (isOverseer(plan, { id: by.actor, name: by.name })) return
    throw new Failure(
      'forbidden',
      'oversight.not-an-overseer',
      `Answers of ${application} are for its overseers (${plan?.overseers.join(', ') || 'none is named'}), and ${by.name} is none of them. Ask one, or name more under \`overseers\` in oversight.yaml.`,
    )
  }

  async function find(id: HeldAnswerId): Promise<HeldAnswer> {
    const found = await findHeldAnswer(db, id, seal)
    if (!found) throw new Failure('unknown', 'oversight.answer-unknown', `There is no held answer ${id}.`)
    return found
  }

  const announce = ({ id, application }: Pick<HeldAnswer, 'id' | 'application'>) =>
    publish({ topic: 'held-answer', id, application })

  const serve = (row: HeldAnswer, plan: OversightPlan | undefined, by: Looker): ServedHeldAnswer => ({
    ...row,
    state: stateAt(row, clock()),
    yours: stateAt(row, clock()) === 'waiting' && isOverseer(plan, { id: by.actor, name: by.name }),
  })

  const standingsOf = createStandings(deps)

  return {
    find,

    /** Keeps an answer before its client hears of it. */
    async keep(answer: {
      application: string
      stage: Stage
      release: ReleaseId
      trace: string
      kinds: readonly string[]
      mode: HeldAnswer['mode']
      waitMinutes: number
      turns: readonly Turn[]
      answer: string
      user: string | null
      askedBy: ActorId
    }): Promise<{ id: HeldAnswerId; until: Instant | null }> {
      const { kinds, turns, waitMinutes, ...rest } = answer
      const at = clock()
      const row: HeldAnswer = {
        ...rest,
        id: newId('hld'),
        organisation,
        kinds: [...kinds],
        turns: [...turns],
        at,
        until: answer.mode === 'hold' ? later(at, waitMinutes * MINUTE) : null,
        ...UNDECIDED,
      }
      await inTransaction(db, async (tx) => {
        await addHeldAnswer(tx, row, seal)
        const { application, trace, mode, until } = row
        const detail = { mode, kinds: row.kinds, trace, until }
        await record(tx, { actor: row.askedBy, action: 'oversight.hold', subject: row.id, application, detail })
      })
      announce(row)
      return { id: row.id, until: row.until }
    },

    async get(id: HeldAnswerId, by: Looker): Promise<ServedHeldAnswer> {
      const row = await find(id)
      return serve(row, await planOf(row.application), by)
    },

    async list(
      filter: Omit<HeldFilter, 'organisation'>,
      { cursor, limit }: { cursor?: string | undefined; limit: number },
      by: Looker,
    ) {
      const rows = await listHeld(db, { ...filter, organisation }, { cursor, limit: limit + 1, seal })
      const { items, next } = page(rows, limit, ({ id }) => id)
      const plans = new Map<string, OversightPlan | undefined>()
      for (const { application } of items)
        if (!plans.has(application)) plans.set(application, await planOf(application))
      return { items: items.map((row) => serve(row, plans.get(row.application), by)), next }
    },

    /** Held ones that can still be decided, newest first. */
    async waiting(limit: number): Promise<HeldAnswer[]> {
      const rows = await listHeld(db, { organisation, state: 'waiting', mode: 'hold' }, { limit, seal })
      return rows.filter((row) => stateAt(row, clock()) === 'waiting')
    },

    async decide(given: {
      id: HeldAnswerId
      decision: OverseerDecision
      text?: string | undefined
      reason: string
      by: Looker
    }): Promise<ServedHeldAnswer> {
      const { id, decision, text, reason, by } = given
      const row = await find(id)
      await demandOverseer(row.application, by)
      const outcome = outcomeOf({ decision, text, answer: row.answer })
      const now = clock()
      const decided = await inTransaction(db, async (tx) => {
        const change = { state: STATE_AFTER[decision], given: outcome, reason, decidedBy: by.actor, decidedAt: now }
        const changed = await decideHeld(tx, id, change, { now, seal })
        if (!changed) throw notWaiting((await findHeldAnswer(tx, id, seal)) ?? row, now)
        const { application, mode, trace } = changed
        const detail = { decision, mode, trace, reason }
        await record(tx, { actor: by.actor, action: 'oversight.decide', subject: id, application, detail })
        return changed
      })
      announce(decided)
      return serve(decided, undefined, by)
    },

    /** An answer that was given and should have been another, or none. */
    async overrule(given: {
      application: string
      answer: string
      text?: string | undefined
      reason: string
      by: Caller
    }): Promise<ServedHeldAnswer> {
      const { application, answer: id, text, reason, by } = given
      await demandOverseer(application, by)
      const said = await deps.answerOf({ caller: by, id })
      if (said.application !== application || said.stage === null || said.release === null)
        throw new Failure('invalid', 'oversight.answer-of-another', `answer: ${id} is no answer of ${application}.`)
      const decision = text === undefined ? 'refuse' : 'edit'
      const now = clock()
      const row: HeldAnswer = {
        ...{ id: newId('hld'), organisation, application, stage: said.stage, release: said.release },
        ...{ trace: said.trace, kinds: [], mode: 'flag', turns: [...said.turns], answer: said.answer },
        ...{ user: said.user, askedBy: by.actor, at: now, until: null, state: STATE_AFTER[decision] },
        ...{ given: text ?? null, reason, decidedBy: by.actor, decidedAt: now },
      }
      await inTransaction(db, async (tx) => {
        await addHeldAnswer(tx, row, seal)
        const detail = { decision, mode: row.mode, trace: row.trace, reason }
        await record(tx, { actor: by.actor, action: 'oversight.decide', subject: row.id, application, detail })
      })
      announce(row)
      return serve(row, undefined, by)
    },

    async stop({ application, reason, by }: { application: string; reason: string; by: Looker }) {
      await demandOverseer(application, by)
      await deps.stop({ application, reason, by: by.actor })
      return { application, reason, at: clock() }
    },

    async testStop({ application, by, signal }: { application: string; by: Looker; signal: AbortSignal }) {
      await demandOverseer(application, by)
      const stopped = deps.whyStopped(application)
      if (stopped !== undefined)
        throw new Failure(
          'conflict',
          'oversight.already-stopped',
          `${application} does not answer, so that its stop cannot be tried. ${stopped}`,
        )
      const tried = await deps.tryStop({ application, by: by.actor, signal })
      const row: StopTest = { id: newId('stp'), organisation, application, ...tried, by: by.actor, at: clock() }
      await inTransaction(db, async (tx) => {
        await addStopTest(tx, row)
        await record(tx, {
          actor: by.actor,
          action: 'oversight.stop-test',
          subject: row.id,
          application,
          detail: tried,
        })
      })
      publish({ topic: 'held-answer', id: row.id, application })
      return row
    },

    /** Questions and answers are kept no longer than traces; that somebody decided, and why, stays on record. */
    removeOld: async ({ application, before }: { application: string | null; before: Instant }): Promise<number> =>
      application === null ? 0 : emptyOld(db, { application, before, now: clock() }),

    async standing(application: string, by: Looker): Promise<OversightStanding> {
      const [found] = await standingsOf([{ application, plan: await planOf(application) }], by)
      if (found) return found
      throw new Error('each application that is asked for has a standing')
    },

    /** Of every application that its overseers look after, by name; whoever is bound to one hears of that alone. */
    async standings(by: Caller): Promise<OversightStanding[]> {
      const all = await deps.applications()
      const overseen = all.flatMap(({ name, documents }) => {
        const plan = oversightOf(documents)
        return plan && (by.application === null || by.application === name) ? [{ application: name, plan }] : []
      })
      return standingsOf(overseen, by)
    },
  }
}

const UNDECIDED = { state: 'waiting', given: null, reason: '', decidedBy: null, decidedAt: null } as const

function outcomeOf(given: { decision: OverseerDecision; text: string | undefined; answer: string }): string | null {
  const { decision, text, answer } = given
  if (decision === 'edit' && text === undefined)
    throw new Failure('invalid', 'oversight.text-missing', 'text: say what stands in the place of the answer.')
  if (decision !== 'edit' && text !== undefined)
    throw new Failure('invalid', 'oversight.text-unused', 'text: only an edit takes words of your own; use `edit`.')
  return decision === 'release' ? answer : (text ?? null)
}

const notWaiting = (row: HeldAnswer, now: Instant): Failure =>
  stateAt(row, now) === 'lapsed'
    ? new Failure(
        'conflict',
        'oversight.answer-lapsed',
        `Nobody looked at it until ${row.until}, so that it stays unanswered; whoever asked can ask again.`,
      )
    : new Failure('conflict', 'oversight.answer-decided', `It is ${row.state} already, with the reason: ${row.reason}`)
