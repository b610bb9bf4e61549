/**
 * The protobuf form of OTLP 1.x traces: requests to the same plain values as their JSON form, and answers to bytes.
 * Only the messages that are read stand here; fields that are not known are skipped, as protobuf means it.
 */
import protobuf from 'protobufjs'

/** A field as `protobufjs` wants it: `name: [number, type]`, lists with `[]`. */
type Fields = Readonly<Record<string, readonly [number, string]>>

const MESSAGES: Readonly<Record<string, Fields>> = {
  ExportTraceServiceRequest: { resourceSpans: [1, 'ResourceSpans[]'] },
  ResourceSpans: { resource: [1, 'Resource'], scopeSpans: [2, 'ScopeSpans[]'] },
  Resource: { attributes: [1, 'KeyValue[]'] },
  ScopeSpans: { scope: [1, 'Scope'], spans: [2, 'Span[]'] },
  Scope: { name: [1, 'string'], version: [2, 'string'] },
  Span: {
    traceId: [1, 'bytes'],
    spanId: [2, 'bytes'],
    traceState: [3, 'string'],
    parentSpanId: [4, 'bytes'],
    name: [5, 'string'],
    kind: [6, 'int32'],
    startTimeUnixNano: [7, 'fixed64'],
    endTimeUnixNano: [8, 'fixed64'],
    attributes: [9, 'KeyValue[]'],
    events: [11, 'Event[]'],
    links: [13, 'Link[]'],
    status: [15, 'SpanStatus'],
  },
  Event: { timeUnixNano: [1, 'fixed64'], name: [2, 'string'], attributes: [3, 'KeyValue[]'] },
  Link: { traceId: [1, 'bytes'], spanId: [2, 'bytes'], traceState: [3, 'string'], attributes: [4, 'KeyValue[]'] },
  SpanStatus: { message: [2, 'string'], code: [3, 'int32'] },
  KeyValue: { key: [1, 'string'], value: [2, 'AnyValue'] },
  AnyValue: {
    stringValue: [1, 'string'],
    boolValue: [2, 'bool'],
    intValue: [3, 'int64'],
    doubleValue: [4, 'double'],
    arrayValue: [5, 'ArrayValue'],
    kvlistValue: [6, 'KeyValueList'],
    bytesValue: [7, 'bytes'],
  },
  ArrayValue: { values: [1, 'AnyValue[]'] },
  KeyValueList: { values: [1, 'KeyValue[]'] },
  ExportTraceServiceResponse: { partialSuccess: [1, 'PartialSuccess'] },
  PartialSuccess: { rejectedSpans: [1, 'int64'], errorMessage: [2, 'string'] },
  Status: { code: [1, 'int32'], message: [2, 'string'] },
}

const root = protobuf.Root.fromJSON({
  nested: Object.fromEntries(
    Object.entries(MESSAGES).map(([name, fields]) => [
      name,
      {
        fields: Object.fromEntries(
          Object.entries(fields).map(([field, [id, type]]) => [
            field,
            type.endsWith('[]') ? { id, type: type.slice(0, -2), rule: 'repeated' } : { id, type },
          ]),
        ),
        // What was sent last of these counts, and a false, a zero or an empty text that was sent is not lost.
        ...(name === 'AnyValue' && { oneofs: { value: { oneof: Object.keys(fields) } } }),
      },
    ]),
  ),
})

/**
 * The request as its JSON form would be: ids in hexadecimal, times as decimal text. Other bytes stay bytes, and integers
 * of attributes stay objects that tell their number as text. Throws for bytes that are no such message.
 */
export function decodeTraces(bytes: Uint8Array): unknown {
  const type = root.lookupType('ExportTraceServiceRequest')
  // Its bytes are read as they are here: made into text by the library, an id or a time costs several times as much.
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const request = type.toObject(type.decode(buffer), { bytes: Buffer }) as {
    resourceSpans?: { scopeSpans?: { spans?: Coded[] }[] }[]
  }
  for (const { scopeSpans = [] } of request.resourceSpans ?? [])
    for (const { spans = [] } of scopeSpans)
      for (const span of spans) {
        inText(span)
        for (const link of span.links ?? []) inText(link)
        for (const event of span.events ?? []) inText(event)
      }
  return { resourceSpans: [], ...request }
}

/** Traces in the JSON form, ids as bytes, as protobuf: what is sent on. */
export const encodeTraces = (request: object): Uint8Array => encode('ExportTraceServiceRequest', request)

/** How many spans a collector refused, and why, of its answer; nothing when the bytes are no such answer. */
export function decodeAnswer(bytes: Uint8Array): { rejected: number; reason: string } {
  const type = root.lookupType('ExportTraceServiceResponse')
  try {
    const { partialSuccess } = type.toObject(type.decode(bytes), { longs: Number }) as {
      partialSuccess?: { rejectedSpans?: number; errorMessage?: string }
    }
    return { rejected: partialSuccess?.rejectedSpans ?? 0, reason: partialSuccess?.errorMessage ?? '' }
  } catch {
    return { rejected: 0, reason: '' }
  }
}

/** What a successful request is answered. */
export const encodeAnswer = (answer: object): Uint8Array => encode('ExportTraceServiceResponse', answer)

/** `google.rpc.Status`, the body of every refusal. */
export const encodeStatus = (status: { code: number; message: string }): Uint8Array => encode('Status', status)

const IDS = ['traceId', 'spanId', 'parentSpanId'] as const
const TIMES = ['startTimeUnixNano', 'endTimeUnixNano', 'timeUnixNano'] as const
/** 64 bits as the library keeps them. */
type Bits = { readonly low: number; readonly high: number }
type Coded = Partial<Record<(typeof IDS)[number], Buffer | string> & Record<(typeof TIMES)[number], Bits | string>> & {
  links?: Coded[]
  events?: Coded[]
}

const encode = (name: string, value: object): Uint8Array => {
  const type = root.lookupType(name)
  return type.encode(type.fromObject(value)).finish()
}

function inText(coded: Coded): void {
  for (const name of IDS) {
    const id = coded[name]
    if (Buffer.isBuffer(id)) coded[name] = id.toString('hex')
  }
  for (const name of TIMES) {
    const time = coded[name]
    if (typeof time === 'object') coded[name] = String((BigInt(time.high >>> 0) << 32n) | BigInt(time.low >>> 0))
  }
}
