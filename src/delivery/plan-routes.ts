/** Routes of plans before they start, and of the drill of the way back. */
import { z } from 'zod'
import { Feasibility } from '../core/feasibility.ts'
import { Name } from '../core/names.ts'
import { RolloutPlan } from '../core/rollout.ts'
import { route } from '../wire/route.ts'
import { GatedStage } from './gated-stage.ts'
import { Drill } from './rollouts/index.ts'

const oneStage = z.object({ name: Name, stage: GatedStage })
const unitsPerDay = z.number().positive().max(1e9).optional()

export const forecastRollout = route({
  name: 'forecastRollout',
  method: 'POST',
  path: '/api/v1/applications/:name/stages/:stage/rollout-forecasts',
  summary: 'Say what a plan could find out at the traffic of a stage before it starts; nothing is started',
  permission: 'view',
  example: { unitsPerDay: 500 },
  mcp: true,
  params: oneStage,
  body: z.strictObject({ plan: RolloutPlan.optional(), unitsPerDay }),
  returns: { 200: Feasibility },
})

export const acceptRolloutPlan = route({
  name: 'acceptRolloutPlan',
  method: 'POST',
  path: '/api/v1/applications/:name/stages/:stage/rollout-plan-acceptances',
  summary: 'Accept, as technical lead, what the plan of a stage can find out; recorded as evidence',
  permission: 'attest',
  params: oneStage,
  body: z.strictObject({ unitsPerDay, reason: z.string().trim().min(10).max(2000) }),
  returns: { 201: Feasibility },
})

export const drillRollback = route({
  name: 'drillRollback',
  method: 'POST',
  path: '/api/v1/applications/:name/stages/:stage/rollback-drills',
  summary: 'Go back to the release before under load and forward again, for real; recorded as evidence',
  permission: 'operate',
  mcp: { destructive: true },
  params: oneStage,
  returns: { 201: Drill },
})
