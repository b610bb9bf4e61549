/**
 * How far the empirical distribution of `n` independent values may be from the true one, everywhere
 * at once, as a probability: the true quantile at level p lies between the sample quantiles at p - radius
 * and p + radius. For two arms hand half of `alpha` to each. p95 needs thousands of values per arm.
 */
import { requireCount, requireOpenFraction } from './argument.ts'

type Radius = { readonly n: number; readonly alpha?: number }

/** For every n at once: 0.85 sqrt((ln ln(e n) + 0.8 ln(1612/alpha)) / n) (Howard & Ramdas, arXiv 1906.09712, corollary 2). */
export function quantileRadius({ n, alpha = 0.05 }: Radius): number {
  requireCount({ name: 'n', value: n, least: 1 })
  requireOpenFraction('alpha', alpha)
  return 0.85 * Math.sqrt((Math.log(1 + Math.log(n)) + 0.8 * Math.log(1612 / alpha)) / n)
}

/** For one look only: sqrt(ln(2/alpha) / (2 n)) (Dvoretzky, Kiefer & Wolfowitz 1956; Massart 1990). */
export function quantileRadiusOneLook({ n, alpha = 0.05 }: Radius): number {
  requireCount({ name: 'n', value: n, least: 1 })
  requireOpenFraction('alpha', alpha)
  return Math.sqrt(Math.log(2 / alpha) / (2 * n))
}
