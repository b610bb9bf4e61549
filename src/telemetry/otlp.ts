/**
 * OTLP/HTTP in JSON to span rows. Good spans are kept when others in the same request are not, as the protocol's
 * partial success asks for; the first reasons are told.
 */
import { z } from 'zod'
import { clean } from './line.ts'
import { meaningOf } from './meaning.ts'
import { SpanId, TraceId } from './settled.ts'
import type { SpanRow } from './trace-row.ts'

/** Fields that hold lists; exporters leave out empty ones, and some send null. */
const list = z
  .array(z.unknown())
  .nullish()
  .transform((value) => value ?? [])
const Export = z.object({ resourceSpans: list })
const ResourceSpans = z.object({
  resource: z.object({ attributes: list }).nullish(),
  scopeSpans: list,
})
const ScopeSpans = z.object({ spans: list })
const KeyValue = z.object({ key: z.string(), value: z.unknown() })
const nanoseconds = z.union([z.string().regex(/^\d{1,20}$/), z.number().int().nonnegative()]).transform(String)
const lower = z.string().transform((text) => text.toLowerCase())

const OtlpSpan = z.object({
  traceId: lower.pipe(TraceId),
  spanId: lower.pipe(SpanId),
  parentSpanId: lower
    .nullish()
    .transform((id) => id || null)
    .pipe(SpanId.nullable()),
  name: z.string().default(''),
  kind: z.union([z.number(), z.string()]).default(0),
  startTimeUnixNano: nanoseconds,
  endTimeUnixNano: nanoseconds,
  attributes: list,
  events: list,
  status: z.object({ code: z.union([z.number(), z.string()]).default(0), message: z.string().optional() }).nullish(),
})
const OtlpEvent = z.object({ name: z.string().default(''), timeUnixNano: nanoseconds.default('0'), attributes: list })

const KINDS = ['internal', 'internal', 'server', 'client', 'producer', 'consumer'] as const
const CODES = ['unset', 'ok', 'error'] as const

export type Received = { readonly spans: SpanRow[]; readonly rejected: number; readonly reason: string }

/** `application` is the key's; without one the resource may name it as `airworthy.application`. */
export function spansOfOtlp(
  body: unknown,
  { organisation, application }: { organisation: string; application: string | null },
): Received | undefined {
  const request = Export.safeParse(body)
  if (!request.success) return undefined
  const spans: SpanRow[] = []
  const reasons: string[] = []
  let rejected = 0
  for (const group of request.data.resourceSpans) {
    const { resource, scopeSpans } = ResourceSpans.safeParse(group).data ?? { resource: null, scopeSpans: [] }
    const shared = attributesOf(resource?.attributes ?? [])
    const named = shared['airworthy.application']
    const owner = application ?? (typeof named === 'string' ? named : null)
    for (const scope of scopeSpans)
      for (const span of ScopeSpans.safeParse(scope).data?.spans ?? []) {
        const parsed = OtlpSpan.safeParse(span)
        if (parsed.success) spans.push(rowOf(parsed.data, { shared, organisation, application: owner }))
        else {
          rejected += 1
          const issue = parsed.error.issues[0]
          if (reasons.length < 3) reasons.push(`${issue?.path.join('.')}: ${issue?.message}`)
        }
      }
  }
  return { spans, rejected, reason: reasons.join('; ') }
}

function rowOf(
  span: z.infer<typeof OtlpSpan>,
  {
    shared,
    organisation,
    application,
  }: { shared: Record<string, unknown>; organisation: string; application: string | null },
): SpanRow {
  const own = attributesOf(span.attributes)
  const message = span.status?.message
  return {
    traceId: span.traceId,
    spanId: span.spanId,
    organisation,
    application,
    parentSpanId: span.parentSpanId,
    name: clean(span.name),
    kind:
      KINDS[enumOf(span.kind, 'SPAN_KIND_', ['UNSPECIFIED', 'INTERNAL', 'SERVER', 'CLIENT', 'PRODUCER', 'CONSUMER'])] ??
      'internal',
    startNs: span.startTimeUnixNano,
    endNs: span.endTimeUnixNano,
    status: {
      code: CODES[enumOf(span.status?.code ?? 0, 'STATUS_CODE_', ['UNSET', 'OK', 'ERROR'])] ?? 'unset',
      ...(message && { message: clean(message) }),
    },
    attributes: { ...own, ...(shared['service.name'] !== undefined && { 'service.name': shared['service.name'] }) },
    events: span.events.flatMap((event) => {
      const parsed = OtlpEvent.safeParse(event)
      if (!parsed.success) return []
      return [
        {
          name: clean(parsed.data.name),
          atNs: parsed.data.timeUnixNano,
          attributes: attributesOf(parsed.data.attributes),
        },
      ]
    }),
    meaning: meaningOf(own),
  }
}

/** OTLP's enums come as numbers, and from some exporters as names. */
const enumOf = (value: number | string, prefix: string, names: string[]): number =>
  typeof value === 'number' ? value : Math.max(0, names.indexOf(value.replace(prefix, '')))

function attributesOf(pairs: readonly unknown[]): Record<string, unknown> {
  const attributes: Record<string, unknown> = {}
  for (const pair of pairs) {
    const parsed = KeyValue.safeParse(pair)
    if (parsed.success) attributes[clean(parsed.data.key)] = plainOf(parsed.data.value)
  }
  return attributes
}

function plainOf(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return null
  const any = value as Record<string, unknown>
  if (typeof any.stringValue === 'string') return clean(any.stringValue)
  if (any.boolValue !== undefined) return Boolean(any.boolValue)
  // 64-bit integers come as strings; those that fit become numbers.
  if (any.intValue !== undefined)
    return Number.isSafeInteger(Number(any.intValue)) ? Number(any.intValue) : String(any.intValue)
  if (any.doubleValue !== undefined) return Number(any.doubleValue)
  if (typeof any.bytesValue === 'string') return any.bytesValue
  const values = (any.arrayValue as { values?: unknown } | undefined)?.values
  if (any.arrayValue !== undefined) return Array.isArray(values) ? values.map(plainOf) : []
  const fields = (any.kvlistValue as { values?: unknown } | undefined)?.values
  if (any.kvlistValue !== undefined) return attributesOf(Array.isArray(fields) ? fields : [])
  return null
}
