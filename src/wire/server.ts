/**
 * Mounts routes on Hono: who is asking, may they, is it well formed, then the handler, in this order.
 * Authorisation comes before validation, so that a stranger learns nothing from the errors.
 */
import { isUtf8 } from 'node:buffer'
import { type Context, Hono } from 'hono'
import { Failure } from '../kernel/failure.ts'
import { epochMs } from '../kernel/time.ts'
import { unfitIn } from '../kernel/unfit.ts'
import { type Caller, demand } from './caller.ts'
import type { Mounted } from './handle.ts'
import { invalid, problemOf } from './problem.ts'
import { readBody } from './read-body.ts'
import type { RouteShape } from './route.ts'

const MAX_BODY_BYTES = 4 * 1024 * 1024

export type ServerDeps = {
  /** The caller of a request; undefined when nothing identifies one. Throws for what identifies wrongly. */
  readonly callerOf: (request: Request) => Promise<Caller | undefined>
  /** Runs before a write with an `Idempotency-Key`; may answer from an earlier run. */
  readonly once?: (ask: {
    caller: Caller
    route: RouteShape
    key: string
    fingerprint: string
    run: () => Promise<Response>
  }) => Promise<Response>
  readonly report: (thrown: unknown, request: Request) => void
}

export function createServer(mounted: readonly Mounted[], deps: ServerDeps): Hono {
  const app = new Hono()
  for (const { route, handler } of mounted)
    app.on(route.method, route.path.replace(/:(\w+)\*$/, ':$1{.+}'), async (context) => {
      try {
        return announced(route, await serve({ route, handler }, context, deps))
      } catch (thrown) {
        if (!(thrown instanceof Failure)) deps.report(thrown, context.req.raw)
        return problemResponse(thrown)
      }
    })
  return app
}

/** RFC 9745 and RFC 8594: since when a route is deprecated, when it goes at the earliest, and what takes its place. */
function announced({ deprecated }: RouteShape, response: Response): Response {
  if (!deprecated) return response
  response.headers.set('deprecation', `@${Math.floor(epochMs(deprecated.since) / 1000)}`)
  response.headers.set('sunset', new Date(deprecated.until).toUTCString())
  response.headers.append('link', `<${deprecated.use}>; rel="successor-version"`)
  return response
}

export function problemResponse(thrown: unknown): Response {
  const problem = problemOf(thrown)
  const retryAfterMs = problem.facts?.retryAfterMs
  return new Response(JSON.stringify(problem), {
    status: problem.status,
    headers: {
      'content-type': 'application/problem+json',
      ...(typeof retryAfterMs === 'number' && { 'retry-after': String(Math.ceil(retryAfterMs / 1000)) }),
    },
  })
}

async function serve({ route, handler }: Mounted, context: Context, deps: ServerDeps): Promise<Response> {
  const request = context.req.raw
  const caller = await deps.callerOf(request)
  if (route.permission !== 'open') {
    if (!caller)
      throw new Failure(
        'unauthenticated',
        'access.key-missing',
        'Send a key as `Authorization: Bearer …`, or sign in with `airworthy open`.',
      )
    demand(caller, route.permission)
  }
  const params = checked(route.params, context.req.param(), 'params')
  const query = checked(route.query, context.req.query(), 'query')
  const text = route.body ? textOf(await readBody(request, route.maxBodyBytes ?? MAX_BODY_BYTES)) : ''
  const body = route.body ? checked(route.body, parseJson(text), 'body') : undefined
  const run = async (): Promise<Response> => {
    // The handler's own types were proved where it was bound to its route.
    const answer = await handler({ params, query, body, caller, signal: request.signal, request } as Parameters<
      Mounted['handler']
    >[0])
    if (answer instanceof Response) return answer
    if (answer.body === null) return new Response(null, { status: answer.status })
    return new Response(JSON.stringify(answer.body), {
      status: answer.status,
      headers: { 'content-type': 'application/json', 'cache-control': 'no-store', ...answer.headers },
    })
  }
  const key = request.headers.get('idempotency-key')
  if (key && caller && deps.once && route.method !== 'GET')
    return deps.once({
      caller,
      route,
      key,
      fingerprint: `${request.method} ${new URL(request.url).pathname}\n${text}`,
      run,
    })
  return run()
}

function checked(schema: RouteShape['body'] | undefined, value: unknown, where: string): unknown {
  if (!schema) return {}
  demandFit(value, where)
  const parsed = schema.safeParse(value)
  if (parsed.success) return parsed.data
  throw invalid(`wire.${where}-invalid`, parsed.error, where === 'body' ? '' : where)
}

/** Throws for what no schema asks about and nothing behind the door could keep. */
function demandFit(value: unknown, where: string): void {
  const unfit = unfitIn(value)
  if (!unfit) return
  const { path, message, remedy } = unfit
  const field = [where === 'body' ? '' : where, ...path].filter(Boolean).join('.') || where
  throw new Failure('invalid', `wire.${where}-invalid`, `${field}: ${message}. ${remedy}`, {
    problems: [{ field, message, remedy }],
  })
}

function textOf(bytes: Buffer): string {
  if (!isUtf8(bytes)) throw new Failure('invalid', 'wire.body-not-utf8', 'The body is not UTF-8. Send JSON as UTF-8.')
  return bytes.toString('utf8')
}

function parseJson(text: string): unknown {
  if (text === '') return {}
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw new Failure('invalid', 'wire.body-not-json', `The body is not JSON: ${(cause as Error).message}.`, { cause })
  }
}
