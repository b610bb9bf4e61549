/** How often a gate that counts passes opens, so that a gate with five cases shows what it is worth. */
import { requireCount, requireFraction, requirePart } from './argument.ts'
import { betaCdf } from './beta.ts'

/**
 * Probability that at least `atLeast` of `n` independent cases pass when each passes with
 * probability `p` (binomial tail); with `attempts` the gate may be tried again and one opening is enough.
 */
export function gatePassProbability(given: { n: number; atLeast: number; p: number; attempts?: number }): number {
  const { n, atLeast, p, attempts = 1 } = given
  requirePart({ name: 'atLeast', value: atLeast }, { name: 'n', value: n })
  requireFraction('p', p)
  requireCount({ name: 'attempts', value: attempts, least: 1 })
  const once = atLeast === 0 ? 1 : betaCdf({ x: p, a: atLeast, b: n - atLeast + 1 })
  return once === 1 ? 1 : -Math.expm1(attempts * Math.log1p(-once))
}
