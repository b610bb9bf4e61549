/**
 * Promotions: into the next stage and no further, when the gate there is open.
 *
 * Invariant: the gate is judged, the promotion written and the traffic touched in one transaction under one lock, so
 * that the decision that is kept is the one that held.
 */
import type { ActorId } from '../core/actor.ts'
import type { Release, ReleaseId } from '../core/release.ts'
import type { RolloutPlan } from '../core/rollout.ts'
import { type Stage, stageBefore } from '../core/stage.ts'
import { stubsIn } from '../core/tool.ts'
import { type GateDecision, holdsBack } from '../core/verdict.ts'
import { Failure } from '../kernel/failure.ts'
import { inTransaction, type Tx } from '../store/database.ts'
import { page } from '../wire/route.ts'
import type { DeliveryDeps } from './deps.ts'
import { demandAboveFloor, type StaleOf } from './floor.ts'
import type { Gates, Judged } from './gates.ts'
import type { Live } from './live.ts'
import { planFor } from './plan-for.ts'
import type { Promotion } from './promotion.ts'
import { beginRollout, type RolloutDeps, type Rollouts } from './rollouts/index.ts'
import type { ServedRollout } from './served.ts'
import { demandApplicationRow, demandRelease, isPromotedInto } from './standing.ts'
import {
  addPromotion,
  type Cut,
  listPromotionMarks,
  listPromotions,
  lockApplication,
  raiseLiveVersion,
  saveLiveStage,
} from './store.ts'

export type Promoted =
  | { kind: 'promoted'; promotion: Promotion; live: boolean; rollout: ServedRollout | null }
  | ({ kind: 'held' } & GateDecision)

type Ask = { id: ReleaseId; into: Stage; rollout?: RolloutPlan | 'none' | undefined; by: ActorId }

