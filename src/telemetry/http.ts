/** Routes of telemetry, bound to its verbs. */
import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'
import { Failure } from '../kernel/failure.ts'
import { handle } from '../wire/handle.ts'
import { reply } from '../wire/route.ts'
import {
  getTelemetryStatus,
  getTrace,
  getUsage,
  listFeedback,
  listTraces,
  receiveTraces,
  recordFeedback,
} from './contract.ts'
import type { Telemetry } from './telemetry.ts'

const MAX_SENT_BYTES = 16 * 1024 * 1024
const MAX_BYTES = 64 * 1024 * 1024

export const telemetryHttp = (telemetry: Telemetry) => [
  handle(listTraces, async ({ query: { cursor, limit, ...filter }, caller }) =>
    reply(200, await telemetry.list({ caller, filter, cursor, limit })),
  ),
  handle(getTrace, async ({ params, caller }) => reply(200, await telemetry.get({ caller, traceId: params.id }))),
  handle(receiveTraces, async ({ request, caller }) => {
    const { rejected, reason } = await telemetry.receive({ caller, text: await otlpText(request) })
    return reply(
      200,
      rejected === 0 ? {} : { partialSuccess: { rejectedSpans: String(rejected), errorMessage: reason } },
    )
  }),
  handle(recordFeedback, async ({ body, caller }) =>
    reply(201, await telemetry.recordFeedback({ caller, draft: body })),
  ),
  handle(listFeedback, async ({ params, caller }) =>
    reply(200, { items: await telemetry.history({ caller, traceId: params.id }) }),
  ),
  handle(getUsage, async ({ params, query, caller }) =>
    reply(200, await telemetry.usage({ caller, application: params.name, ...query })),
  ),
  handle(getTelemetryStatus, async () => reply(200, telemetry.recorder.status())),
]

async function otlpText(request: Request): Promise<string> {
  const type = request.headers.get('content-type') ?? 'application/json'
  if (!type.startsWith('application/json'))
    throw new Failure(
      'invalid',
      'telemetry.otlp-not-json',
      `Spans are taken as JSON, found ${type}. Set OTEL_EXPORTER_OTLP_PROTOCOL=http/json.`,
    )
  const sent = await bytesOf(request)
  if (request.headers.get('content-encoding') !== 'gzip') return sent.toString('utf8')
  try {
    return (await promisify(gunzip)(sent, { maxOutputLength: MAX_BYTES })).toString('utf8')
  } catch (cause) {
    if ((cause as { code?: unknown }).code === 'ERR_BUFFER_TOO_LARGE') throw tooLarge()
    throw new Failure('invalid', 'telemetry.otlp-not-gzip', 'The body says it is gzip and is not.', { cause })
  }
}

async function bytesOf(request: Request): Promise<Buffer> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of request.body ?? []) {
    size += chunk.byteLength
    if (size > MAX_SENT_BYTES) throw tooLarge()
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

const tooLarge = () =>
  new Failure(
    'too-large',
    'telemetry.otlp-too-large',
    'A request may have 16 MB, 64 MB unpacked. Send smaller batches.',
  )
