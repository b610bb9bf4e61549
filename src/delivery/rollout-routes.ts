/** Routes of rollouts and of the live table. */
import { z } from 'zod'
import { LiveTable } from '../core/live-table.ts'
import { Name } from '../core/names.ts'
import { ReleaseId } from '../core/release.ts'
import { RolloutId, RolloutPlan, RolloutState } from '../core/rollout.ts'
import { Stage } from '../core/stage.ts'
import { Page, pageOf, route } from '../wire/route.ts'
import { Replay, RolloutVerdict } from './rollouts/index.ts'
import { RolloutPoint, ServedRollout } from './served.ts'

const oneRollout = z.object({ id: RolloutId })

export const startRollout = route({
  name: 'startRollout',
  method: 'POST',
  path: '/api/v1/applications/:name/rollouts',
  summary: 'Roll out a promoted release in a stage, step by step',
  permission: 'operate',
  mcp: { destructive: true },
  params: z.object({ name: Name }),
  body: z.strictObject({
    to: ReleaseId,
    /** Not the sandbox: what is frozen is live there at once. */
    stage: Stage.exclude(['sandbox']),
    plan: RolloutPlan.optional(),
    /** Signs for trying a release again that was rolled back automatically. */
    again: z.string().trim().min(10, 'give the reason in at least 10 characters').optional(),
  }),
  returns: { 201: ServedRollout },
})

export const listRollouts = route({
  name: 'listRollouts',
  method: 'GET',
  path: '/api/v1/rollouts',
  summary: 'List rollouts, newest first',
  permission: 'view',
  mcp: true,
  query: Page.extend({
    application: Name.optional(),
    stage: Stage.optional(),
    release: ReleaseId.optional(),
    state: RolloutState.optional(),
  }),
  returns: { 200: pageOf(ServedRollout) },
})

export const getRollout = route({
  name: 'getRollout',
  method: 'GET',
  path: '/api/v1/rollouts/:id',
  summary: 'Read a rollout with its statistics and latest decision',
  permission: 'view',
  mcp: true,
  params: oneRollout,
  returns: { 200: ServedRollout },
})

export const getRolloutHistory = route({
  name: 'getRolloutHistory',
  method: 'GET',
  path: '/api/v1/rollouts/:id/history',
  summary: 'Read how the evidence of a rollout grew, point by point, for the plot',
  permission: 'view',
  mcp: true,
  params: oneRollout,
  returns: { 200: z.object({ items: z.array(RolloutPoint) }) },
})

export const abortRollout = route({
  name: 'abortRollout',
  method: 'POST',
  path: '/api/v1/rollouts/:id/abort',
  summary: 'End a rollout now; all traffic goes back to the release before',
  permission: 'operate',
  mcp: { destructive: true },
  params: oneRollout,
  body: z.strictObject({ reason: z.string().trim().min(3) }),
  returns: { 200: ServedRollout },
})

export const pauseRollout = route({
  name: 'pauseRollout',
  method: 'POST',
  path: '/api/v1/rollouts/:id/pause',
  summary: 'Stop a rollout from advancing; harm still rolls it back',
  permission: 'operate',
  mcp: true,
  params: oneRollout,
  returns: { 200: ServedRollout },
})

export const resumeRollout = route({
  name: 'resumeRollout',
  method: 'POST',
  path: '/api/v1/rollouts/:id/resume',
  summary: 'Let a paused or holding rollout go on; the clock of its step starts anew',
  permission: 'operate',
  mcp: true,
  params: oneRollout,
  returns: { 200: ServedRollout },
})

export const advanceRollout = route({
  name: 'advanceRollout',
  method: 'POST',
  path: '/api/v1/rollouts/:id/advance',
  summary: 'Take the next step as a person, where the plan asks for one and the rule allows it',
  permission: 'promote',
  mcp: { destructive: true },
  params: oneRollout,
  returns: { 200: ServedRollout },
})

export const replayRollout = route({
  name: 'replayRollout',
  method: 'GET',
  path: '/api/v1/rollouts/:id/replay',
  summary: 'Make every decision of a rollout again from its log and say whether it comes out the same',
  permission: 'view',
  mcp: true,
  params: oneRollout,
  returns: { 200: Replay },
})

const oneStage = z.object({ name: Name, stage: Stage.exclude(['sandbox']) })

export const getRolloutVerdict = route({
  name: 'getRolloutVerdict',
  method: 'GET',
  path: '/api/v1/applications/:name/stages/:stage/rollout-verdict',
  summary: 'Read the rollout of a stage as one figure: 1 go on, 0 wait, -1 roll back',
  permission: 'view',
  mcp: true,
  params: oneStage,
  returns: { 200: RolloutVerdict },
})

export const confirmRollout = route({
  name: 'confirmRollout',
  method: 'POST',
  path: '/api/v1/applications/:name/stages/:stage/rollout-verdict',
  summary:
    'Ask the same as a gate: 200 only when the rollout has completed, else 409; for webhooks that wait for a yes',
  permission: 'view',
  params: oneStage,
  returns: { 200: RolloutVerdict, 409: RolloutVerdict },
})

export const getLive = route({
  name: 'getLive',
  method: 'GET',
  path: '/api/v1/live',
  summary: 'Read which release answers in which stage, and how rollouts split the traffic',
  permission: 'view',
  mcp: true,
  returns: { 200: LiveTable },
})
