/**
 * OTLP over HTTP: bytes in, an answer in the form of the request. Refusals are `google.rpc.Status` documents, and
 * their status says to exporters whether to send again (429, 502, 503, 504) or to drop (all others).
 */
import { Failure, type FailureKind } from '../kernel/failure.ts'
import type { Caller } from '../wire/caller.ts'
import { handle } from '../wire/handle.ts'
import { STATUS } from '../wire/problem.ts'
import type { OtlpFormat } from './otlp-batch.ts'
import { MAX_OTLP_BYTES, type OtlpStatus, receiveLogs, receiveMetrics, receiveTraces } from './otlp-contract.ts'
import { encodeAnswer, encodeStatus } from './otlp-protobuf.ts'
import type { Telemetry } from './telemetry.ts'

export const otlpHttp = (telemetry: Pick<Telemetry, 'receive'>) => [
  handle(receiveTraces, ({ request, caller }) => answerTraces({ telemetry, request, caller })),
  handle(receiveMetrics, async ({ request }) => notTaken(request, 'metrics')),
  handle(receiveLogs, async ({ request }) => notTaken(request, 'logs')),
]

async function answerTraces({
  telemetry,
  request,
  caller,
}: {
  telemetry: Pick<Telemetry, 'receive'>
  request: Request
  caller: Caller
}): Promise<Response> {
  const format = formatOf(request)
  if (!format) return notSupported(`the content type ${request.headers.get('content-type') ?? '(none)'}`)
  const encoding = request.headers.get('content-encoding') ?? 'identity'
  if (encoding !== 'gzip' && encoding !== 'identity') return notSupported(`the content encoding ${encoding}`)
  try {
    const { rejected, reason } = await telemetry.receive({
      caller,
      bytes: await bytesOf(request),
      format,
      isGzip: encoding === 'gzip',
    })
    const partialSuccess = { rejectedSpans: String(rejected), errorMessage: reason }
    const body = rejected === 0 ? {} : { partialSuccess }
    return answer(200, format, format === 'protobuf' ? encodeAnswer(body) : JSON.stringify(body))
  } catch (thrown) {
    if (!(thrown instanceof Failure)) throw thrown
    return refusal(STATUS[thrown.kind], format, statusOf(thrown), thrown.facts.retryAfterMs)
  }
}

/** Not 404: the address is right, the signal is not. Exporters do not send it again. */
const notTaken = (request: Request, what: 'metrics' | 'logs'): Response =>
  refusal(501, formatOf(request) ?? 'json', {
    code: UNIMPLEMENTED,
    message: `telemetry.otlp-signal-not-taken: Airworthy takes traces, not ${what}. Set OTEL_${what.toUpperCase()}_EXPORTER=none here, or send them to a collector.`,
  })

const notSupported = (what: string): Response =>
  refusal(415, 'json', {
    code: INVALID_ARGUMENT,
    message: `telemetry.otlp-not-supported: Spans are taken as application/x-protobuf or application/json, plain or gzip; found ${what}. Set OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf.`,
  })

/** Codes of `google.rpc.Code`. */
const INVALID_ARGUMENT = 3
const UNIMPLEMENTED = 12
const CODES: Readonly<Record<FailureKind, number>> = {
  invalid: INVALID_ARGUMENT,
  unauthenticated: 16,
  forbidden: 7,
  unknown: 5,
  conflict: 9,
  outdated: 9,
  // FAILED_PRECONDITION.
  unmet: 9,
  'too-large': 8,
  limited: 8,
  unavailable: 14,
}

const statusOf = (failure: Failure): OtlpStatus => ({
  code: CODES[failure.kind],
  message: `${failure.code}: ${failure.message}`,
})

function refusal(status: number, format: OtlpFormat, body: OtlpStatus, retryAfterMs?: unknown): Response {
  const response = answer(status, format, format === 'protobuf' ? encodeStatus(body) : JSON.stringify(body))
  if (typeof retryAfterMs === 'number') response.headers.set('retry-after', String(Math.ceil(retryAfterMs / 1000)))
  return response
}

const answer = (status: number, format: OtlpFormat, body: string | Uint8Array): Response =>
  new Response(typeof body === 'string' ? body : new Uint8Array(body), {
    status,
    headers: {
      'content-type': format === 'protobuf' ? 'application/x-protobuf' : 'application/json',
      'cache-control': 'no-store',
    },
  })

function formatOf(request: Request): OtlpFormat | undefined {
  const type = request.headers.get('content-type')?.split(';', 1)[0]?.trim().toLowerCase() ?? ''
  if (type === 'application/x-protobuf') return 'protobuf'
  return type === 'application/json' ? 'json' : undefined
}

async function bytesOf(request: Request): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of request.body ?? []) {
    size += chunk.byteLength
    if (size > MAX_OTLP_BYTES) throw tooLarge()
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

const tooLarge = () =>
  new Failure('too-large', 'telemetry.otlp-too-large', 'A request may have 16 MB as sent. Send smaller batches.')
