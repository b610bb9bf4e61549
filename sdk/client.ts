/**
 * The transport of the SDK: one request, its declared reply or an `AirworthyError`.
 * No runtime dependencies; it runs in browsers and in Node 20 and later.
 */

import { isPassing, pause, waitBeforeRetry } from './retry.ts'

export type ClientOptions = {
  /** For example `http://127.0.0.1:4400`; empty for the page's own origin. */
  readonly baseUrl: string
  /** A key, sent as `Authorization: Bearer`. A browser with a session needs none. */
  readonly token?: string
  readonly fetch?: typeof globalThis.fetch
  /**
   * Times that a request is sent again after 408, 429, 502, 503, 504, a broken connection or a time-out. Default 2.
   * Only what does no harm twice is: GET, PUT, DELETE, and a POST with an `idempotencyKey`.
   */
  readonly retries?: number
  /** Milliseconds for each try, from the request to the end of its answer; streams have none. Default 60,000. */
  readonly timeoutMs?: number
}

export type CallOptions = {
  readonly signal?: AbortSignal
  /** The same key, with the same request, gives the first answer for a day; it makes a POST repeatable. */
  readonly idempotencyKey?: string
  /** In place of the client's own. */
  readonly timeoutMs?: number
  /** Six digits of an authenticator app, where the installation asks for them when somebody approves. */
  readonly oneTimeCode?: string
  /** The digest of what was read: the write is refused with 412 when it is no longer what is there. */
  readonly ifMatch?: string
}

const USUAL_RETRIES = 2
const USUAL_TIMEOUT_MS = 60_000

/** What the server refused: its stable code, and a sentence that says what to do. */
export class AirworthyError extends Error {
  readonly status: number
  readonly code: string
  readonly problems: readonly { field: string; message: string; remedy?: string; file?: string; line?: number }[]
  readonly facts: Readonly<Record<string, unknown>>

  constructor(
    status: number,
    problem: { code?: string; detail?: string; problems?: AirworthyError['problems']; facts?: Record<string, unknown> },
  ) {
    super(problem.detail ?? `The server answered ${status}.`)
    this.name = 'AirworthyError'
    this.status = status
    this.code = problem.code ?? 'sdk.unexpected-answer'
    this.problems = problem.problems ?? []
    this.facts = problem.facts ?? {}
  }
}

export type Operation = {
  readonly method: string
  readonly path: string
  readonly statuses: readonly number[]
  readonly raw: boolean
  /** The body is bytes, sent as they are. */
  readonly upload?: boolean
}

export type Input = {
  params?: Record<string, unknown> | undefined
  query?: Record<string, unknown> | undefined
  body?: unknown
}

export type Inputs = {
  /** By name, wherever they belong. */
  readonly given: Readonly<Record<string, unknown>>
  /** The whole body, in place of its fields. */
  readonly body?: unknown
}

/** Inputs by their names alone: those of the path go there, the rest into the query of a GET or the body of a write. */
export function place({ method, path }: Operation, { given, body }: Inputs): Input {
  const inPath = new Set([...path.matchAll(/:(\w+)/g)].map(([, name = '']) => name))
  const missing = [...inPath].find((name) => given[name] === undefined)
  if (missing !== undefined)
    throw new AirworthyError(0, { code: 'sdk.input-missing', detail: `${path} needs ${missing}. Say ${missing}=….` })
  const params = Object.fromEntries(Object.entries(given).filter(([name]) => inPath.has(name)))
  const rest = Object.fromEntries(Object.entries(given).filter(([name]) => !inPath.has(name)))
  return method === 'GET' ? { params, query: rest } : { params, body: body ?? rest }
}

/** Calls an operation: the body when it declares one status, `{ status, body }` when it declares several. */
export async function call(
  options: ClientOptions,
  operation: Operation,
  input: Input = {},
  more: CallOptions = {},
): Promise<unknown> {
  const isRepeatable = operation.method !== 'POST' || more.idempotencyKey !== undefined
  const tries = isRepeatable ? (options.retries ?? USUAL_RETRIES) : 0
  for (let tried = 0; ; tried += 1) {
    const answer = await attempt(options, operation, input, more)
    const isLast = tried >= tries || more.signal?.aborted
    if (answer.kind === 'answered' && (isLast || !isPassing(answer.status))) return answer.read()
    if (answer.kind === 'broken' && isLast) throw answer.thrown
    const wait = waitBeforeRetry(tried, answer.kind === 'answered' ? { retryAfter: answer.retryAfter } : {})
    if (wait === undefined && answer.kind === 'answered') return answer.read()
    await pause(wait ?? 0, more.signal)
  }
}