export function createPromotions(
  deps: DeliveryDeps,
  parts: {
    gates: Gates
    rollouts: Rollouts
    rolloutDeps: RolloutDeps
    live: Live
    staleOf: StaleOf
  },
) {
  const { db, clock, newId, organisation } = deps
  const { gates, rollouts, rolloutDeps, live, staleOf } = parts

  /** Live at once in an empty stage, else by a rollout. */
  async function takeTraffic(tx: Tx, { release, standing }: Judged, { into, rollout, by }: Ask) {
    if (!standing.live.some(({ stage }) => stage === into)) {
      const { application } = release
      await saveLiveStage(tx, { organisation, application, stage: into, release: release.id, since: clock() })
      await raiseLiveVersion(tx, organisation)
      return { isLive: true, begun: null }
    }
    if (rollout === 'none') return { isLive: false, begun: null }
    const plan = planFor(standing.application, into, rollout)
    return { isLive: false, begun: await beginRollout(tx, rolloutDeps, { candidate: release, stage: into, plan, by }) }
  }

  return {
    async promote(ask: Ask): Promise<Promoted> {
      const { id, into, by } = ask
      const { application, manifest, number } = await demandRelease(db, id)
      demandConnected({ manifest, number }, into)
      const done = await inTransaction(db, async (tx) => {
        await lockApplication(tx, organisation, application)
        await demandNext(tx, ask, application)
        await demandApproved(tx, ask, application)
        const judged = await gates.judge(tx, id, into)
        const isHeld = judged.decision.decision === 'held'
        await gates.keepJudged(tx, judged, isHeld ? 'held' : 'promoted', by)
        if (isHeld) return { kind: 'held' as const, gate: judged.decision }

        const promotion: Promotion = {
          id: newId('pro'),
          organisation,
          application,
          release: id,
          from: stageBefore(into) ?? 'sandbox',
          into,
          gate: judged.decision,
          by,
          at: clock(),
        }
        await addPromotion(tx, promotion)
        const { isLive, begun } = await takeTraffic(tx, judged, ask)
        const { snapshotDigest } = judged.decision
        const detail = { into, promotion: promotion.id, snapshotDigest, live: isLive, rollout: begun?.id ?? null }
        await deps.record(tx, { actor: by, action: 'delivery.promote', subject: id, application, detail })
        return { kind: 'promoted' as const, promotion, isLive, begun }
      })
      if (done.kind === 'held') {
        const checks = done.gate.findings.filter(holdsBack).map(({ check }) => check)
        deps.onHeld?.({ type: 'gate.held', application, subject: id, actor: by, detail: { into, checks } })
        return { kind: 'held', ...done.gate }
      }
      await live.refresh()
      deps.publish({ topic: 'release', id, application })
      deps.publish({ topic: 'application', id: application, application })
      const { promotion, isLive, begun } = done
      return { kind: 'promoted', promotion, live: isLive, rollout: begun && (await rollouts.get(begun.id)) }
    },

    async list(filter: { application?: string | undefined; release?: ReleaseId | undefined }, { cursor, limit }: Cut) {
      const rows = await listPromotions(db, { ...filter, organisation }, { cursor, limit: limit + 1 })
      return page(rows, limit, ({ id }) => id)
    },

    /** Starts a rollout by hand: of a release that is promoted into the stage, one at a time. */
    async roll(given: {
      name: string
      to: ReleaseId
      stage: Stage
      plan?: RolloutPlan | undefined
      again?: string | undefined
      by: ActorId
    }): Promise<ServedRollout> {
      const { name, to, stage, plan, again, by } = given
      const row = await demandApplicationRow(db, deps, name)
      const candidate = await demandRelease(db, to)
      if (candidate.applicationId !== row.id)
        throw new Failure(
          'invalid',
          'delivery.other-application',
          `${to} is a release of ${candidate.application}, not of ${name}.`,
        )
      const begun = await inTransaction(db, async (tx) => {
        await lockApplication(tx, organisation, name)
        const promotions = await listPromotionMarks(tx, organisation, name)
        if (!isPromotedInto({ promotions }, to, stage))
          throw new Failure(
            'conflict',
            'delivery.not-promoted',
            `r${candidate.number} is not promoted into ${stage}, so it may take no traffic there. Run \`airworthy promote ${stage}\`.`,
          )
        const meant = planFor(row, stage, plan)
        await demandAboveFloor(tx, { organisation, candidate, stage, staleOf })
        return beginRollout(tx, rolloutDeps, { candidate, stage, plan: meant, by, again })
      })
      await rollouts.announce(begun, true)
      return rollouts.get(begun.id)
    },
  }

  async function demandApproved(tx: Tx, { id, into }: Ask, application: string): Promise<void> {
    const { manifest } = await demandRelease(tx, id)
    deps.demandApproved?.(manifest, await demandApplicationRow(tx, deps, application), into)
    await deps.mayEnter?.(tx, { application, into })
  }

  async function demandNext(tx: Tx, { id, into }: Ask, application: string): Promise<void> {
    const promotions = await listPromotionMarks(tx, organisation, application)
    const before = stageBefore(into) ?? 'sandbox'
    if (!isPromotedInto({ promotions }, id, before))
      throw new Failure(
        'conflict',
        'delivery.stage-skipped',
        `No stage may be skipped: a release goes into ${into} from ${before}, and this one is not there. Promote it into ${before} first.`,
      )
    if (isPromotedInto({ promotions }, id, into))
      throw new Failure(
        'conflict',
        'delivery.already-promoted',
        `This release is promoted into ${into} already. Start a rollout to give it traffic.`,
      )
  }
}

/** A proof of concept may have stubs; whom a stage beyond it serves is not answered by one. */
function demandConnected({ manifest, number }: Pick<Release, 'manifest' | 'number'>, into: Stage): void {
  const stubs = stubsIn(manifest)
  if (stubs.length === 0 || into === 'poc' || into === 'sandbox') return
  throw new Failure(
    'conflict',
    'delivery.stub-in-stage',
    `r${number} has stubs (${stubs.join(', ')}), which stand in for systems that are not connected, and goes no further than poc. Say in tools/ how each is called, freeze again, and measure that release.`,
  )
}
