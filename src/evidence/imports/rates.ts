/** Rates of a report with their one-sided limits, as gates compare them. */
import type { Fact } from '../../core/evidence.ts'
import { clopperPearsonUpper, wilsonLower } from '../../kernel/statistics/index.ts'

const ONE_SIDED = { sides: 1, level: 0.95 } as const

/** A rate of failures, with its exact upper limit; unknown when nothing was tried. */
export function failureRate(failures: number, n: number): Fact {
  if (n === 0) return { value: null }
  const high = clopperPearsonUpper({ successes: failures, n })
  return { value: failures / n, n, interval: { low: 0, high, method: 'clopper-pearson', ...ONE_SIDED } }
}

/** A share of successes, with its lower limit. */
export function successShare(successes: number, n: number, minus = 0): Fact {
  if (n === 0) return { value: null }
  const low = wilsonLower({ successes, n })
  return { value: low - minus, n, interval: { low: low - minus, high: 1 - minus, method: 'wilson', ...ONE_SIDED } }
}
