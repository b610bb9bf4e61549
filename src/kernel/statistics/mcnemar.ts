/** McNemar's test: do two systems differ on the same cases? Only the cases on which they disagree count. */
import { requireCount } from './argument.ts'
import { betaCdf } from './beta.ts'
import { logGamma } from './log-gamma.ts'

/**
 * Two-sided p-values from the numbers of cases that `onlyFirst` and `onlySecond` got right.
 * `exactP` = min(1, 2 P(X <= smaller)) for X of binomial(n, 1/2); `midP` (Fagerland, Lydersen &
 * Laake 2013) takes off P(X = smaller), is closer to its level and therefore more powerful.
 * Without a disagreement both are 1.
 */
export function mcnemar({ onlyFirst, onlySecond }: { onlyFirst: number; onlySecond: number }): {
  exactP: number
  midP: number
} {
  requireCount({ name: 'onlyFirst', value: onlyFirst })
  requireCount({ name: 'onlySecond', value: onlySecond })
  const n = onlyFirst + onlySecond
  if (n === 0) return { exactP: 1, midP: 1 }

  const smaller = Math.min(onlyFirst, onlySecond)
  const atSmaller = Math.exp(logGamma(n + 1) - logGamma(smaller + 1) - logGamma(n - smaller + 1) - n * Math.LN2)
  if (onlyFirst === onlySecond) return { exactP: 1, midP: 1 - atSmaller }
  const exactP = Math.min(1, 2 * betaCdf({ x: 0.5, a: n - smaller, b: smaller + 1 }))
  return { exactP, midP: exactP - atSmaller }
}
