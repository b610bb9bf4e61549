/** Handlers of what belongs to no slice. */
import { type Access, deviceOf } from '../access/index.ts'
import { Secret } from '../kernel/secret.ts'
import type { Job } from '../store/job.ts'
import type { Jobs } from '../store/jobs.ts'
import { type Caller, demandApplication } from '../wire/caller.ts'
import { type ChangeEvent, type EventHub, eventStream } from '../wire/events.ts'
import { handle, type Mounted } from '../wire/handle.ts'
import { METRICS_TYPES, type MetricFamily, metricsFormatOf, metricsText } from '../wire/metrics.ts'
import { reply } from '../wire/route.ts'
import {
  cancelJob,
  deleteMcp,
  getHealth,
  getJob,
  getMcp,
  getMetrics,
  getOpenApi,
  getReadiness,
  postMcp,
  type Readiness,
  signIn,
  watchEvents,
} from './contract.ts'
import { demandOrigin } from './doors.ts'
import { html, signInRefusedPage } from './pages.ts'

export type Health = () => Promise<Readiness['checks']> | Readiness['checks']

export type ApiHttpDeps = {
  access: Pick<Access, 'redeem' | 'callerOf' | 'isStillCaller'>
  hub: EventHub
  jobs: Pick<Jobs, 'get' | 'cancel'>
  health: Health
  publicUrl: string
  version: string
  /** Metrics of the slices that a caller may see. */
  metrics: (caller: Caller) => Promise<MetricFamily[]>
  /** Answers one message of the Model Context Protocol. */
  mcp: (request: Request, caller: Caller) => Promise<Response>
  /** Metrics of the process. */
  processMetrics: () => MetricFamily[]
  /** Aborted when the server begins to close. */
  closing: AbortSignal
  /** Asked at each request, because it describes these routes too. */
  openApi: () => Record<string, unknown>
}

export const apiHttp = (deps: ApiHttpDeps): Mounted[] => [
  handle(getHealth, async () => reply(200, { status: 'ok', version: deps.version })),
  handle(getReadiness, async () => {
    const checks = [...(await deps.health())]
    if (deps.closing.aborted) checks.push({ name: 'process', ok: false, detail: 'It is closing.' })
    const ready = checks.every(({ ok }) => ok)
    return reply(ready ? 200 : 503, { ready, checks })
  }),
  handle(getOpenApi, async () => reply(200, deps.openApi())),
  handle(getMetrics, async ({ caller, request }) => {
    const format = metricsFormatOf(request.headers.get('accept'))
    const own = caller.application === null ? deps.processMetrics() : []
    return new Response(metricsText([...(await deps.metrics(caller)), ...own], format), {
      headers: { 'content-type': METRICS_TYPES[format], 'cache-control': 'no-store' },
    })
  }),
  handle(postMcp, ({ request, caller }) => {
    demandOrigin(request, deps.publicUrl)
    return deps.mcp(request, caller)
  }),
  handle(getMcp, async () => noSession()),
  handle(deleteMcp, async () => noSession()),
  handle(signIn, async ({ query, request }) => {
    const toPages = (cookie?: string) =>
      new Response(null, {
        status: 303,
        headers: { location: '/', 'cache-control': 'no-store', ...(cookie !== undefined && { 'set-cookie': cookie }) },
      })
    // Programs that look at links before people do must not use them up.
    if (request.method === 'HEAD') return toPages()
    const outcome = await deps.access.redeem(new Secret(query.token), deviceOf(request.headers.get('user-agent')))
    if (outcome.kind === 'signed-in') return toPages(outcome.cookie.reveal())
    const isSignedIn = (await deps.access.callerOf(request)) !== undefined
    return isSignedIn ? toPages() : html(signInRefusedPage(outcome.because), 401)
  }),
  handle(watchEvents, async ({ query, caller, request, signal }) => {
    const ended = new AbortController()
    return eventStream({
      hub: deps.hub,
      signal: AbortSignal.any([signal, deps.closing, ended.signal]),
      keep(event) {
        if (!deps.access.isStillCaller(request.headers)) {
          ended.abort()
          return false
        }
        return mayHear(caller, event) && isAskedFor(query, event)
      },
    })
  }),
  handle(getJob, async ({ params, caller }) => reply(200, demandJob(caller, await deps.jobs.get(params.id)))),
  handle(cancelJob, async ({ params, caller }) => {
    demandJob(caller, await deps.jobs.get(params.id))
    return reply(200, await deps.jobs.cancel(params.id))
  }),
]

const noSession = () => new Response(null, { status: 405, headers: { allow: 'POST' } })

/** A key of one application hears of that one alone. */
const mayHear = (caller: Caller, event: ChangeEvent): boolean =>
  caller.application === null || caller.application === event.application

const isAskedFor = (query: { application?: string | undefined; topic?: string | undefined }, event: ChangeEvent) =>
  (query.application === undefined || query.application === event.application) &&
  (query.topic === undefined || query.topic === event.topic)

/** Jobs say in their input which application they are about. */
function demandJob(caller: Caller, job: Job): Job {
  if (caller.application !== null) demandApplication(caller, String(job.input.application ?? ''))
  return job
}
