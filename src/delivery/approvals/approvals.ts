/**
 * Approvals: several people sign one release for one stage, under the duties that they hold, and none of them is its
 * author.
 *
 * Invariant: what is signed is bound to the digest of the release and to the verdict of every other check. Both are
 * looked at again at each signature and by the gate itself, so that nobody signs for one thing and lets another pass.
 */
import type { ActorId } from '../../core/actor.ts'
import type { ReleaseId } from '../../core/release.ts'
import { Failure } from '../../kernel/failure.ts'
import { DAY, later } from '../../kernel/time.ts'
import { inTransaction, type Tx } from '../../store/database.ts'
import { page } from '../../wire/route.ts'
import type { Judged } from '../gates.ts'
import type { Approval, ApprovalId, DisconfirmingView, Signature } from './approval.ts'
import type { ServedApproval } from './contract.ts'
import { createDelegations } from './delegations.ts'
import type { ApprovalsDeps } from './deps.ts'
import { ASKED_DAYS, boundParts, draftOf } from './draft.ts'
import { evidenceOf } from './evidence-of.ts'
import { CHECKS_OF, isComplete } from './quorum.ts'
import { createServing, type Signer } from './served.ts'
import { sheetOf } from './sheet.ts'
import { demandUnchanged, demandViews, signatureOf } from './signing.ts'
import {
  addApproval,
  addSignature,
  addView,
  changeApproval,
  findApproval,
  listApprovals,
  listSignatures,
  listViews,
  lockApproval,
} from './store.ts'

export type Approvals = ReturnType<typeof createApprovals>

