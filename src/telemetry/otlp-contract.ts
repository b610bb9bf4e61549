/** The routes that OpenTelemetry's exporters speak to; their bodies and answers are the protocol's, not ours. */
import { z } from 'zod'
import { route } from '../wire/route.ts'

/**
 * Bytes of one OTLP request, as they are sent and unpacked. A thread whose heap is full in the middle of one built-in
 * call takes the whole process along (V8 cannot be stopped inside it), so that the worst that so many bytes can hold
 * must fit into the worker's heap.
 */
export const MAX_OTLP_BYTES = 16 * 1024 * 1024
const OTLP_TYPES = ['application/x-protobuf', 'application/json'] as const

/** The answer has the form of the request: protobuf for protobuf, JSON for JSON, also for refusals. */
export const receiveTraces = route({
  name: 'receiveTraces',
  method: 'POST',
  path: '/v1/traces',
  summary: 'Take in OpenTelemetry spans (OTLP/HTTP, protobuf or JSON, gzip too)',
  permission: 'infer',
  maxBodyBytes: MAX_OTLP_BYTES,
  protocol: 'otlp',
  accepts: OTLP_TYPES,
  gives: OTLP_TYPES,
  raw: 'bytes',
  returns: {
    200: z.object({
      partialSuccess: z.object({ rejectedSpans: z.string(), errorMessage: z.string() }).optional(),
    }),
  },
})

/** `google.rpc.Status`, the form of refusals that OpenTelemetry's exporters read. */
export const OtlpStatus = z.object({ code: z.number().int(), message: z.string() })
export type OtlpStatus = z.infer<typeof OtlpStatus>

const notTaken = <const Name extends string, const Path extends `/${string}`>(name: Name, path: Path, what: string) =>
  route({
    name,
    method: 'POST',
    path,
    summary: `Say that OpenTelemetry ${what} are not taken here, and which setting stops them`,
    permission: 'infer',
    maxBodyBytes: MAX_OTLP_BYTES,
    protocol: 'otlp',
    accepts: OTLP_TYPES,
    gives: OTLP_TYPES,
    raw: 'bytes',
    returns: { 501: OtlpStatus },
  })

export const receiveMetrics = notTaken('receiveMetrics', '/v1/metrics', 'metrics')
export const receiveLogs = notTaken('receiveLogs', '/v1/logs', 'logs')
