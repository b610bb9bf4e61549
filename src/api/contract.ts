/** The routes that belong to no slice: health, the API's description, sign-in, change events and jobs. */
import { z } from 'zod'
import { Job, JobId } from '../store/job.ts'
import { ChangeEvent } from '../wire/events.ts'
import { METRICS_TYPES } from '../wire/metrics.ts'
import { route } from '../wire/route.ts'

export const Readiness = z.object({
  ready: z.boolean(),
  /** What was looked at: `database`, `spool`, … */
  checks: z.array(z.object({ name: z.string(), ok: z.boolean(), detail: z.string() })),
})
export type Readiness = z.infer<typeof Readiness>

export const getHealth = route({
  name: 'getHealth',
  method: 'GET',
  path: '/healthz',
  summary: 'Whether the process answers',
  permission: 'open',
  returns: { 200: z.object({ status: z.literal('ok'), version: z.string() }) },
})

export const getReadiness = route({
  name: 'getReadiness',
  method: 'GET',
  path: '/readyz',
  summary: 'Whether it can do its work, with what was looked at',
  permission: 'open',
  returns: { 200: Readiness, 503: Readiness },
})

export const getOpenApi = route({
  name: 'getOpenApi',
  method: 'GET',
  path: '/api/openapi.json',
  summary: 'This API as an OpenAPI 3.1 document',
  permission: 'open',
  returns: { 200: z.record(z.string(), z.unknown()) },
})

export const signIn = route({
  name: 'signIn',
  method: 'GET',
  path: '/sign-in',
  summary: 'Redeem a sign-in link: sets the session cookie and leads to the pages',
  permission: 'open',
  query: z.object({ token: z.string().max(200).default('') }),
  raw: 'bytes',
  returns: { 303: null },
})

export const watchEvents = route({
  name: 'watchEvents',
  method: 'GET',
  path: '/api/v1/events',
  summary: 'What changes, as server-sent events',
  permission: 'view',
  query: z.object({ application: z.string().optional(), topic: z.string().optional() }),
  raw: 'event-stream',
  returns: { 200: ChangeEvent },
})

export const getJob = route({
  name: 'getJob',
  method: 'GET',
  path: '/api/v1/jobs/:id',
  summary: 'How far a job is',
  permission: 'view',
  mcp: true,
  params: z.object({ id: JobId }),
  returns: { 200: Job },
})

export const cancelJob = route({
  name: 'cancelJob',
  method: 'POST',
  path: '/api/v1/jobs/:id/cancel',
  summary: 'Cancel a job that is queued or running',
  permission: 'operate',
  mcp: { destructive: true },
  params: z.object({ id: JobId }),
  returns: { 200: Job },
})

/** Prometheus sends the key with `authorization: { credentials_file: … }` in its scrape configuration. */
export const getMetrics = route({
  name: 'getMetrics',
  method: 'GET',
  path: '/metrics',
  summary: 'Metrics for Prometheus, in its text format or as OpenMetrics',
  permission: 'view',
  raw: 'bytes',
  gives: Object.values(METRICS_TYPES),
  returns: { 200: z.string() },
})

const MCP_TYPES = ['application/json', 'text/event-stream'] as const

/** Which tools there are, the declarations of the routes say. */
export const postMcp = route({
  name: 'postMcp',
  method: 'POST',
  path: '/mcp',
  summary: 'Speak the Model Context Protocol: tools for agents, over Streamable HTTP without sessions',
  permission: 'view',
  protocol: 'mcp',
  accepts: ['application/json'],
  gives: MCP_TYPES,
  raw: 'bytes',
  returns: { 200: z.record(z.string(), z.unknown()), 202: null },
})

const withoutSession = <const Name extends string, const Method extends 'GET' | 'DELETE'>(name: Name, method: Method) =>
  route({
    name,
    method,
    path: '/mcp',
    summary: 'Say that there are no sessions here; messages are sent by POST',
    permission: 'view',
    protocol: 'mcp',
    raw: 'bytes',
    returns: { 405: null },
  })

export const getMcp = withoutSession('getMcp', 'GET')
export const deleteMcp = withoutSession('deleteMcp', 'DELETE')

export const apiRoutes = [
  getHealth,
  postMcp,
  getMcp,
  deleteMcp,
  getReadiness,
  getOpenApi,
  getMetrics,
  signIn,
  watchEvents,
  getJob,
  cancelJob,
] as const
