/**
 * The only file of this slice with the network: one pool of connections, four time-outs, one guard.
 * A connection to a refused address is not opened even when a harmless name resolves to it.
 */
import { lookup } from 'node:dns'
import type { Readable } from 'node:stream'
import { Agent } from 'undici'
import { Failure, messageOf } from '../kernel/failure.ts'
import { guardedLookup, outwardUrl, type Resolve } from '../kernel/outward.ts'
import type { Reach } from '../kernel/reach.ts'
import { type Call, type CallSink, UpstreamCall } from './call.ts'
import { isMachineAddress, machineLookup } from './machine-addresses.ts'
import { oauthErrorIn } from './oauth-error.ts'
import { upstreamFailure } from './upstream-failure.ts'

export type Timeouts = {
  /** To connect, TLS included. One for all requests, as connections are shared. */
  readonly connectMs: number
  /** From the request to the head of the answer. */
  readonly headersMs: number
  /** Between two pieces of the body. */
  readonly idleMs: number
  readonly totalMs: number
}
export const TIMEOUTS: Timeouts = { connectMs: 5_000, headersMs: 120_000, idleMs: 60_000, totalMs: 600_000 }

/** Those that differ from the usual ones. */
export type Waits = { readonly [Name in keyof Timeouts]?: number | undefined }

export type UpstreamAsk = {
  readonly url: string
  readonly method?: 'GET' | 'POST' | 'DELETE'
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string | Uint8Array
  readonly timeouts?: Waits | undefined
  readonly signal: AbortSignal
}

/** Like `UpstreamAsk`, with headers as flat pairs and nothing to abort it: the call can be cancelled. */
export type UpstreamCallAsk = Omit<UpstreamAsk, 'headers' | 'signal' | 'method'> & { readonly headers: string[] }

export type UpstreamAnswer = {
  readonly status: number
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  /** Must be read to its end or destroyed, else its connection is lost to the pool. */
  readonly body: Readable
}

export type MachineAsk = {
  readonly url: string
  readonly method?: 'GET' | 'PUT'
  readonly headers: Readonly<Record<string, string>>
  /** What its answer says of itself, so that nothing else on the way is taken for it. */
  readonly answers?: Readonly<Record<string, string>>
}

export type Upstream = {
  /** Throws a `Failure` `models.upstream-…`, or the signal's reason. */
  send(ask: UpstreamAsk): Promise<UpstreamAnswer>
  /**
   * The text of the machine's own metadata service, which no request of ours may go to otherwise: nobody but whoever
   * runs the server chooses its address. Throws for any other place, unless it answers 200, and without the headers
   * that its answer must have.
   */
  askMachine(ask: MachineAsk): Promise<string>
  /** POSTs and tells the sink. Throws only for an address that must not be asked. */
  call(ask: UpstreamCallAsk, sink: CallSink): Call
  close(): Promise<void>
}

