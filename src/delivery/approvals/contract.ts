/** Routes of approvals: asked for, signed, doubted; and of duties that are lent. */
import { z } from 'zod'
import { ActorId, Duty } from '../../core/actor.ts'
import { Pillar } from '../../core/check.ts'
import { Trust } from '../../core/evidence.ts'
import { Name } from '../../core/names.ts'
import { ReleaseId } from '../../core/release.ts'
import { Finding, Waiver } from '../../core/verdict.ts'
import { MicroUsd } from '../../kernel/money.ts'
import { Page, pageOf, route } from '../../wire/route.ts'
import { GatedStage } from '../gated-stage.ts'
import { Approval, ApprovalId, Delegation, DelegationId, DisconfirmingView, Signature } from './approval.ts'
import { Approver } from './approver.ts'

const Reason = z.string().trim().min(10, 'say in at least 10 characters why').max(2000)
const Flag = z.enum(['true', 'false']).default('false')
const oneApproval = z.object({ id: ApprovalId })

/** An approval with everything that was signed and said, and what it still takes. */
export const ServedApproval = Approval.extend({
  signatures: z.array(Signature),
  views: z.array(DisconfirmingView),
  /** Each line needs a signature under one of its duties. */
  missing: z.array(z.array(Duty)),
  lacksOutsider: z.boolean(),
  /** Who holds each duty of the quorum, as the application says; null for nobody. */
  holders: z.array(z.object({ duty: Duty, holder: z.string().nullable() })),
  /** True when whoever asks may sign now. */
  yours: z.boolean(),
})
export type ServedApproval = z.infer<typeof ServedApproval>

const Line = Finding.pick({ check: true, title: true, pillar: true, verdict: true, why: true })

/** One page to decide on. */
export const DecisionSheet = z.object({
  approval: ServedApproval,
  releaseNumber: z.number().int(),
  /** What a signature binds, in sentences. */
  binds: z.array(z.string()),
  /** False when a verdict changed since it was asked for: then nobody can sign, and it has to be asked anew. */
  current: z.boolean(),
  openWaivers: z.array(Waiver),
  responsible: z.array(Line),
  economics: z.object({
    findings: z.array(Line),
    month: z.string(),
    spentMicroUsd: MicroUsd,
    capMicroUsd: MicroUsd.nullable(),
    /** What measuring this release has cost. */
    evidenceMicroUsd: MicroUsd,
  }),
  /** For each pillar what speaks against going on; none where nobody was asked or said anything. */
  dissent: z.array(z.object({ pillar: Pillar, views: z.array(DisconfirmingView), noneSought: z.boolean() })),
  /** How many answers of the gate are measured, imported and attested. */
  trust: z.partialRecord(Trust, z.number().int()),
})
export type DecisionSheet = z.infer<typeof DecisionSheet>

export const askApproval = route({
  name: 'askApproval',
  method: 'POST',
  path: '/api/v1/approvals',
  summary: 'Ask the holders of duties to approve a release for a stage, once every other check of the gate is open',
  permission: 'promote',
  mcp: true,
  body: z.strictObject({
    release: ReleaseId,
    into: GatedStage,
    note: z.string().trim().max(2000).default(''),
    example: z.boolean().default(false),
  }),
  returns: { 201: ServedApproval },
})

export const listApprovals = route({
  name: 'listApprovals',
  method: 'GET',
  path: '/api/v1/approvals',
  summary: 'List approvals, newest first; with yours only those that the caller may sign now',
  permission: 'view',
  mcp: true,
  query: Page.extend({
    cursor: ApprovalId.optional(),
    application: Name.optional(),
    release: ReleaseId.optional(),
    state: Approval.shape.state.optional(),
    yours: Flag.describe('true: only those that the caller may sign now.'),
  }),
  returns: { 200: pageOf(ServedApproval) },
})

export const listApprovers = route({
  name: 'listApprovers',
  method: 'GET',
  path: '/api/v1/approvers',
  summary: 'How long approvals waited for each person, and what waits for whom now; of the newest thousand approvals',
  permission: 'view',
  mcp: true,
  query: z.object({ application: Name.optional() }),
  returns: { 200: z.object({ items: z.array(Approver) }) },
})

export const getApproval = route({
  name: 'getApproval',
  method: 'GET',
  path: '/api/v1/approvals/:id',
  summary: 'Read one approval with its signatures and what it still takes',
  permission: 'view',
  mcp: true,
  params: oneApproval,
  returns: { 200: ServedApproval },
})

export const getDecisionSheet = route({
  name: 'getDecisionSheet',
  method: 'GET',
  path: '/api/v1/approvals/:id/sheet',
  summary: 'Read the one page to decide on: what is bound, waivers, responsible use and economics, dissent',
  permission: 'view',
  mcp: true,
  params: oneApproval,
  returns: { 200: DecisionSheet },
})

export const printDecisionSheet = route({
  name: 'printDecisionSheet',
  method: 'GET',
  path: '/api/v1/approvals/:id/sheet.html',
  summary: 'The one page to decide on, as a page that prints',
  permission: 'view',
  params: oneApproval,
  raw: 'bytes',
  gives: ['text/html'],
  returns: { 200: null },
})

export const signApproval = route({
  name: 'signApproval',
  method: 'POST',
  path: '/api/v1/approvals/:id/signatures',
  summary: 'Approve or refuse under the duties that you hold; never what you froze or asked for yourself',
  permission: 'attest',
  approval: 'word',
  example: { decision: 'approve', reason: 'The pilot met its goals, and the way back was rehearsed.' },
  params: oneApproval,
  body: z.strictObject({ decision: z.enum(['approve', 'refuse']), reason: Reason }),
  returns: { 200: ServedApproval },
})

export const addDisconfirmingView = route({
  name: 'addDisconfirmingView',
  method: 'POST',
  path: '/api/v1/approvals/:id/views',
  summary: 'Say what speaks against going on, for one pillar; it stays on the record',
  permission: 'attest',
  mcp: true,
  params: oneApproval,
  body: z.strictObject({ pillar: Pillar, view: Reason }),
  returns: { 201: ServedApproval },
})

export const withdrawApproval = route({
  name: 'withdrawApproval',
  method: 'POST',
  path: '/api/v1/approvals/:id/withdrawal',
  summary: 'Withdraw what was asked for and not signed yet',
  permission: 'promote',
  params: oneApproval,
  body: z.strictObject({ reason: Reason }),
  returns: { 200: ServedApproval },
})

export const delegateDuty = route({
  name: 'delegateDuty',
  method: 'POST',
  path: '/api/v1/delegations',
  summary: 'Lend a duty that you hold to another person, for at most 30 days',
  permission: 'attest',
  approval: 'word',
  body: z.strictObject({
    application: Name,
    duty: Duty,
    to: ActorId,
    reason: Reason,
    days: z.number().positive().max(30, 'a duty is lent for at most 30 days'),
  }),
  returns: { 201: Delegation },
})

export const listDelegations = route({
  name: 'listDelegations',
  method: 'GET',
  path: '/api/v1/delegations',
  summary: 'List duties that are or were lent, newest first',
  permission: 'view',
  query: z.object({ application: Name.optional() }),
  returns: { 200: z.object({ items: z.array(Delegation) }) },
})

export const endDelegation = route({
  name: 'endDelegation',
  method: 'POST',
  path: '/api/v1/delegations/:id/end',
  summary: 'Take a duty back that you lent, or give back one that was lent to you',
  permission: 'attest',
  params: z.object({ id: DelegationId }),
  returns: { 200: Delegation },
})