type Attempt =
  | { kind: 'answered'; status: number; retryAfter: string | null; read: () => unknown }
  | { kind: 'broken'; thrown: unknown }

/** One try; the body is read within its time, unless it is a stream or bytes. */
async function attempt(
  options: ClientOptions,
  operation: Operation,
  input: Input,
  more: CallOptions,
): Promise<Attempt> {
  const timeoutMs = more.timeoutMs ?? options.timeoutMs ?? USUAL_TIMEOUT_MS
  const timeout = operation.raw ? undefined : AbortSignal.timeout(timeoutMs)
  const signals = [more.signal, timeout].filter((signal) => signal !== undefined)
  const request = new Request(addressOf(options.baseUrl, operation.path, input), {
    method: operation.method,
    headers: {
      accept: operation.raw ? '*/*' : 'application/json',
      ...(options.token !== undefined && { authorization: `Bearer ${options.token}` }),
      ...(input.body !== undefined && {
        'content-type': operation.upload ? 'application/octet-stream' : 'application/json',
      }),
      ...(more.idempotencyKey !== undefined && { 'idempotency-key': more.idempotencyKey }),
      ...(more.oneTimeCode !== undefined && { 'airworthy-one-time-code': more.oneTimeCode }),
      ...(more.ifMatch !== undefined && { 'if-match': `"${more.ifMatch}"` }),
    },
    ...(input.body !== undefined && {
      body: operation.upload ? (input.body as Blob | Uint8Array<ArrayBuffer> | string) : JSON.stringify(input.body),
    }),
    ...(signals.length > 0 && { signal: AbortSignal.any(signals) }),
  })
  try {
    const response = await (options.fetch ?? globalThis.fetch)(request)
    const answered = {
      kind: 'answered' as const,
      status: response.status,
      retryAfter: response.headers.get('retry-after'),
    }
    if (operation.raw && response.ok) return { ...answered, read: () => response }
    const text = await response.text()
    return { ...answered, read: () => declared(operation, response, text) }
  } catch (thrown) {
    // Whoever gave up hears their own reason.
    if (more.signal?.aborted) return { kind: 'broken', thrown: more.signal.reason }
    if (timeout?.aborted) return { kind: 'broken', thrown: tooSlow(timeoutMs) }
    return { kind: 'broken', thrown }
  }
}

function declared(operation: Operation, response: Response, text: string): unknown {
  const isProblem = response.headers.get('content-type')?.startsWith('application/problem+json') ?? false
  const body: unknown = text === '' ? null : parse(text, response.status)
  if (isProblem || !operation.statuses.includes(response.status))
    throw new AirworthyError(response.status, (body ?? {}) as { code?: string })
  return operation.statuses.length === 1 ? body : { status: response.status, body }
}

const tooSlow = (timeoutMs: number) =>
  new AirworthyError(0, {
    code: 'sdk.timeout',
    detail: `The server did not answer within ${timeoutMs} ms. Ask again, or give more with \`timeoutMs\`.`,
  })

function addressOf(baseUrl: string, path: string, { params = {}, query = {} }: Input): string {
  const filled = path.replace(/:(\w+)(\*?)/g, (_, name: string, rest: string) => {
    const value = String(params[name])
    return rest ? value.split('/').map(encodeURIComponent).join('/') : encodeURIComponent(value)
  })
  const search = new URLSearchParams()
  for (const [name, value] of Object.entries(query))
    if (value !== undefined && value !== null) search.set(name, String(value))
  const base = baseUrl || (globalThis.location?.origin ?? '')
  return `${base.replace(/\/$/, '')}${filled}${search.size > 0 ? `?${search}` : ''}`
}

function parse(text: string, status: number): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new AirworthyError(status, {
      detail: `The server answered ${status} with something that is not JSON. Is this the address of an Airworthy server?`,
    })
  }
}
