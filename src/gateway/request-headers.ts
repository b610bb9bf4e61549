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
