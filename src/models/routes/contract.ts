/** Routes of `model`: a name of your own for several models, and how one of them is chosen. */
import { z } from 'zod'
import { Name } from '../../core/names.ts'
import { RouteStrategy, TargetCondition } from '../../core/target-condition.ts'
import { Instant } from '../../kernel/time.ts'
import { pageOf, route } from '../../wire/route.ts'
import { UnknownPrice } from '../prices/index.ts'

const milliseconds = z.number().int().min(1).max(3_600_000)

/** Longest waits in milliseconds; the usual ones where none is said. */
export const RouteTimeouts = z.strictObject({
  /** To a connection. */
  connectMs: milliseconds.optional(),
  /** From the request to the head of the answer. */
  headersMs: milliseconds.optional(),
  /** From the request to the first piece of the answer that means something. */
  firstTokenMs: milliseconds.optional(),
  /** Between two pieces. */
  idleMs: milliseconds.optional(),
  totalMs: milliseconds.optional(),
})
export type RouteTimeouts = z.infer<typeof RouteTimeouts>

export const RouteTarget = z.strictObject({
  model: z.string().regex(/^[a-z0-9-]{1,63}\/\S+$/, 'a target is provider/model, for example openai/gpt-4o-mini'),
  /** For `weighted` the share of the requests, for `least-load` the room; only proportions count. */
  weight: z.number().positive().max(1_000_000).default(1),
  /** Asked only when this holds, and then before targets without a condition. */
  when: TargetCondition.optional(),
})
export type RouteTarget = z.infer<typeof RouteTarget>

export const ModelRouteInput = z.strictObject({
  /** priority: as listed · weighted: by chance · least-load: fewest under way · latency: the quicker of two · cost: the cheapest. */
  strategy: RouteStrategy,
  targets: z
    .array(RouteTarget)
    .min(1, 'a route has at least one target')
    .max(20)
    .refine((targets) => new Set(targets.map(({ model }) => model)).size === targets.length, 'each target once'),
  /** How often a request is asked again after a failure; once for each further target when not said, at least once. */
  retries: z.number().int().min(0).max(10).optional(),
  timeouts: RouteTimeouts.optional(),
  /**
   * prompt: a conversation goes on at the target that has read its beginning, where the strategy leaves a choice
   * (weighted, least-load, latency). none: each request by itself.
   */
  affinity: z.enum(['prompt', 'none']).optional(),
  /** When the client hangs up: cancel the provider's answer, or let it run so that its usage is known. */
  onDisconnect: z.enum(['cancel', 'drain']).default('cancel'),
  /**
   * Keeps whole answers for that long and gives them again to who asks exactly the same: to the same key, or to every
   * key of the organisation; never to another user.
   */
  cache: z
    .strictObject({
      ttlMs: z
        .number()
        .int()
        .min(1)
        .max(30 * 24 * 3_600_000),
      sharedBy: z.enum(['key', 'organisation']).default('key'),
    })
    .optional(),
  /**
   * What becomes of a field that a target's dialect has no word for: reject the request, name it in
   * `airworthy-dropped-fields`, or leave it out as well. When not said, what would change the answer is rejected and
   * the rest named.
   */
  onUnsupported: z.enum(['reject', 'warn', 'drop']).optional(),
  /**
   * What becomes of targets whose price nobody knows: left out, or asked and flagged. When not said, what the
   * organisation says, else they are left out wherever money is capped.
   */
  onUnknownPrice: UnknownPrice.optional(),
})
export type ModelRouteInput = z.infer<typeof ModelRouteInput>

export const ModelRoute = ModelRouteInput.extend({ name: Name, updatedAt: Instant })
export type ModelRoute = z.infer<typeof ModelRoute>

const params = z.object({ name: Name })

export const listModelRoutes = route({
  name: 'listModelRoutes',
  method: 'GET',
  path: '/api/v1/routes',
  summary: 'List the routes: names of your own for several models',
  permission: 'view',
  mcp: true,
  returns: { 200: pageOf(ModelRoute) },
})

export const getModelRoute = route({
  name: 'getModelRoute',
  method: 'GET',
  path: '/api/v1/routes/:name',
  summary: 'One route',
  permission: 'view',
  params,
  returns: { 200: ModelRoute },
})

export const putModelRoute = route({
  name: 'putModelRoute',
  method: 'PUT',
  path: '/api/v1/routes/:name',
  summary: 'Create or replace a route; its name is used as `model` from the next request on',
  permission: 'administer',
  example: {
    strategy: 'priority',
    targets: [{ model: 'openai/gpt-4o-mini' }, { model: 'ollama/llama3.2' }],
    timeouts: { firstTokenMs: 10_000 },
  },
  params,
  body: ModelRouteInput,
  returns: { 200: ModelRoute },
})

export const deleteModelRoute = route({
  name: 'deleteModelRoute',
  method: 'DELETE',
  path: '/api/v1/routes/:name',
  summary: 'Remove a route',
  permission: 'administer',
  params,
  returns: { 204: null },
})
