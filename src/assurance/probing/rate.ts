/** Rates of runs with their exact limits, and what was not answered by its code; pure. */
import { clopperPearsonUpper } from '../../kernel/statistics/index.ts'
import type { ProbeError, Rate } from './contract.ts'
import type { NotAnswered } from './in-batches.ts'

const ONE_SIDED = { sides: 1, level: 0.95 } as const

/** With its exact upper limit: none of 300 is no more than 1 in 100 (Clopper and Pearson 1934). Null of nothing. */
export function rateOf({ hits, attempts }: { readonly hits: number; readonly attempts: number }): Rate | null {
  if (attempts === 0) return null
  const high = clopperPearsonUpper({ successes: hits, n: attempts })
  return {
    value: hits / attempts,
    n: attempts,
    interval: { low: 0, high, method: 'clopper-pearson', ...ONE_SIDED },
  }
}

/** Most frequent first. */
export function errorsOf(notAnswered: readonly NotAnswered[]): ProbeError[] {
  const errors = new Map<string, ProbeError>()
  for (const { error } of notAnswered) {
    const { code: what, message } = error
    errors.set(what, { what, message, count: (errors.get(what)?.count ?? 0) + 1 })
  }
  return [...errors.values()].sort((one, other) => other.count - one.count)
}