export function createUpstream(
  timeouts: Partial<Timeouts> = {},
  { resolve = lookup, reach }: { resolve?: Resolve; reach?: Reach | undefined } = {},
): Upstream {
  const usual = { ...TIMEOUTS, ...timeouts }
  const agent = new Agent({
    // A stream holds one as long as it lasts, and what finds none waits behind them.
    connections: 16_384,
    pipelining: 1,
    keepAliveTimeout: 10_000,
    connect: { timeout: usual.connectMs, lookup: guardedLookup(resolve, reach) },
  })
  const machine = new Agent({ connections: 4, connect: { timeout: MACHINE_MS, lookup: machineLookup(resolve) } })
  return {
    async close() {
      await agent.close()
      await machine.close()
    },
    async askMachine({ url: text, method = 'GET', headers, answers = {} }) {
      const url = new URL(text)
      if (!isMachineAddress(url))
        throw new Failure('invalid', 'kernel.address-refused', `${url.hostname} is no metadata service of a machine.`)
      const {
        statusCode,
        headers: told,
        body,
      } = await machine
        .request({
          origin: url.origin,
          path: url.pathname + url.search,
          method,
          headers: { ...headers },
          body: null,
          headersTimeout: MACHINE_MS,
          bodyTimeout: MACHINE_MS,
        })
        .catch((thrown) => {
          throw notIt(url, `does not answer, so there is no such service here (${messageOf(thrown)})`)
        })
      const said = await body.text()
      const missing = Object.entries(answers).find(([name, value]) => told[name] !== value)
      if (missing) throw notIt(url, `does not say ${missing[0]}: ${missing[1]}, so it is no metadata service`)
      if (statusCode === 200) return said
      throw notIt(url, `answered ${statusCode}${oauthErrorIn(said)}`)
    },
    call({ url: text, headers, body, timeouts: own }, sink) {
      const url = outwardUrl(text, reach)
      // Connections are shared, so their own time-out is the pool's; a shorter one is kept by the call.
      const limits = { ...withoutGaps(usual, own), connectMs: own?.connectMs }
      const { host, origin, path } = placeOf(url)
      // The call keeps the time itself, so the pool keeps none.
      const call = new UpstreamCall(sink, limits, { host, late: (phase, ms) => timedOut(url, phase, ms) })
      agent.dispatch(
        { origin, path, method: 'POST', headers, body: body ?? null, headersTimeout: 0, bodyTimeout: 0 },
        call,
      )
      return call
    },
    async send({ url: text, method = 'POST', headers, body, timeouts: own, signal }) {
      const url = outwardUrl(text, reach)
      const limits = withoutGaps(usual, own)
      signal.throwIfAborted()
      const stop = new AbortController()
      const onAbort = () => stop.abort(signal.reason)
      signal.addEventListener('abort', onAbort, { once: true })
      const timer = setTimeout(() => stop.abort(timedOut(url, 'total', limits.totalMs)), limits.totalMs)
      const settle = () => {
        clearTimeout(timer)
        signal.removeEventListener('abort', onAbort)
      }
      try {
        const answer = await agent.request({
          origin: url.origin,
          path: url.pathname + url.search,
          method,
          headers: { ...headers },
          body: body ?? null,
          signal: stop.signal,
          headersTimeout: limits.headersMs,
          bodyTimeout: limits.idleMs,
        })
        answer.body.once('close', settle)
        // Who reads the body is told; nobody else must fall over it.
        answer.body.on('error', () => {})
        return { status: answer.statusCode, headers: answer.headers, body: answer.body }
      } catch (thrown) {
        settle()
        if (stop.signal.aborted) throw stop.signal.reason
        throw upstreamFailure(thrown, url.host)
      }
    },
  }
}

/** The pieces of a body; what breaks on the way becomes a `Failure`, an abort stays what it was. */
export async function* chunksOf(answer: UpstreamAnswer, { host, signal }: { host: string; signal: AbortSignal }) {
  try {
    for await (const chunk of answer.body.iterator({ destroyOnReturn: false })) yield chunk as Uint8Array
  } catch (thrown) {
    if (signal.aborted) throw signal.reason
    throw upstreamFailure(thrown, host)
  }
}

/** The whole body as text; a longer one is refused before it fills the memory. */
export async function textOf(
  answer: UpstreamAnswer,
  { host, signal, limit = 32 * 1024 * 1024 }: { host: string; signal: AbortSignal; limit?: number },
): Promise<string> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of chunksOf(answer, { host, signal })) {
    size += chunk.byteLength
    if (size > limit)
      throw new Failure('unavailable', 'models.upstream-too-large', `${host} answered more than ${limit} bytes.`)
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

const withoutGaps = (usual: Timeouts, own: Waits | undefined): Timeouts =>
  own === undefined
    ? usual
    : {
        connectMs: own.connectMs ?? usual.connectMs,
        headersMs: own.headersMs ?? usual.headersMs,
        idleMs: own.idleMs ?? usual.idleMs,
        totalMs: own.totalMs ?? usual.totalMs,
      }

/** It is near, or not there. */
const MACHINE_MS = 2_000

type Place = { readonly host: string; readonly origin: string; readonly path: string }
/** A `URL` makes each of its parts anew whenever it is asked, and the same few are asked with every request. */
const places = new WeakMap<URL, Place>()

function placeOf(url: URL): Place {
  const known = places.get(url)
  if (known) return known
  const place = { host: url.host, origin: url.origin, path: url.pathname + url.search }
  places.set(url, place)
  return place
}

const notIt = (url: URL, why: string): Failure =>
  new Failure('unavailable', 'models.upstream-failed', `${url.host} ${why}`)

const timedOut = (url: URL, phase: string, ms: number): Failure =>
  new Failure('unavailable', 'models.upstream-timeout', `${url.host} did not finish within ${ms} ms. Try again.`, {
    facts: { phase },
  })
