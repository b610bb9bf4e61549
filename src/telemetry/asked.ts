/**
 * A large request as it came, kept beside its event until that is taken in: making its conversation into text again cost
 * the thread that answers a fifth of a request of 100 KB. The worker that reads the spool does it.
 */
import { type AskedCall, turnsAsked } from '../core/asked.ts'
import type { Turn } from '../core/conversation.ts'
import { lineOf } from './line.ts'
import type { Settled } from './settled.ts'

export type Asked = {
  readonly call: AskedCall
  /** JSON, in the bytes of the client. */
  readonly body: Uint8Array
}

/** What the spool holds of one event. */
export type SpoolRecord = {
  /** The event as JSON. */
  readonly line: string
  /** Holds the input of an event that has none. */
  readonly asked?: Asked | undefined
}

export const inputOf = ({ call, body }: Asked): Turn[] =>
  turnsAsked(call, JSON.parse(Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString('utf8')))

/** The same event with what was asked in it. */
export function wholeLine({ line, asked }: SpoolRecord): string {
  if (!asked) return line
  const event = JSON.parse(line) as Settled
  return lineOf({ ...event, input: inputOf(asked) })
}
