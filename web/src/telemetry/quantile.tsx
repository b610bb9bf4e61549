/** A quantile of times, with its interval and n below it. */
import type { Spread } from '../../../sdk/index.ts'
import { duration } from '../data/format.ts'
import { say } from '../words/say.ts'

export function Quantile({ of, at }: { of: Spread | null; at: 'p50' | 'p95' | 'p99' }) {
  if (of === null) return <span className="text-muted">{say('quantile.none')}</span>
  const { value, low, high } = of[at]
  return (
    <>
      {duration(value)}
      <p className="whitespace-nowrap text-muted">
        {low === null || high === null
          ? say('quantile.n-no-interval', { count: of.n })
          : `${duration(low)} – ${duration(high)}, n ${of.n}`}
      </p>
    </>
  )
}
