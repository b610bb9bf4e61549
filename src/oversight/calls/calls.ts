/**
 * Held calls: what a tool would change waits for an overseer, who sees the arguments and lets it happen, or not.
 *
 * Invariant: a call is made by an overseer's word alone, at most once; time never makes it. One that was begun and whose
 * end nobody saw is never made again, because whether it was done is not known.
 */
import type { ActorId } from '../../core/actor.ts'
import { type OversightPlan, oversightOf } from '../../core/oversight.ts'
import type { ReleaseId } from '../../core/release.ts'
import type { Stage } from '../../core/stage.ts'
import type { Digest } from '../../kernel/digest.ts'
import { Failure } from '../../kernel/failure.ts'
import { type Instant, later, MINUTE } from '../../kernel/time.ts'
import { inTransaction } from '../../store/database.ts'
import type { Caller } from '../../wire/caller.ts'
import { page } from '../../wire/route.ts'
import type { OversightDeps } from '../deps.ts'
import { isOverseer } from '../standings.ts'
import { type CallDecision, callStateAt, type HeldCall, type HeldCallId, type ServedHeldCall } from './held-call.ts'
import { addHeldCall, type CallFilter, decideCall, emptyOldCalls, endCall, findHeldCall, listCalls } from './store.ts'

export type HeldCalls = ReturnType<typeof createHeldCalls>

type Looker = Pick<Caller, 'actor' | 'name'>

