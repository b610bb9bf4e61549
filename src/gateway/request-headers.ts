/** The headers of a client that mean something here. */
import type { IncomingMessage } from 'node:http'
import { Failure } from '../kernel/failure.ts'
import { isRecord, metadataOf } from './protocols/parsed-request.ts'

const LONGEST_DEADLINE_MS = 600_000

/** One value that is there. */
export const headerOf = ({ headers }: IncomingMessage, name: string): string | undefined => {
  const value = headers[name]
  return typeof value === 'string' && value !== '' ? value : undefined
}

/** `airworthy-timeout-ms`: how long the client waits. */
export function deadlineOf(request: IncomingMessage): number | undefined {
  const text = headerOf(request, 'airworthy-timeout-ms')
  if (text === undefined) return undefined
  const ms = Number(text)
  if (Number.isInteger(ms) && ms > 0 && ms <= LONGEST_DEADLINE_MS) return ms
  throw new Failure(
    'invalid',
    'gateway.timeout-not-valid',
    `airworthy-timeout-ms is a whole number from 1 to ${LONGEST_DEADLINE_MS}, found ${text}.`,
  )
}

const TRACE_PARENT = /^[0-9a-f]{2}-([0-9a-f]{32})-([0-9a-f]{16})-[0-9a-f]{2}(?:-|$)/

/** The caller's span, of its `traceparent`; one that is not valid is ignored, as W3C Trace Context level 1 asks. */
export function remoteParentOf(request: IncomingMessage): { traceId: string; spanId: string } | null {
  const text = headerOf(request, 'traceparent')
  const [, traceId = '', spanId = ''] = (text !== undefined && TRACE_PARENT.exec(text)) || []
  const isValid = /[^0]/.test(traceId) && /[^0]/.test(spanId) && !text?.startsWith('ff')
  return isValid ? { traceId, spanId } : null
}

/** `airworthy-metadata`: a JSON object of texts. */
export function metadataHeader(text: string): Record<string, string> {
  try {
    const value: unknown = JSON.parse(text)
    if (isRecord(value)) return metadataOf(value)
  } catch {
    // Said below.
  }
  throw new Failure(
    'invalid',
    'gateway.metadata-not-valid',
    'airworthy-metadata is a JSON object of texts, for example {"feature":"search"}.',
  )
}
