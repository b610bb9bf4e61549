/** Routes of human oversight: the queue of answers, overruling, the stop, and the test of the stop. */
import { z } from 'zod'
import { Name } from '../core/names.ts'
import { OversightPlan } from '../core/oversight.ts'
import { Instant } from '../kernel/time.ts'
import { Page, pageOf, route } from '../wire/route.ts'
import { HeldAnswer, HeldAnswerId, OverseerDecision, ServedHeldAnswer, StopTest } from './held-answer.ts'

export { ServedHeldAnswer } from './held-answer.ts'

const Reason = z.string().trim().min(10, 'say why in at least 10 characters; it stays on record').max(2000)
const Text = z.string().trim().min(1).max(100_000)
const one = z.object({ id: HeldAnswerId })
const ofApplication = z.object({ name: Name })

export const OversightStanding = z.object({
  application: Name,
  /** Null while the application has no `oversight.yaml`. */
  plan: OversightPlan.nullable(),
  overseers: z.array(z.object({ named: z.string(), actor: z.string().nullable() })),
  /** True when whoever asks is one of them. */
  isOverseer: z.boolean(),
  waiting: z.number().int(),
  decided: z.number().int(),
  overruled: z.number().int(),
  lapsed: z.number().int(),
  stopTest: StopTest.nullable(),
  /** Why it is stopped at the moment; null while it answers. */
  stopped: z.string().nullable(),
})
export type OversightStanding = z.infer<typeof OversightStanding>

export const listOversight = route({
  name: 'listOversight',
  method: 'GET',
  path: '/api/v1/oversight',
  summary: 'Of every application that has an oversight.yaml: who oversees it, what waits, and how its stop stands',
  permission: 'view',
  returns: { 200: z.object({ items: z.array(OversightStanding) }) },
})

export const listHeldAnswers = route({
  name: 'listHeldAnswers',
  method: 'GET',
  path: '/api/v1/held-answers',
  summary: 'List answers that a person looks at, before they are given or after, newest first',
  permission: 'view',
  query: Page.extend({
    cursor: HeldAnswerId.optional(),
    application: Name.optional(),
    state: HeldAnswer.shape.state.optional(),
    mode: HeldAnswer.shape.mode.optional(),
  }),
  returns: { 200: pageOf(ServedHeldAnswer) },
})

export const getHeldAnswer = route({
  name: 'getHeldAnswer',
  method: 'GET',
  path: '/api/v1/held-answers/:id',
  summary: 'Read one with its question and what was decided',
  permission: 'view',
  params: one,
  returns: { 200: ServedHeldAnswer },
})

export const getHeldOutcome = route({
  name: 'getHeldOutcome',
  method: 'GET',
  path: '/api/v1/held-answers/:id/outcome',
  summary: 'For whoever asked: the answer that a person let out, and nothing of it before',
  permission: 'infer',
  params: one,
  returns: {
    200: z.object({
      id: HeldAnswerId,
      state: ServedHeldAnswer.shape.state,
      text: z.string().nullable(),
      until: Instant.nullable(),
    }),
  },
})

export const decideHeldAnswer = route({
  name: 'decideHeldAnswer',
  method: 'POST',
  path: '/api/v1/held-answers/:id/decision',
  summary: 'As an overseer: let it out, put your own words in its place, or refuse it, with a reason',
  permission: 'attest',
  params: one,
  body: z.strictObject({ decision: OverseerDecision, text: Text.optional(), reason: Reason }),
  returns: { 200: ServedHeldAnswer },
})

export const overruleAnswer = route({
  name: 'overruleAnswer',
  method: 'POST',
  path: '/api/v1/applications/:name/overruled-answers',
  summary: 'As an overseer: say that an answer that was given should have been another, with a reason',
  permission: 'attest',
  params: ofApplication,
  body: z.strictObject({ answer: z.string().min(1).max(200), text: Text.optional(), reason: Reason }),
  returns: { 201: ServedHeldAnswer },
})

export const stopApplication = route({
  name: 'stopApplication',
  method: 'POST',
  path: '/api/v1/applications/:name/stop',
  summary: 'As an overseer: stop the application; the next request is refused, until an operator switches it on again',
  permission: 'attest',
  params: ofApplication,
  body: z.strictObject({ reason: Reason }),
  returns: { 200: z.object({ application: Name, reason: z.string(), at: Instant }) },
})

export const testStop = route({
  name: 'testStop',
  method: 'POST',
  path: '/api/v1/applications/:name/stop-tests',
  summary: 'As an overseer: stop the application for a moment, take the time until a request is refused, and go on',
  permission: 'attest',
  params: ofApplication,
  returns: { 201: StopTest },
})

export const getOversight = route({
  name: 'getOversight',
  method: 'GET',
  path: '/api/v1/applications/:name/oversight',
  summary: 'Who oversees an application, which answers wait for them, and when the stop was last tried',
  permission: 'view',
  params: ofApplication,
  returns: { 200: OversightStanding },
})
