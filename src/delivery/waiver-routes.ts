/** Routes of waivers: one person asks, another decides. */
import { z } from 'zod'
import { Name } from '../core/names.ts'
import { ReleaseId } from '../core/release.ts'
import { Waiver, WaiverId } from '../core/verdict.ts'
import { Page, pageOf, route } from '../wire/route.ts'
import { GatedStage } from './gated-stage.ts'

const reason = z.string().trim().min(10, 'give the reason in at least 10 characters')

export const requestWaiver = route({
  name: 'requestWaiver',
  method: 'POST',
  path: '/api/v1/waivers',
  summary: 'Ask for a waiver of one check for one release; another person decides',
  permission: 'promote',
  mcp: true,
  body: z.strictObject({
    release: ReleaseId,
    into: GatedStage,
    check: z.string().min(1),
    reason,
    residualRisk: z.string().trim().min(3, 'say which risk stays'),
    compensatingControl: z.string().trim().min(3, 'say what is done in place of the check'),
    days: z.number().positive().max(90, 'a waiver ends after at most 90 days'),
    example: z.boolean().default(false),
  }),
  returns: { 201: Waiver },
})

export const listWaivers = route({
  name: 'listWaivers',
  method: 'GET',
  path: '/api/v1/waivers',
  summary: 'List waivers, newest first',
  permission: 'view',
  mcp: true,
  query: Page.extend({
    application: Name.optional(),
    release: ReleaseId.optional(),
    state: Waiver.shape.state.optional(),
  }),
  returns: { 200: pageOf(Waiver) },
})

export const endWaiver = route({
  name: 'endWaiver',
  method: 'POST',
  path: '/api/v1/waivers/:id/end',
  summary: 'Take back a waiver before its time; the check holds the gate again',
  permission: 'attest',
  params: z.object({ id: WaiverId }),
  body: z.strictObject({ reason }),
  returns: { 200: Waiver },
})

export const decideWaiver = route({
  name: 'decideWaiver',
  method: 'POST',
  path: '/api/v1/waivers/:id/decision',
  summary: 'Grant or refuse a waiver that somebody else asked for',
  permission: 'waive',
  approval: 'word',
  example: { decision: 'grant', note: 'Until the next review.' },
  params: z.object({ id: WaiverId }),
  body: z.strictObject({ decision: z.enum(['grant', 'refuse']), note: z.string().optional() }),
  returns: { 200: Waiver },
})
