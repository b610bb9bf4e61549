/**
 * OpenTelemetry ids from a stock of random bytes: asking for 24 at a time would cost a call into the system each. A trace
 * begins with the second in which it was given, by which telemetry knows one that may still be on its way to it.
 */
import type { RandomBytes } from '../kernel/random.ts'
import { type Clock, epochMs } from '../kernel/time.ts'
import { type SpanId, secondOf, type TraceId } from '../telemetry/index.ts'

const STOCK = 4096
/** Of a trace beside its second. */
const TRACE = 12
const SPAN = 8
/** The clock is read this often; a request has another way to tell how much time has passed. */
const SAME_MS = 250

/** `nowMs` goes on evenly, from any beginning. */
export type NewTrace = (nowMs: number) => { readonly traceId: TraceId; readonly spanId: SpanId }

export function createTraceIds({ random, clock }: { random: RandomBytes; clock: Clock }): NewTrace {
  let stock = Buffer.alloc(0)
  let from = 0
  let second = ''
  let readMs = Number.NEGATIVE_INFINITY
  return (nowMs) => {
    if (from + TRACE + SPAN > stock.length) {
      stock = Buffer.from(random(STOCK))
      from = 0
    }
    if (nowMs - readMs >= SAME_MS) {
      second = secondOf(epochMs(clock()))
      readMs = nowMs
    }
    const traceId = second + stock.toString('hex', from, from + TRACE)
    const spanId = stock.toString('hex', from + TRACE, from + TRACE + SPAN)
    from += TRACE + SPAN
    return { traceId, spanId }
  }
}