export function createApprovals(deps: ApprovalsDeps) {
  const { db, clock, newId, organisation, judge, nameOf, record, publish } = deps
  const delegations = createDelegations(deps)
  const serving = createServing(deps)

  const announce = ({ id, application, release }: Pick<Approval, 'id' | 'application' | 'release'>) => {
    publish({ topic: 'approval', id, application })
    publish({ topic: 'release', id: release, application })
    publish({ topic: 'gate', id: release, application })
  }

  async function find(id: ApprovalId): Promise<Approval> {
    const found = await findApproval(db, id)
    if (!found) throw new Failure('unknown', 'delivery.approval-unknown', `There is no approval ${id}.`)
    return found
  }

  /** Takes the lock; throws when it can no longer be signed. */
  async function lockOpen(tx: Tx, id: ApprovalId): Promise<Approval> {
    const found = await lockApproval(tx, id)
    if (!found) throw new Failure('unknown', 'delivery.approval-unknown', `There is no approval ${id}.`)
    if (found.state !== 'asked')
      throw new Failure(
        'conflict',
        'delivery.approval-decided',
        `This approval is ${found.state}; ask for another one.`,
      )
    if (found.until <= clock())
      throw new Failure(
        'conflict',
        'delivery.approval-expired',
        `This was asked for on ${found.askedAt} and could be signed until ${found.until}. Ask again.`,
      )
    return found
  }

  return {
    find,
    delegations,
    get: async (id: ApprovalId, asking?: Signer): Promise<ServedApproval> => serving.one(await find(id), asking),

    async list(
      {
        yours,
        asking,
        ...filter
      }: {
        application?: string | undefined
        release?: ReleaseId | undefined
        state?: Approval['state'] | undefined
        yours: boolean
        asking: Signer
      },
      { cursor, limit }: { cursor?: string | undefined; limit: number },
    ) {
      const state = yours ? 'asked' : filter.state
      const rows = await listApprovals(db, { ...filter, state, organisation }, { cursor, limit: limit + 1 })
      const { items, next } = page(rows, limit, ({ id }) => id)
      const served = await serving.many(items, asking)
      return { items: yours ? served.filter((one) => one.yours) : served, next }
    },

    /** Those that can still be signed. */
    async waiting(): Promise<ServedApproval[]> {
      const asked = await listApprovals(db, { organisation, state: 'asked' }, { limit: 1000 })
      return serving.many(asked.filter(({ until }) => until > clock()))
    },

    /** Newest first. */
    async ofRelease(release: ReleaseId): Promise<ServedApproval[]> {
      return serving.many(await listApprovals(db, { organisation, release }, { limit: 1000 }))
    },

    async sheet(id: ApprovalId, asking: Signer) {
      const approval = await find(id)
      return sheetOf({
        approval: await serving.one(approval, asking),
        judged: await judge(db, approval.release, approval.into),
        spending: deps.spendingOf(approval.application),
        now: clock(),
      })
    },

    async ask(given: {
      release: ReleaseId
      into: Approval['into']
      note: string
      example: boolean
      by: ActorId
    }): Promise<ServedApproval> {
      const { release, into, note, example, by } = given
      const made = await inTransaction(db, async (tx) => {
        const judged = await judge(tx, release, into)
        const approval = draftOf(judged, { id: newId('apr'), organisation, into, note, example, by, now: clock() })
        await endOutdated(tx, approval)
        await addApproval(tx, approval)
        const { application, verdicts, until, tier } = approval
        const detail = { release, into, tier, verdicts, until, solo: approval.solo }
        await record(tx, { actor: by, action: 'delivery.approval-ask', subject: approval.id, application, detail })
        return approval
      })
      announce(made)
      return serving.one(made)
    },

    async sign(given: {
      id: ApprovalId
      decision: Signature['decision']
      reason: string
      by: Signer
    }): Promise<ServedApproval> {
      const { id, decision, reason, by } = given
      const signed = await inTransaction(db, async (tx) => {
        const approval = await lockOpen(tx, id)
        const judged = await judge(tx, approval.release, approval.into)
        demandUnchanged(approval, judged)
        const [signatures, views] = [await listSignatures(tx, [id]), await listViews(tx, [id])]
        const signature = signatureOf({
          ...{ id: newId('sgn'), approval, judged, signatures, decision, reason, by },
          ...{ delegations: await delegations.of(tx, approval.application), nameOf, now: clock() },
        })
        if (decision === 'approve') demandViews(approval, views)
        await addSignature(tx, signature)
        const { application, release, into } = approval
        const detail = { decision, release, into, duties: signature.duties, independent: signature.independent }
        await record(tx, { actor: by.actor, action: 'delivery.approval-sign', subject: id, application, detail })
        return conclude(tx, { approval, judged, signatures: [...signatures, signature], views })
      })
      announce(signed)
      if (signed.evidence) publish({ topic: 'evidence', id: signed.evidence, application: signed.application })
      return serving.one(signed, by)
    },

    async doubt(given: {
      id: ApprovalId
      pillar: DisconfirmingView['pillar']
      view: string
      by: Signer
    }): Promise<ServedApproval> {
      const { id, pillar, view, by } = given
      const approval = await inTransaction(db, async (tx) => {
        const open = await lockOpen(tx, id)
        const { actor, name } = by
        await addView(tx, { id: newId('dis'), organisation, approval: id, pillar, view, by: actor, name, at: clock() })
        const { application } = open
        await record(tx, { actor, action: 'delivery.approval-doubt', subject: id, application, detail: { pillar } })
        return open
      })
      announce(approval)
      return serving.one(approval, by)
    },

    async withdraw({ id, reason, by }: { id: ApprovalId; reason: string; by: ActorId }): Promise<ServedApproval> {
      const withdrawn = await inTransaction(db, async (tx) => {
        const open = await lockOpen(tx, id)
        await changeApproval(tx, id, { state: 'withdrawn', endedAt: clock() })
        const { application } = open
        await record(tx, {
          actor: by,
          action: 'delivery.approval-withdraw',
          subject: id,
          application,
          detail: { reason },
        })
        return { ...open, state: 'withdrawn' as const, endedAt: clock() }
      })
      announce(withdrawn)
      return serving.one(withdrawn)
    },
  }

  /** One that nobody can sign any more makes way for the new one. */
  async function endOutdated(tx: Tx, { release, into, verdicts }: Approval): Promise<void> {
    const rows = await listApprovals(tx, { organisation, release, state: 'asked' }, { limit: 10 })
    const open = rows.find((one) => one.into === into)
    if (!open) return
    if (open.until > clock() && open.verdicts === verdicts)
      throw new Failure(
        'conflict',
        'delivery.approval-asked',
        `This was asked for already, as ${open.id}, and can be signed until ${open.until}.`,
      )
    await changeApproval(tx, open.id, { state: 'withdrawn', endedAt: clock() })
  }

  /** Given when everybody has signed, refused with the first refusal; either becomes evidence. */
  async function conclude(
    tx: Tx,
    given: {
      approval: Approval
      judged: Judged
      signatures: readonly Signature[]
      views: readonly DisconfirmingView[]
    },
  ): Promise<Approval> {
    const { approval, judged, signatures } = given
    const isRefused = signatures.some(({ decision }) => decision === 'refuse')
    if (!isRefused && !isComplete(approval, signatures)) return approval
    const [last] = signatures.slice(-1)
    const asked = CHECKS_OF[approval.into].filter((check) =>
      judged.decision.findings.some((one) => one.check === check),
    )
    let evidence = null
    for (const draft of evidenceOf({
      ...given,
      checks: asked,
      inputs: boundParts(judged),
      by: last?.by ?? approval.askedBy,
    }))
      evidence = (await deps.recordEvidence(tx, draft)).id
    const now = clock()
    const days = Math.min(...asked.flatMap((check) => maxAgeDaysOf(check) ?? []), ASKED_DAYS)
    const change = {
      state: isRefused ? ('refused' as const) : ('given' as const),
      endedAt: now,
      until: isRefused ? now : later(now, days * DAY),
      evidence,
    }
    await changeApproval(tx, approval.id, change)
    return { ...approval, ...change }
  }

  function maxAgeDaysOf(check: string): number | null {
    return deps.catalogue.checks.find(({ id }) => id === check)?.maxAgeDays ?? null
  }
}
