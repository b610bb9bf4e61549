/**
 * Settled requests as one OTLP request. What was said stays here unless it is asked for: messages, queries and
 * arguments are left out, and so is whoever asked.
 */
import type { Span } from '../contract.ts'
import { encodeTraces } from '../otlp-protobuf.ts'
import type { Settled } from '../settled.ts'
import { spansOfRequest } from '../spans.ts'

/** A batch in protobuf, and how many spans are in it. */
export function requestOf(
  events: readonly Settled[],
  { withContent, version }: { withContent: boolean; version: string },
): { bytes: Uint8Array; spans: number } {
  const spans = events.flatMap((event) =>
    spansOfRequest(rowOf(event)).map((span) => otlpSpan(event, span, withContent)),
  )
  const resource = { attributes: keyValues({ 'service.name': 'airworthy', 'service.version': version }) }
  const scopeSpans = [{ scope: { name: 'airworthy', version }, spans }]
  return { bytes: encodeTraces({ resourceSpans: [{ resource, scopeSpans }] }), spans: spans.length }
}

/** The row that the database would give back. */
const rowOf = ({ usage, ...event }: Settled) => ({
  ...event,
  ...usage,
  source: 'gateway' as const,
  question: '',
})

const KINDS = { internal: 1, server: 2, client: 3, producer: 4, consumer: 5 } as const
const CODES = { unset: 0, ok: 1, error: 2 } as const

const parentOf = (spanId: string | undefined) => spanId !== undefined && { parentSpanId: Buffer.from(spanId, 'hex') }

/** A caller that sent its `traceparent` finds our spans in its own trace there. */
const otlpSpan = ({ traceId, remoteParent }: Settled, span: Span, withContent: boolean) => ({
  traceId: Buffer.from(remoteParent?.traceId ?? traceId, 'hex'),
  spanId: Buffer.from(span.spanId, 'hex'),
  ...parentOf(span.parentSpanId ?? remoteParent?.spanId),
  name: span.name,
  kind: KINDS[span.kind],
  startTimeUnixNano: span.startNs,
  endTimeUnixNano: span.endNs,
  attributes: keyValues(span.attributes, withContent ? () => true : isNoContent),
  events: span.events.map(({ name, atNs, attributes }) => ({
    name,
    timeUnixNano: atNs,
    attributes: keyValues(attributes),
  })),
  status: {
    code: CODES[span.status.code],
    // A message of a step may quote what it was given; its code says enough.
    ...(span.status.message && { message: withContent ? span.status.message : span.status.message.split(': ', 1)[0] }),
  },
})

/** Attributes of ours that hold words of people or of documents. */
const CONTENT: ReadonlySet<string> = new Set([
  'gen_ai.system_instructions',
  'gen_ai.input.messages',
  'gen_ai.output.messages',
  'gen_ai.retrieval.query.text',
  'gen_ai.tool.definitions',
  'gen_ai.tool.call.arguments',
  'gen_ai.tool.call.result',
  'user.id',
])

/** Known content stays, and so does all that callers may write themselves. */
const isNoContent = (name: string): boolean => !CONTENT.has(name) && !name.startsWith('airworthy.metadata.')

const keyValues = (attributes: Readonly<Record<string, unknown>>, keep: (name: string) => boolean = () => true) =>
  Object.entries(attributes)
    .filter(([name, value]) => value !== null && value !== undefined && keep(name))
    .map(([key, value]) => ({ key, value: anyValue(value) }))

/** Lists of plain values stay lists; deeper structures become JSON text, which every backend can show. */
function anyValue(value: unknown): object {
  if (typeof value === 'string') return { stringValue: value }
  if (typeof value === 'boolean') return { boolValue: value }
  if (typeof value === 'number') return Number.isSafeInteger(value) ? { intValue: value } : { doubleValue: value }
  if (Array.isArray(value) && value.every((item) => typeof item !== 'object'))
    return { arrayValue: { values: value.map(anyValue) } }
  return { stringValue: JSON.stringify(value) }
}
