/**
 * Adjusted p-values for several tests at once, in the order given and capped at 1 (R's p.adjust): an adjusted value
 * of at most alpha is a finding at alpha over the whole family.
 */
import { requireFraction } from './argument.ts'

/** Holm 1979: holds the chance of any false finding, under any dependence. */
export function holm(p: readonly number[]): number[] {
  const order = inOrder(p)
  const adjusted = new Array<number>(p.length).fill(1)
  let most = 0
  order.forEach(({ value, at }, rank) => {
    most = Math.max(most, Math.min(1, value * (p.length - rank)))
    adjusted[at] = most
  })
  return adjusted
}

/** Benjamini & Hochberg 1995: holds the share of false findings, for independent or positively dependent tests. */
export function benjaminiHochberg(p: readonly number[]): number[] {
  const order = inOrder(p)
  const adjusted = new Array<number>(p.length).fill(1)
  let least = 1
  for (const [rank, { value, at }] of [...order.entries()].reverse()) {
    least = Math.min(least, (value * p.length) / (rank + 1))
    adjusted[at] = least
  }
  return adjusted
}

function inOrder(p: readonly number[]): { value: number; at: number }[] {
  for (const [at, value] of p.entries()) requireFraction(`p[${at}]`, value)
  return p.map((value, at) => ({ value, at })).sort((one, other) => one.value - other.value)
}
