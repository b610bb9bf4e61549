/**
 * Approvals: several people sign one release for one stage, under the duties that they hold, and none of them is its
 * author.
 *
 * Invariant: what is signed is bound to the digest of the release and to the verdict of every other check. Both are
 * looked at again at each signature and by the gate itself, so that nobody signs for one thing and lets another pass.
 */
import type { ActorId } from '../../core/actor.ts'
import { gatePart, otherFindings } from '../../core/approval-binding.ts'
import { dutiesOf, isSolo } from '../../core/duties.ts'
import { type Part, partsOf } from '../../core/manifest.ts'
import type { ReleaseId } from '../../core/release.ts'
import { opens } from '../../core/verdict.ts'
import { Failure } from '../../kernel/failure.ts'
import { DAY, later } from '../../kernel/time.ts'
import { inTransaction, type Tx } from '../../store/database.ts'
import { page } from '../../wire/route.ts'
import type { Judged } from '../gates.ts'
import type { Approval, ApprovalId, DisconfirmingView, Signature } from './approval.ts'
import type { ServedApproval } from './contract.ts'
import { createDelegations } from './delegations.ts'
import type { ApprovalsDeps } from './deps.ts'
import { draftsOf } from './evidence-of.ts'
import { CHECKS_OF, forbiddenBeside, holdingsOf, isComplete, quorumOf, tierOf } from './quorum.ts'
import { createServing, type Signer } from './served.ts'
import { sheetOf } from './sheet.ts'
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

/** How long a request waits for signatures. */
const ASKED_DAYS = 14
/** Alone, one sleeps over it: nobody else will notice. */
const COOLING_MS = DAY

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
        const approval = drafted(judged, { into, note, example, by })
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
        const signature = await signatureOf(tx, { approval, judged, signatures, decision, reason, by })
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

  function drafted(
    judged: Judged,
    { into, note, example, by }: Pick<Approval, 'into' | 'note' | 'example'> & { by: ActorId },
  ): Approval {
    const { release, standing, decision } = judged
    demandOthersOpen(judged, into)
    const { documents, name } = standing.application
    const now = clock()
    const solo = isSolo(dutiesOf(documents))
    const tier = tierOf(documents)
    return {
      id: newId('apr'),
      organisation,
      application: name,
      release: release.id,
      releaseDigest: release.digest,
      into,
      verdicts: gatePart(decision).digest,
      snapshotDigest: decision.snapshotDigest,
      tier,
      ...quorumOf(into, tier),
      solo,
      state: 'asked',
      note,
      authors: [...new Set([release.frozenBy, by])],
      askedBy: by,
      askedAt: now,
      coolsUntil: solo ? later(now, COOLING_MS) : null,
      until: later(now, ASKED_DAYS * DAY),
      endedAt: null,
      evidence: null,
      remindedAt: null,
      example,
    }
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

  async function signatureOf(
    tx: Tx,
    given: {
      approval: Approval
      judged: Judged
      signatures: readonly Signature[]
      decision: Signature['decision']
      reason: string
      by: Signer
    },
  ): Promise<Signature> {
    const { approval, judged, signatures, decision, reason, by } = given
    const { documents, name: application } = judged.standing.application
    const person = { id: by.actor, name: by.name }
    const holdings = holdingsOf(person, {
      duties: dutiesOf(documents),
      delegations: await delegations.of(tx, application),
      nameOf,
      now: clock(),
    })
    const isAuthor = approval.authors.includes(by.actor)
    if (isAuthor && !approval.solo)
      throw new Failure(
        'forbidden',
        'delivery.approval-own-release',
        `You ${approval.askedBy === by.actor ? 'asked for this approval' : 'froze this release'}, so another person signs for it.`,
      )
    if (isAuthor && approval.coolsUntil !== null && approval.coolsUntil > clock())
      throw new Failure(
        'conflict',
        'delivery.approval-cooling',
        `One person holds every duty of ${application}, so nobody signs before ${approval.coolsUntil}: look at it again then.`,
      )
    // Where one person holds everything, whoever looks from outside can hold nothing.
    if (holdings.length === 0 && !approval.solo)
      throw new Failure(
        'forbidden',
        'delivery.approval-no-duty',
        `${by.name} holds no duty of ${application}. It takes ${approval.quorum.map((line) => line.join(' or ')).join(', ')}; an owner gives duties in airworthy.yaml, and a holder lends one with \`airworthy duty lend\`.`,
      )
    const forbidden = approval.solo
      ? undefined
      : holdings.find(({ duty }) => forbiddenBeside(duty, holdings) !== undefined)
    if (forbidden)
      throw new Failure(
        'forbidden',
        'delivery.duties-overlap',
        `${by.name} holds ${forbidden.duty} and ${forbiddenBeside(forbidden.duty, holdings)}, which check each other. An owner names another person for one of them.`,
      )
    if (signatures.some((one) => one.by === by.actor))
      throw new Failure('conflict', 'delivery.approval-signed', 'You have signed this already; a signature stays.')
    const builders = textsOf(documents.builders?.value)
    const isBuilder = builders.some((one) => one.trim().toLowerCase() === by.name.trim().toLowerCase())
    return {
      id: newId('sgn'),
      organisation,
      approval: approval.id,
      by: by.actor,
      name: by.name,
      duties: holdings.map(({ duty }) => duty),
      onBehalfOf: holdings.find((one) => one.onBehalfOf !== null)?.onBehalfOf ?? null,
      decision,
      reason,
      independent: !isAuthor,
      outside: !isAuthor && !isBuilder,
      at: clock(),
    }
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
    for (const draft of draftsOf({
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

/** The release as a whole, and what every other check of the gate says. */
function boundParts({ release, decision }: Judged): Part[] {
  return [...partsOf(release.manifest).filter(({ kind }) => kind === 'release'), gatePart(decision)]
}

function demandOthersOpen({ decision, release }: Judged, into: Approval['into']): void {
  const asked = CHECKS_OF[into].filter((check) => decision.findings.some((one) => one.check === check))
  if (asked.length === 0)
    throw new Failure(
      'invalid',
      'delivery.approval-not-asked',
      `The gate into ${into} asks for no approval. Promote r${release.number} with \`airworthy promote ${into}\`.`,
    )
  const held = otherFindings(decision).filter(({ verdict }) => !opens(verdict))
  if (held.length === 0) return
  throw new Failure(
    'conflict',
    'delivery.approval-too-early',
    `People sign when everything else is open. ${held.length} of ${decision.findings.length} checks hold r${release.number}: ${held.map(({ check, verdict }) => `${check} ${verdict}`).join(', ')}. See \`airworthy gate ${into}\`.`,
    { facts: { checks: held.map(({ check }) => check) } },
  )
}

function demandUnchanged(approval: Approval, { release, decision }: Judged): void {
  if (release.digest === approval.releaseDigest && gatePart(decision).digest === approval.verdicts) return
  throw new Failure(
    'conflict',
    'delivery.approval-outdated',
    `The gate says something else than when this was asked for on ${approval.askedAt}, so a signature would bind what nobody looked at. Ask again when it is open.`,
  )
}

function demandViews({ into }: Approval, views: readonly DisconfirmingView[]): void {
  if (into !== 'production' || views.length > 0) return
  throw new Failure(
    'conflict',
    'delivery.approval-no-dissent',
    'Before production somebody says what speaks against it, for at least one pillar. Write the strongest reason that you know, or ask somebody who disagrees: `airworthy approval doubt`.',
  )
}

const textsOf = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string') : []
