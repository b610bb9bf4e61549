/** Routes of held calls: what waits for an overseer, their decision, and what became of it. */
import { z } from 'zod'
import { Name } from '../../core/names.ts'
import { Instant } from '../../kernel/time.ts'
import { Page, pageOf, route } from '../../wire/route.ts'
import { CallDecision, HeldCall, HeldCallId, ServedHeldCall } from './held-call.ts'

export { ServedHeldCall } from './held-call.ts'

const one = z.object({ id: HeldCallId })

export const listHeldCalls = route({
  name: 'listHeldCalls',
  method: 'GET',
  path: '/api/v1/held-calls',
  summary:
    'List calls of tools that wait for an overseer before they are made, and those that were decided, newest first',
  permission: 'view',
  query: Page.extend({
    cursor: HeldCallId.optional(),
    application: Name.optional(),
    state: HeldCall.shape.state.optional(),
  }),
  returns: { 200: pageOf(ServedHeldCall) },
})

export const getHeldCall = route({
  name: 'getHeldCall',
  method: 'GET',
  path: '/api/v1/held-calls/:id',
  summary: 'Read a held call with its arguments, what was decided, and what the tool gave',
  permission: 'view',
  params: one,
  returns: { 200: ServedHeldCall },
})

export const getHeldCallOutcome = route({
  name: 'getHeldCallOutcome',
  method: 'GET',
  path: '/api/v1/held-calls/:id/outcome',
  summary: 'For whoever asked: whether the call was made, and what it gave',
  permission: 'infer',
  params: one,
  returns: {
    200: z.object({
      id: HeldCallId,
      state: ServedHeldCall.shape.state,
      result: z.string().nullable(),
      error: z.string().nullable(),
      until: Instant,
    }),
  },
})

export const decideHeldCall = route({
  name: 'decideHeldCall',
  method: 'POST',
  path: '/api/v1/held-calls/:id/decision',
  summary: 'As an overseer: let a call be made, once and now, or refuse it, with a reason',
  permission: 'attest',
  approval: 'word',
  params: one,
  body: z.strictObject({
    decision: CallDecision,
    reason: z.string().trim().min(10, 'say why in at least 10 characters; it stays on record').max(2000),
  }),
  returns: { 200: ServedHeldCall },
})
