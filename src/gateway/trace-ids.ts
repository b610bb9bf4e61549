/** OpenTelemetry ids from a stock of random bytes: asking for 24 at a time would cost a call into the system each. */
import type { RandomBytes } from '../kernel/random.ts'
import type { SpanId, TraceId } from '../telemetry/index.ts'

const STOCK = 4096
const TRACE = 16
const SPAN = 8

export type NewTrace = () => { readonly traceId: TraceId; readonly spanId: SpanId }

export function createTraceIds(random: RandomBytes): NewTrace {
  let stock = Buffer.alloc(0)
  let from = 0
  return () => {
    if (from + TRACE + SPAN > stock.length) {
      stock = Buffer.from(random(STOCK))
      from = 0
    }
    const traceId = stock.toString('hex', from, from + TRACE)
    const spanId = stock.toString('hex', from + TRACE, from + TRACE + SPAN)
    from += TRACE + SPAN
    return { traceId, spanId }
  }
}