export function createHeldCalls(deps: OversightDeps) {
  const { db, clock, newId, organisation, record, publish, seal } = deps

  const planOf = async (application: string): Promise<OversightPlan | undefined> =>
    oversightOf(await deps.documentsOf(application))

  async function find(id: HeldCallId): Promise<HeldCall> {
    const found = await findHeldCall(db, id, seal)
    if (!found) throw new Failure('unknown', 'oversight.call-unknown', `There is no held call ${id}.`)
    return found
  }

  async function demandOverseer(application: string, by: Looker): Promise<void> {
    const plan = await planOf(application)
    if (isOverseer(plan, { id: by.actor, name: by.name })) return
    throw new Failure(
      'forbidden',
      'oversight.not-an-overseer',
      `Calls of ${application} are for its overseers (${plan?.overseers.join(', ') || 'none is named'}), and ${by.name} is none of them. Ask one, or name more under \`overseers\` in oversight.yaml.`,
    )
  }

  const announce = ({ id, application }: Pick<HeldCall, 'id' | 'application'>) =>
    publish({ topic: 'held-answer', id, application })

  function serve(row: HeldCall, plan: OversightPlan | undefined, by: Looker): ServedHeldCall {
    const state = callStateAt(row, clock())
    return { ...row, state, yours: state === 'waiting' && isOverseer(plan, { id: by.actor, name: by.name }) }
  }

  /** The end of a call that was begun, whatever it came to. */
  const end = (row: HeldCall, by: Looker, ended: Pick<HeldCall, 'state' | 'result' | 'error'>): Promise<HeldCall> =>
    inTransaction(db, async (tx) => {
      const { application, tool, trace } = row
      const detail = { tool, trace, state: ended.state }
      await record(tx, { actor: by.actor, action: 'oversight.call-ended', subject: row.id, application, detail })
      return (await endCall(tx, row.id, ended, seal)) ?? row
    })

  return {
    find,

    /** Keeps a call before the model hears of it. Throws where nobody could decide on it. */
    async hold(call: {
      application: string
      stage: Stage
      release: ReleaseId
      trace: string
      tool: { readonly name: string; readonly digest: Digest }
      arguments: string
      user: string | null
      askedBy: ActorId
    }): Promise<{ id: HeldCallId; until: Instant }> {
      const { tool, ...rest } = call
      const plan = await planOf(call.application)
      if (!plan || plan.overseers.length === 0)
        throw new Failure(
          'unavailable',
          'oversight.nobody',
          `Nobody oversees ${call.application}, so nobody can decide.`,
        )
      const at = clock()
      const row: HeldCall = {
        ...rest,
        ...{ id: newId('clh'), organisation, tool: tool.name, toolDigest: tool.digest },
        ...{ at, until: later(at, plan.waitMinutes * MINUTE) },
        ...{ state: 'waiting', result: null, error: null, reason: '', decidedBy: null, decidedAt: null },
      }
      await inTransaction(db, async (tx) => {
        await addHeldCall(tx, row, seal)
        const { application, trace, until } = row
        const detail = { tool: row.tool, trace, until }
        await record(tx, { actor: row.askedBy, action: 'oversight.hold-call', subject: row.id, application, detail })
      })
      announce(row)
      return { id: row.id, until: row.until }
    },

    async get(id: HeldCallId, by: Looker): Promise<ServedHeldCall> {
      const row = await find(id)
      return serve(row, await planOf(row.application), by)
    },

    async list(
      filter: Omit<CallFilter, 'organisation'>,
      { cursor, limit }: { cursor?: string | undefined; limit: number },
      by: Looker,
    ) {
      const rows = await listCalls(db, { ...filter, organisation }, { cursor, limit: limit + 1, seal })
      const { items, next } = page(rows, limit, ({ id }) => id)
      const plans = new Map<string, OversightPlan | undefined>()
      for (const { application } of items)
        if (!plans.has(application)) plans.set(application, await planOf(application))
      return { items: items.map((row) => serve(row, plans.get(row.application), by)), next }
    },

    /** Those that can still be decided, newest first. */
    async waiting(limit: number): Promise<HeldCall[]> {
      const rows = await listCalls(db, { organisation, state: 'waiting' }, { limit, seal })
      return rows.filter((row) => callStateAt(row, clock()) === 'waiting')
    },

    /** Makes the call, or refuses it. It takes a minute at most, and goes on when whoever decided is gone. */
    async decide(given: {
      id: HeldCallId
      decision: CallDecision
      reason: string
      by: Looker
    }): Promise<ServedHeldCall> {
      const { id, decision, reason, by } = given
      const row = await find(id)
      await demandOverseer(row.application, by)
      const stopped = decision === 'make' ? deps.whyStopped(row.application) : undefined
      if (stopped !== undefined)
        throw new Failure(
          'conflict',
          'oversight.stopped',
          `${row.application} is stopped, and changes nothing until it answers again. ${stopped}`,
        )
      const now = clock()
      const decided = await inTransaction(db, async (tx) => {
        const state = decision === 'make' ? ('making' as const) : ('refused' as const)
        const changed = await decideCall(tx, id, { state, reason, decidedBy: by.actor, decidedAt: now }, { now, seal })
        if (!changed) throw notWaiting((await findHeldCall(tx, id, seal)) ?? row, now)
        const { application, tool, trace } = changed
        const detail = { decision, tool, trace, reason }
        await record(tx, { actor: by.actor, action: 'oversight.decide-call', subject: id, application, detail })
        return changed
      })
      announce(decided)
      if (decision === 'refuse') return serve(decided, undefined, by)
      const ended = await deps.makeCall({ release: row.release, tool: row.tool, arguments: row.arguments }).then(
        (result) => end(decided, by, { state: 'made', result, error: null }),
        // What is wrong with the tool is for the overseer; whether a call that timed out was done, its message says.
        (thrown) => end(decided, by, { state: 'failed', result: null, error: messageOf(thrown) }),
      )
      announce(ended)
      return serve(ended, undefined, by)
    },

    removeOld: async ({ application, before }: { application: string | null; before: Instant }): Promise<number> =>
      application === null ? 0 : emptyOldCalls(db, { application, before, now: clock() }),
  }
}

const messageOf = (thrown: unknown): string =>
  thrown instanceof Failure ? thrown.message : 'The call broke off, and whether it was done is not known.'

function notWaiting(row: HeldCall, now: Instant): Failure {
  const state = callStateAt(row, now)
  return state === 'lapsed'
    ? new Failure(
        'conflict',
        'oversight.call-lapsed',
        `Nobody looked at it until ${row.until}, so that it is never made; whoever asked can ask again.`,
      )
    : new Failure('conflict', 'oversight.call-decided', `It is ${state} already, with the reason: ${row.reason}`)
}
