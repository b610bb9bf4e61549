/**
 * Settled requests on to a collector, over OTLP/HTTP in protobuf. Batches of a hundred requests or a second; what
 * the protocol calls retryable is sent again with full jitter or when the collector says, for five minutes.
 *
 * Invariant: `offer` never waits. A request is queued, sent, or counted as dropped or rejected.
 */
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import { messageOf } from '../../kernel/failure.ts'
import { hide } from '../../kernel/hide.ts'
import type { RandomBytes } from '../../kernel/random.ts'
import { retryAfterMs } from '../../kernel/retry-after.ts'
import { Secret } from '../../kernel/secret.ts'
import { type Clock, epochMs, MINUTE, monotonicMs, SECOND, sleep } from '../../kernel/time.ts'
import type { SendPost } from '../../wire/post.ts'
import type { ExportStatus } from '../contract.ts'
import { decodeAnswer } from '../otlp-protobuf.ts'
import type { Settled } from '../settled.ts'
import { requestOf } from './otlp-request.ts'

export type OtlpExportSettings = {
  /** Base address; `/v1/traces` is added. */
  readonly endpoint: string
  /** `name=value,name=value`, values percent-encoded. */
  readonly headers: Secret | undefined
  readonly withContent: boolean
  readonly version?: string
  readonly options?: Partial<typeof USUAL>
}

const USUAL = {
  /** Requests that may wait; the next ones are dropped. */
  queueLimit: 2_000,
  batchSize: 100,
  batchMs: SECOND,
  timeoutMs: 10 * SECOND,
  firstRetryMs: SECOND,
  mostRetryMs: MINUTE,
  /** After this a batch is given up. */
  giveUpMs: 5 * MINUTE,
}
const RETRYABLE: ReadonlySet<number> = new Set([429, 502, 503, 504])

export type OtlpExport = ReturnType<typeof createOtlpExport>

export function createOtlpExport(
  { endpoint, headers, withContent, version = '0', options = {} }: OtlpExportSettings,
  { clock, random, post }: { clock: Clock; random: RandomBytes; post: SendPost },
) {
  const limits = { ...USUAL, ...options }
  const url = `${endpoint.replace(/\/+$/, '')}/v1/traces`
  const closing = new AbortController()
  const counts = { exported: 0, dropped: 0, rejected: 0, retries: 0 }
  let queue: Settled[] = []
  let sending: Promise<void> | undefined
  let timer: NodeJS.Timeout | undefined
  let isFailing = false
  let lastError: string | null = null

  function schedule(): void {
    if (timer || sending || closing.signal.aborted) return
    timer = setTimeout(() => void flush(), limits.batchMs)
    timer.unref()
  }

  /** Sends all that waits; a second call joins the first. */
  function flush(): Promise<void> {
    clearTimeout(timer)
    timer = undefined
    sending ??= sendAll().finally(() => {
      sending = undefined
      if (queue.length > 0) schedule()
    })
    return sending
  }

  async function sendAll(): Promise<void> {
    while (queue.length > 0) {
      if (closing.signal.aborted && isFailing) {
        counts.dropped += queue.reduce((sum, event) => sum + spansIn(event), 0)
        queue = []
        return
      }
      const batch = queue.slice(0, limits.batchSize)
      queue = queue.slice(batch.length)
      await sendBatch(batch)
    }
  }

  async function sendBatch(batch: readonly Settled[]): Promise<void> {
    const { bytes, spans } = requestOf(batch, { withContent, version })
    const body = await promisify(gzip)(bytes)
    const begun = monotonicMs()
    for (let tried = 0; ; tried += 1) {
      const outcome = await sendOnce(body, spans)
      if (outcome === 'done') return
      if (closing.signal.aborted || monotonicMs() - begun > limits.giveUpMs) {
        counts.dropped += spans
        return
      }
      counts.retries += 1
      const longest = Math.min(limits.mostRetryMs, limits.firstRetryMs * 2 ** tried)
      await sleep(outcome.afterMs ?? longest * share(random), closing.signal).catch(() => {})
    }
  }

  async function sendOnce(body: Buffer, spans: number): Promise<'done' | { afterMs: number | undefined }> {
    try {
      const answer = await post({
        url,
        headers: { ...headersOf(headers), 'content-type': 'application/x-protobuf', 'content-encoding': 'gzip' },
        body,
        timeoutMs: limits.timeoutMs,
      })
      if (RETRYABLE.has(answer.status)) {
        failed(`the collector answers ${answer.status}`)
        return { afterMs: retryAfterMs(answer.headers['retry-after'], epochMs(clock())) }
      }
      const isTaken = answer.status >= 200 && answer.status < 300
      const { rejected, reason } = isTaken ? decodeAnswer(answer.body) : { rejected: spans, reason: '' }
      isFailing = !isTaken
      counts.rejected += rejected
      counts.exported += spans - rejected
      if (rejected > 0)
        lastError = isTaken
          ? `the collector refuses spans: ${withoutHeaders(reason, headers)}`
          : `the collector answers ${answer.status}`
      return 'done'
    } catch (thrown) {
      failed(`the collector is not reached: ${messageOf(thrown)}`)
      return { afterMs: undefined }
    }
  }

  function failed(why: string): void {
    isFailing = true
    lastError = why
  }

  return {
    /** Queues one request. Never waits and never throws. */
    offer(event: Settled): void {
      if (closing.signal.aborted || queue.length >= limits.queueLimit) {
        counts.dropped += spansIn(event)
        return
      }
      // What is not sent is not kept either.
      queue.push(withContent ? event : { ...event, input: [], output: '' })
      if (queue.length >= limits.batchSize && !sending) void flush()
      else schedule()
    },

    flush,

    status: (): ExportStatus => ({
      endpoint: hostAndPath(url),
      state: isFailing ? 'degraded' : 'ok',
      queued: queue.length,
      ...counts,
      lastError,
    }),

    /** Tries once more for everything that waits, then gives up. */
    async close(): Promise<void> {
      closing.abort()
      await flush()
    },
  }
}

const spansIn = (event: Settled): number => 1 + event.steps.length

/** A number from 0 to 1. */
const share = (random: RandomBytes): number => Buffer.from(random(4)).readUInt32BE() / 0xffff_ffff

/** Its headers hold a key, and a collector may say back what it was sent. */
const withoutHeaders = (reason: string, headers: Secret | undefined): string =>
  Object.values(headersOf(headers))
    .flatMap((value) => [value, value.replace(/^\S+\s+/, '')])
    .reduce((said, value) => hide(said, new Secret(value)), reason)

const headersOf = (headers: Secret | undefined): Record<string, string> =>
  Object.fromEntries(
    (headers?.reveal() ?? '')
      .split(',')
      .filter((pair) => pair.includes('='))
      .map((pair) => {
        const [name = '', ...value] = pair.split('=')
        return [name.trim().toLowerCase(), decodeURIComponent(value.join('=').trim())]
      }),
  )

function hostAndPath(url: string): string {
  const { host, pathname } = new URL(url)
  return `${host}${pathname}`
}
