/**
 * The edge to a provider while a drill makes it fail: statuses, refused connections, silence and broken bodies, as they
 * come off a connection, so that all above it does what it does on a bad day.
 *
 * Invariant: `met` is called when the fault has happened, before anything of its answer is passed on. What cannot be
 * broken, such as a stream without words, passes as it is and is not met.
 */
import { Readable } from 'node:stream'
import { type ProviderFault, SILENT_MS } from '../core/fault.ts'
import type { Outbound } from '../dialects/index.ts'
import { sleep } from '../kernel/time.ts'
import { chunksOf, type Upstream, type UpstreamAnswer, type UpstreamAsk } from './upstream.ts'
import { upstreamFailure } from './upstream-failure.ts'

export type Disturbance = { readonly fault: ProviderFault; readonly met: () => void }

/** What a provider that limits us asks for. */
export const RETRY_AFTER_SECONDS = 7
const STATUS: Partial<Record<ProviderFault, number>> = {
  'provider-limited': 429,
  'provider-500': 500,
  'provider-503': 503,
  'provider-529': 529,
}

/** `outbound` reads the dialect of its streams; undefined where an answer comes whole. */
export function faultyUpstream(
  upstream: Pick<Upstream, 'send'>,
  { fault, met, outbound }: Disturbance & { readonly outbound: Outbound | undefined },
): Pick<Upstream, 'send'> {
  return {
    async send(ask) {
      const host = new URL(ask.url).host
      if (fault === 'provider-cut' || fault === 'provider-truncated') {
        const answer = await upstream.send(ask)
        if (answer.status !== 200) return answer
        const bytes = await bytesOf(answer, ask)
        const end = isStream(ask) && outbound ? endOfFirstWords(bytes, outbound) : Math.floor(bytes.length / 2)
        if (end === undefined) return { ...answer, body: Readable.from([bytes]) }
        met()
        const pieces = [bytes.subarray(0, end)]
        return { ...answer, body: fault === 'provider-cut' ? breaking(pieces, 'ECONNRESET') : Readable.from(pieces) }
      }
      met()
      const status = STATUS[fault]
      if (status !== undefined) return refusing(status)
      if (fault === 'provider-refused') throw upstreamFailure({ code: 'ECONNREFUSED' }, host)
      if (fault === 'provider-silent') {
        await sleep(SILENT_MS, ask.signal)
        throw upstreamFailure({ code: 'UND_ERR_HEADERS_TIMEOUT' }, host)
      }
      if (fault === 'provider-slow')
        return beginning(
          ask,
          breaking([], 'UND_ERR_BODY_TIMEOUT', () => sleep(SILENT_MS, ask.signal)),
        )
      if (fault === 'provider-reset') return beginning(ask, breaking([], 'ECONNRESET'))
      return beginning(ask, Readable.from([]))
    },
  }
}

/** Undefined where nothing of the answer comes after its first words. */
function endOfFirstWords(bytes: Uint8Array, outbound: Outbound): number | undefined {
  const frames = outbound.createFrames()
  const reader = outbound.createReader()
  let end: number | undefined
  for (let at = 0; at < bytes.length; at += 1)
    for (const data of frames.push(bytes.subarray(at, at + 1))) {
      const events = reader.push(data)
      if (end !== undefined && events.some(({ type }) => type === 'delta' || type === 'finish')) return end
      if (end === undefined && events.some((event) => event.type === 'delta' && event.text !== '')) end = at + 1
    }
  return undefined
}

async function bytesOf(answer: UpstreamAnswer, { url, signal }: UpstreamAsk): Promise<Buffer> {
  const pieces: Uint8Array[] = []
  for await (const piece of chunksOf(answer, { host: new URL(url).host, signal })) pieces.push(piece)
  return Buffer.concat(pieces)
}

const isStream = ({ headers }: UpstreamAsk): boolean => headers.accept === 'text/event-stream'

const beginning = (ask: UpstreamAsk, body: Readable): UpstreamAnswer => ({
  status: 200,
  headers: { 'content-type': isStream(ask) ? 'text/event-stream' : 'application/json' },
  body,
})

const refusing = (status: number): UpstreamAnswer => ({
  status,
  headers: {
    'content-type': 'application/json',
    ...(status === 429 && { 'retry-after': String(RETRY_AFTER_SECONDS) }),
  },
  body: Readable.from([Buffer.from(JSON.stringify({ error: { message: 'This is a drill.' } }))]),
})

/** A connection that breaks after some pieces, and after a while. */
const breaking = (pieces: readonly Uint8Array[], code: string, wait?: () => Promise<void>): Readable =>
  Readable.from(
    (async function* () {
      yield* pieces
      await wait?.()
      throw Object.assign(new Error('it broke off, as the drill wants it'), { code })
    })(),
    // Who reads the body is told; nobody else must fall over it.
  ).on('error', () => {})
