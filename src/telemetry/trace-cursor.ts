/** Where a list of traces goes on: after this one. */
import { Failure } from '../kernel/failure.ts'
import { Instant } from '../kernel/time.ts'
import { TraceId } from './settled.ts'

export type TraceCursor = { at: Instant; traceId: TraceId }

export const textOfCursor = ({ at, traceId }: TraceCursor): string => `${at}~${traceId}`

export function cursorOf(text: string): TraceCursor {
  const [at, traceId] = text.split('~')
  const cursor = { at: Instant.safeParse(at), traceId: TraceId.safeParse(traceId) }
  if (cursor.at.success && cursor.traceId.success) return { at: cursor.at.data, traceId: cursor.traceId.data }
  throw new Failure(
    'invalid',
    'telemetry.cursor-not-valid',
    'The cursor is not one of ours. Take it from `next` of the page before.',
  )
}
