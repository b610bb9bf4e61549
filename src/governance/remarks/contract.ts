/** Routes of remarks on the governance itself. */
import { z } from 'zod'
import { route } from '../../wire/route.ts'
import { Remark, RemarkId, RemarkOutcome } from './remark.ts'

export const addRemark = route({
  name: 'addRemark',
  method: 'POST',
  path: '/api/v1/remarks',
  summary: 'Say what is good or bad in the governance itself: a check, a policy, a form',
  permission: 'view',
  mcp: true,
  body: z.strictObject({
    about: z.string().trim().min(1).max(200),
    says: z.string().trim().min(3).max(5000),
  }),
  example: { about: 'eval.smoke', says: 'Twenty cases are too many for an idea that one person tries.' },
  returns: { 201: Remark },
})

export const listRemarks = route({
  name: 'listRemarks',
  method: 'GET',
  path: '/api/v1/remarks',
  summary: 'List remarks on the governance, those that nobody decided first, each with what became of it',
  permission: 'view',
  mcp: true,
  returns: { 200: z.object({ items: z.array(Remark) }) },
})

export const decideRemark = route({
  name: 'decideRemark',
  method: 'POST',
  path: '/api/v1/remarks/:id/decision',
  summary: 'Decide on a remark: what was changed, or why nothing is; whoever wrote it sees the answer',
  permission: 'administer',
  params: z.object({ id: RemarkId }),
  body: z.strictObject({
    outcome: RemarkOutcome,
    reason: z.string().trim().min(3).max(5000),
    change: z.string().trim().max(500).default(''),
  }),
  example: { outcome: 'changed', reason: 'Five cases are asked in the sandbox.', change: 'policy use-of-ai version 3' },
  returns: { 200: Remark },
})

// The SDK names its types after what a contract exports.
export { Remark }
