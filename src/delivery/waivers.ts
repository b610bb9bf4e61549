/** Waivers: one person asks, another one decides, and each ends by itself. A waiver is never a pass. */
import type { ActorId } from '../core/actor.ts'
import type { ReleaseId } from '../core/release.ts'
import type { Stage } from '../core/stage.ts'
import { opens, type Waiver, type WaiverId } from '../core/verdict.ts'
import { Failure } from '../kernel/failure.ts'
import { DAY, later } from '../kernel/time.ts'
import { inTransaction } from '../store/database.ts'
import { page } from '../wire/route.ts'
import type { DeliveryDeps } from './deps.ts'
import type { Gates } from './gates.ts'
import { addWaiver, type Cut, findWaiver, listWaivers, moveWaiver } from './store.ts'

export function createWaivers(deps: DeliveryDeps, { gates }: { gates: Gates }) {
  const { db, clock, newId, organisation } = deps

  const announce = (waiver: Waiver) => {
    deps.publish({ topic: 'waiver', id: waiver.id, application: waiver.application })
    deps.publish({ topic: 'release', id: waiver.release, application: waiver.application })
  }

  async function find(id: WaiverId): Promise<Waiver> {
    const found = await findWaiver(db, id)
    if (!found) throw new Failure('unknown', 'delivery.waiver-unknown', `There is no waiver ${id}.`)
    return found
  }

  return {
    find,

    async request(ask: {
      release: ReleaseId
      into: Stage
      check: string
      reason: string
      residualRisk: string
      compensatingControl: string
      days: number
      example: boolean
      by: ActorId
    }): Promise<Waiver> {
      const { release, into, check, reason, residualRisk, compensatingControl, days, example, by } = ask
      const { decision, standing } = await gates.judge(db, release, into)
      const finding = decision.findings.find((one) => one.check === check)
      if (!finding)
        throw new Failure(
          'invalid',
          'delivery.check-not-asked',
          `The gate into ${into} does not ask for ${check}. It asks for ${decision.findings.map((one) => one.check).join(', ')}.`,
        )
      // A waiver that runs may be followed by another, which a second person decides like the first.
      if (opens(finding.verdict) && finding.verdict !== 'WAIVED')
        throw new Failure(
          'conflict',
          'delivery.waiver-needless',
          `${check} is ${finding.verdict}; there is nothing to waive.`,
        )
      const now = clock()
      const application = standing.application.name
      const waiver: Waiver = {
        id: newId('wai'),
        organisation,
        application,
        release,
        into,
        check,
        reason,
        residualRisk,
        compensatingControl,
        state: 'requested',
        requestedBy: by,
        requestedAt: now,
        decidedBy: null,
        decidedAt: null,
        endedBy: null,
        endedAt: null,
        endReason: null,
        until: later(now, days * DAY),
        example,
      }
      await inTransaction(db, async (tx) => {
        await addWaiver(tx, waiver)
        const detail = { release, into, check, reason, residualRisk, compensatingControl, until: waiver.until }
        await deps.record(tx, { actor: by, action: 'delivery.waiver-request', subject: waiver.id, application, detail })
      })
      announce(waiver)
      return waiver
    },

    async decide({
      id,
      decision,
      note,
      by,
    }: {
      id: WaiverId
      decision: 'grant' | 'refuse'
      note?: string | undefined
      by: ActorId
    }): Promise<Waiver> {
      const asked = await find(id)
      if (asked.requestedBy === by)
        throw new Failure(
          'forbidden',
          'delivery.waiver-own-request',
          'Who asks for a waiver does not decide it. Ask another person who may waive.',
        )
      const state = decision === 'grant' ? 'granted' : 'refused'
      const decided = await inTransaction(db, async (tx) => {
        const row = await moveWaiver(tx, id, ['requested'], { state, decidedBy: by, decidedAt: clock() })
        if (!row)
          throw new Failure(
            'conflict',
            'delivery.waiver-decided',
            `This waiver was decided already; ask for another one.`,
          )
        const detail = { state, check: row.check, release: row.release, until: row.until, ...(note && { note }) }
        const entry = { subject: id, application: row.application, detail }
        await deps.record(tx, { actor: by, action: 'delivery.waiver-decide', ...entry })
        return row
      })
      announce(decided)
      return decided
    },

    /** @param mayWaive whoever may grant one may take back anybody's; else only who asked for it */
    async end({
      id,
      reason,
      by,
      mayWaive,
    }: {
      id: WaiverId
      reason: string
      by: ActorId
      mayWaive: boolean
    }): Promise<Waiver> {
      const found = await find(id)
      if (found.requestedBy !== by && !mayWaive)
        throw new Failure(
          'forbidden',
          'delivery.waiver-of-another',
          'Who asked for a waiver takes it back, or who may grant one. Raise a challenge on its evidence, or ask one of them.',
        )
      const now = clock()
      const ended = await inTransaction(db, async (tx) => {
        const end = { state: 'ended' as const, endedBy: by, endedAt: now, endReason: reason }
        const row = found.until > now ? await moveWaiver(tx, id, ['requested', 'granted'], end) : undefined
        if (!row)
          throw new Failure('conflict', 'delivery.waiver-over', 'This waiver is over already; nothing rests on it.')
        const detail = { check: row.check, release: row.release, reason }
        const entry = { subject: id, application: row.application, detail }
        await deps.record(tx, { actor: by, action: 'delivery.waiver-end', ...entry })
        return row
      })
      announce(ended)
      return ended
    },

    async list(
      filter: {
        application?: string | undefined
        release?: ReleaseId | undefined
        state?: Waiver['state'] | undefined
      },
      { cursor, limit }: Cut,
    ) {
      const rows = await listWaivers(db, { ...filter, organisation }, { cursor, limit: limit + 1 })
      return page(rows, limit, ({ id }) => id)
    },
  }
}
