/**
 * A confidence sequence for the mean of bounded values: an interval that holds at every look at once, for any sample
 * size and without assumptions on the shape (empirical Bernstein with predictable plug-in; Waudby-Smith & Ramdas,
 * "Estimating means of bounded random variables by betting", 2023, theorem 2). Wider than an interval that is looked at
 * once, which is the price of looking whenever one likes.
 */
import { requireOpenFraction } from './argument.ts'
import type { Interval } from './interval.ts'

export type BoundedSequence = {
  /** Takes the next value, from `low` to `high` of the plan; throws RangeError outside. */
  add(value: number): void
  /** What holds now: the intersection of all intervals so far. The whole range before the first value. */
  interval(): Interval
  readonly n: number
}

/** Largest bet; 1/2 as in the paper. */
const MOST = 0.5

export function boundedSequence({
  low = 0,
  high = 1,
  alpha = 0.05,
}: {
  low?: number
  high?: number
  /** Chance that the sequence ever leaves out the mean, on two sides. */
  alpha?: number
} = {}): BoundedSequence {
  requireOpenFraction('alpha', alpha)
  if (!(low < high)) throw new RangeError(`low must be below high, but they are ${low} and ${high}.`)
  const range = high - low
  const logTerm = Math.log(2 / alpha)
  let n = 0
  let mean = 0.5
  let variance = 0.25
  let sum = 0
  let squares = 0
  let bets = 0
  let weighted = 0
  let cost = 0
  let lower = 0
  let upper = 1
  return {
    get n() {
      return n
    },
    add(value) {
      if (!(value >= low && value <= high))
        throw new RangeError(`value must lie between ${low} and ${high}, but it is ${value}.`)
      const x = (value - low) / range
      n++
      const bet = Math.min(MOST, Math.sqrt((2 * logTerm) / (variance * n * Math.log(1 + n))))
      bets += bet
      weighted += bet * x
      // 4 (x - mean before)^2 times psi(bet) = (-ln(1 - bet) - bet) / 4.
      cost += (x - mean) ** 2 * (-Math.log1p(-bet) - bet)
      const halfWidth = (logTerm + cost) / bets
      lower = Math.max(lower, weighted / bets - halfWidth)
      upper = Math.min(upper, weighted / bets + halfWidth)
      sum += x
      mean = (0.5 + sum) / (n + 1)
      squares += (x - mean) ** 2
      variance = (0.25 + squares) / (n + 1)
    },
    interval: () => ({ low: low + range * lower, high: low + range * upper }),
  }
}
