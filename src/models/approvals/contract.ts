/** Routes of approvals of models, and of the rules that they are held to. */
import { z } from 'zod'
import { Page, pageOf, route } from '../../wire/route.ts'
import { ModelName } from '../cards/index.ts'
import { LicenceObligations } from '../obligations/index.ts'
import { LineageStanding } from '../training-runs/index.ts'
import { ApprovalScope, ModelApproval, ModelApprovalId } from './approval.ts'
import { DataClass, PolicyRule, RuleFinding, UseContext } from './rule.ts'

const Reason = z.string().trim().min(10, 'say in at least 10 characters why').max(2000)

const { stages, dataClasses, uses, residency } = ApprovalScope.shape
export const ApprovalRequest = z.strictObject({
  model: ModelName,
  stages,
  dataClasses,
  uses,
  residency: residency.default([]),
  aliasAccepted: z.boolean().default(false),
  reason: Reason,
  /** How long it holds. */
  days: z.number().int().min(1).max(730).default(180),
})
export type ApprovalRequest = z.infer<typeof ApprovalRequest>

/** An approval with what the model's licence asks for, as its card says it today; no legal advice. */
export const ShownApproval = ModelApproval.extend({
  obligations: LicenceObligations,
  /** What is missing in its lineage; null for a model that was not trained here. */
  lineage: LineageStanding.nullable(),
})
export type ShownApproval = z.infer<typeof ShownApproval>

/** A rule as it is in force, with where it comes from. */
export const RuleInForce = PolicyRule.extend({
  /** program: as it came · own: made here, in place of one of the program where there is one. */
  origin: z.enum(['program', 'own']),
})
export type RuleInForce = z.infer<typeof RuleInForce>

export const listModelApprovals = route({
  name: 'listModelApprovals',
  method: 'GET',
  path: '/api/v1/model-approvals',
  summary: 'List approvals of models, newest first: asked for, decided and withdrawn',
  permission: 'view',
  mcp: true,
  query: Page.extend({
    cursor: ModelApprovalId.optional(),
    model: z.string().max(300).optional(),
    state: ModelApproval.shape.state.optional(),
  }),
  returns: { 200: pageOf(ShownApproval) },
})

export const getModelApproval = route({
  name: 'getModelApproval',
  method: 'GET',
  path: '/api/v1/model-approvals/:id',
  summary: 'One approval of a model, with what the rules said',
  permission: 'view',
  params: z.object({ id: ModelApprovalId }),
  returns: { 200: ShownApproval },
})

export const requestModelApproval = route({
  name: 'requestModelApproval',
  method: 'POST',
  path: '/api/v1/model-approvals',
  summary: 'Ask for a model to be approved for stages, classes of personal data and uses',
  permission: 'build',
  mcp: true,
  example: {
    model: 'openai/gpt-4o-2024-08-06',
    stages: ['poc', 'pilot'],
    dataClasses: ['none', 'contact'],
    uses: ['commercial'],
    reason: 'The support assistant answers better with it on our own cases.',
  },
  body: ApprovalRequest,
  returns: { 201: ShownApproval },
})

export const decideModelApproval = route({
  name: 'decideModelApproval',
  method: 'POST',
  path: '/api/v1/model-approvals/:id/decision',
  summary: 'Approve or refuse a model that somebody else asked for, with a reason',
  permission: 'waive',
  approval: 'word',
  params: z.object({ id: ModelApprovalId }),
  body: z.strictObject({ decision: z.enum(['approve', 'refuse']), reason: Reason }),
  returns: { 200: ShownApproval },
})

export const withdrawModelApproval = route({
  name: 'withdrawModelApproval',
  method: 'POST',
  path: '/api/v1/model-approvals/:id/withdrawal',
  summary: 'Withdraw an approval or a request, with a reason; what is live goes on until it is switched off',
  permission: 'waive',
  params: z.object({ id: ModelApprovalId }),
  body: z.strictObject({ reason: Reason }),
  returns: { 200: ShownApproval },
})

export const listModelRules = route({
  name: 'listModelRules',
  method: 'GET',
  path: '/api/v1/model-rules',
  summary: 'List the rules that models are held to, those of the program and your own',
  permission: 'view',
  returns: { 200: z.object({ items: z.array(RuleInForce) }) },
})

export const putModelRule = route({
  name: 'putModelRule',
  method: 'PUT',
  path: '/api/v1/model-rules/:id',
  summary: 'Make a rule of your own, or put one in the place of a rule of the program',
  permission: 'administer',
  example: {
    title: 'Only models that run in the EU',
    applies: { dataClasses: ['sensitive'] },
    demands: { kind: 'one-of', field: 'regions', values: ['eu', 'eu-*'] },
    severity: 'fail',
    reason: 'Sensitive data does not leave the EU.',
    remedy: 'Choose a model of a provider with a region in the EU.',
  },
  params: z.object({ id: PolicyRule.shape.id }),
  body: PolicyRule.omit({ id: true }),
  returns: { 200: RuleInForce },
})

export const deleteModelRule = route({
  name: 'deleteModelRule',
  method: 'DELETE',
  path: '/api/v1/model-rules/:id',
  summary: 'Remove a rule of your own; one of the program is in force again',
  permission: 'administer',
  params: z.object({ id: PolicyRule.shape.id }),
  returns: { 204: null },
})

export const checkModelRules = route({
  name: 'checkModelRules',
  method: 'POST',
  path: '/api/v1/model-rules/checks',
  summary: 'What the rules say of a model for a use, without asking for an approval',
  permission: 'view',
  body: z.strictObject({
    model: ModelName,
    stage: UseContext.shape.stage.default('production'),
    use: UseContext.shape.use.default('commercial'),
    dataClass: DataClass.default('unknown'),
    residency: residency.default([]),
    aliasAccepted: z.boolean().default(false),
  }),
  returns: { 200: z.object({ items: z.array(RuleFinding) }) },
})
