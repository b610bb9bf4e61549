/**
 * The transport of the SDK: one request, its declared reply or an `AirworthyError`.
 * No runtime dependencies; it runs in browsers and in Node 20 and later.
 */

export type ClientOptions = {
  /** For example `http://127.0.0.1:4400`; empty for the page's own origin. */
  readonly baseUrl: string
  /** A key, sent as `Authorization: Bearer`. A browser with a session needs none. */
  readonly token?: string
  readonly fetch?: typeof globalThis.fetch
  /** Times that an idempotent request, or a write with an `Idempotency-Key`, is tried again after 429, 502, 503 or a broken connection. Default 2. */
  readonly retries?: number
}

export type CallOptions = {
  readonly signal?: AbortSignal
  readonly idempotencyKey?: string
  /** Six digits of an authenticator app, where the installation asks for them when somebody approves. */
  readonly oneTimeCode?: string
  /** The digest of what was read: the write is refused with 412 when it is no longer what is there. */
  readonly ifMatch?: string
}

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

type Input = {
  params?: Record<string, unknown> | undefined
  query?: Record<string, unknown> | undefined
  body?: unknown
}

/** Calls an operation: the body when it declares one status, `{ status, body }` when it declares several. */
export async function call(
  options: ClientOptions,
  operation: Operation,
  input: Input = {},
  more: CallOptions = {},
): Promise<unknown> {
  const response = await send(options, operation, input, more)
  if (operation.raw && response.ok) return response
  const isProblem = response.headers.get('content-type')?.startsWith('application/problem+json') ?? false
  const text = await response.text()
  const body: unknown = text === '' ? null : parse(text, response.status)
  if (isProblem || !operation.statuses.includes(response.status))
    throw new AirworthyError(response.status, (body ?? {}) as { code?: string })
  return operation.statuses.length === 1 ? body : { status: response.status, body }
}

async function send(options: ClientOptions, operation: Operation, input: Input, more: CallOptions): Promise<Response> {
  const request = new Request(addressOf(options.baseUrl, operation.path, input), {
    method: operation.method,
    headers: {
      accept: 'application/json',
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
    ...(more.signal && { signal: more.signal }),
  })
  const isRepeatable =
    operation.method === 'GET' ||
    operation.method === 'PUT' ||
    operation.method === 'DELETE' ||
    more.idempotencyKey !== undefined
  const tries = isRepeatable ? (options.retries ?? 2) : 0
  const send = options.fetch ?? globalThis.fetch
  for (let tried = 0; ; tried++) {
    try {
      const response = await send(request.clone())
      if (tried >= tries || ![429, 502, 503].includes(response.status)) return response
      await pause(Number(response.headers.get('retry-after') ?? 0) * 1000 || 200 * 2 ** tried, more.signal)
    } catch (thrown) {
      if (tried >= tries || more.signal?.aborted) throw thrown
      await pause(200 * 2 ** tried, more.signal)
    }
  }
}

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

const pause = (ms: number, signal?: AbortSignal): Promise<void> =>
  new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, Math.min(ms, 10_000))
    signal?.addEventListener(
      'abort',
      () => {
        clearTimeout(timer)
        reject(signal.reason)
      },
      { once: true },
    )
  })
