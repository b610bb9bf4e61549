/**
 * One OTLP request, in its JSON form, to span rows. Good spans are kept when others in the same request are not, as the protocol's
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
const ScopeSpans = z.object({
  scope: z.object({ name: z.string().default(''), version: z.string().default('') }).nullish(),
  spans: list,
})
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
  links: list,
  status: z.object({ code: z.union([z.number(), z.string()]).default(0), message: z.string().optional() }).nullish(),
})
const OtlpLink = z.object({ traceId: lower.pipe(TraceId), spanId: lower.pipe(SpanId), attributes: list })
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
    for (const sent of scopeSpans) {
      const { scope = null, spans: found } = ScopeSpans.safeParse(sent).data ?? { scope: null, spans: [] }
      const origin: Origin = { organisation, application: owner, resource: shared, scope: scopeOf(scope) }
      for (const span of found) {
        if (isUsual(span)) {
          spans.push(rowOf(span, origin))
          continue
        }
        const parsed = OtlpSpan.safeParse(span)
        if (parsed.success) spans.push(rowOf(parsed.data, origin))
        else {
          rejected += 1
          const issue = parsed.error.issues[0]
          if (reasons.length < 3) reasons.push(`${issue?.path.join('.')}: ${issue?.message}`)
        }
      }
    }
  }
  return { spans, rejected, reason: reasons.join('; ') }
}

type OtlpSpan = z.infer<typeof OtlpSpan>
/** As the schema would give it back; what exporters leave out when it is empty may be missing. */
type UsualSpan = Omit<OtlpSpan, 'parentSpanId' | 'events' | 'links'> &
  Partial<Pick<OtlpSpan, 'parentSpanId' | 'events' | 'links'>>

/** Whether a span is as nearly all are, looked at by hand: the schema takes a quarter of the time of reading a span. */
function isUsual(value: unknown): value is UsualSpan {
  if (typeof value !== 'object' || value === null) return false
  const { traceId, spanId, parentSpanId, name, kind, startTimeUnixNano, endTimeUnixNano, ...rest } =
    value as Partial<UsualSpan>
  return (
    isText(traceId, TRACE_ID) &&
    isText(spanId, SPAN_ID) &&
    (parentSpanId === undefined || isText(parentSpanId, SPAN_ID)) &&
    typeof name === 'string' &&
    typeof kind === 'number' &&
    isText(startTimeUnixNano, NANOSECONDS) &&
    isText(endTimeUnixNano, NANOSECONDS) &&
    Array.isArray(rest.attributes) &&
    isListOrNone(rest.events) &&
    isListOrNone(rest.links) &&
    isUsualStatus(rest.status)
  )
}

const TRACE_ID = /^[0-9a-f]{32}$/
const SPAN_ID = /^[0-9a-f]{16}$/
const NANOSECONDS = /^\d{1,20}$/
const isText = (value: unknown, form: RegExp): boolean => typeof value === 'string' && form.test(value)
const isListOrNone = (value: unknown): boolean => value === undefined || Array.isArray(value)

/** Some exporters always send one, most only when something failed. */
const isUsualStatus = (status: Partial<NonNullable<OtlpSpan['status']>> | null | undefined): boolean =>
  status === undefined ||
  (typeof status === 'object' &&
    status !== null &&
    typeof status.code === 'number' &&
    (status.message === undefined || typeof status.message === 'string'))

type Origin = Pick<SpanRow, 'organisation' | 'application' | 'resource' | 'scope'>

const scopeOf = (scope: { name: string; version: string } | null): SpanRow['scope'] =>
  scope && { name: clean(scope.name), version: clean(scope.version) }

function rowOf({ events: sentEvents = [], links = [], ...span }: UsualSpan, origin: Origin): SpanRow {
  const attributes = attributesOf(span.attributes)
  const message = span.status?.message
  const service = origin.resource['service.name']
  const events = sentEvents.flatMap((event) => {
    const parsed = OtlpEvent.safeParse(event)
    if (!parsed.success) return []
    const { name, timeUnixNano, attributes } = parsed.data
    return [{ name: clean(name), atNs: timeUnixNano, attributes: attributesOf(attributes) }]
  })
  return {
    traceId: span.traceId,
    spanId: span.spanId,
    ...origin,
    parentSpanId: span.parentSpanId ?? null,
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
    attributes: { ...attributes, ...(service !== undefined && { 'service.name': service }) },
    events,
    links: links.flatMap((link) => {
      const parsed = OtlpLink.safeParse(link)
      return parsed.success ? [{ ...parsed.data, attributes: attributesOf(parsed.data.attributes) }] : []
    }),
    meaning: meaningOf(attributes, events),
  }
}

/** OTLP's enums come as numbers, and from some exporters as names. */
const enumOf = (value: number | string, prefix: string, names: string[]): number =>
  typeof value === 'number' ? value : Math.max(0, names.indexOf(value.replace(prefix, '')))

/** Deeper values are cut off: nobody reads them, and a hostile one would exhaust the stack. */
const DEEPEST = 32

/** Looked at by hand: a schema for each pair costs more than all else that is done with a span. */
function attributesOf(pairs: readonly unknown[], depth = 0): Record<string, unknown> {
  const attributes: Record<string, unknown> = {}
  for (const pair of pairs) {
    if (typeof pair !== 'object' || pair === null) continue
    const { key, value } = pair as { key?: unknown; value?: unknown }
    if (typeof key !== 'string') continue
    const name = clean(key)
    const plain = plainOf(value, depth)
    if (name === '__proto__') Object.defineProperty(attributes, name, { value: plain, ...ORDINARY })
    else attributes[name] = plain
  }
  return attributes
}

const ORDINARY = { writable: true, enumerable: true, configurable: true }

function plainOf(value: unknown, depth: number): unknown {
  if (typeof value !== 'object' || value === null || depth > DEEPEST) return null
  const any = value as Record<string, unknown>
  if (typeof any.stringValue === 'string') return clean(any.stringValue)
  if (any.boolValue !== undefined) return Boolean(any.boolValue)
  // 64-bit integers come as strings; those that fit become numbers.
  if (any.intValue !== undefined)
    return Number.isSafeInteger(Number(any.intValue)) ? Number(any.intValue) : String(any.intValue)
  if (any.doubleValue !== undefined) return doubleOf(any.doubleValue)
  if (typeof any.bytesValue === 'string') return any.bytesValue
  if (any.bytesValue instanceof Uint8Array) return Buffer.from(any.bytesValue).toString('base64')
  const values = (any.arrayValue as { values?: unknown } | undefined)?.values
  if (any.arrayValue !== undefined) return Array.isArray(values) ? values.map((item) => plainOf(item, depth + 1)) : []
  const fields = (any.kvlistValue as { values?: unknown } | undefined)?.values
  if (any.kvlistValue !== undefined) return attributesOf(Array.isArray(fields) ? fields : [], depth + 1)
  return null
}

/** What JSON has no number for (`NaN`, `Infinity`) stays a text. */
const doubleOf = (value: unknown): number | string => (Number.isFinite(Number(value)) ? Number(value) : String(value))
