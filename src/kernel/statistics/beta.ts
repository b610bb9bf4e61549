/**
 * The beta distribution: regularised incomplete beta function and its inverse.
 *
 * Own code, because jstat 1.9.6 stops its continued fraction at 3e-7 and its quantiles are
 * off from the tenth digit on; here both tails are computed, never one from the other.
 */
import { requireFraction, requirePositive } from './argument.ts'
import { logBeta } from './log-gamma.ts'

/** Where in a beta(a, b) distribution: at `x`, from 0 to 1. */
export type BetaPoint = { readonly x: number; readonly a: number; readonly b: number }

/** P(X <= x) for X of beta(a, b), a and b above 0: the regularised incomplete beta function I_x(a, b). */
export function betaCdf(at: BetaPoint): number {
  checkPoint(at)
  return Math.exp(logTails({ ...at, y: 1 - at.x }).lower)
}

/** P(X > x) for X of beta(a, b), to the last digit where it is small. */
export function betaUpperTail(at: BetaPoint): number {
  checkPoint(at)
  return Math.exp(logTails({ ...at, y: 1 - at.x }).upper)
}

/** ln P(X <= x) for X of beta(a, b); finite where the probability itself is below 1e-308. */
export function logBetaCdf(at: BetaPoint): number {
  checkPoint(at)
  return logTails({ ...at, y: 1 - at.x }).lower
}

/** x with P(X <= x) = `probability` (from 0 to 1) for X of beta(a, b). */
export const betaQuantile = (given: { probability: number; a: number; b: number }): number => betaQuantilePair(given).x

/**
 * `betaQuantile` together with its complement `y` = 1 - x; the smaller of the two is the one
 * solved for, in the smaller tail, so each keeps its digits near 0.
 */
export function betaQuantilePair(given: { probability: number; a: number; b: number }): { x: number; y: number } {
  const { probability, a, b } = given
  requireFraction('probability', probability)
  requirePositive('a', a)
  requirePositive('b', b)
  if (probability === 0) return { x: 0, y: 1 }
  if (probability === 1) return { x: 1, y: 0 }

  const tail = probability <= 0.5 ? 'lower' : 'upper'
  const logProbability = Math.log(tail === 'lower' ? probability : 1 - probability)
  const isBelowHalf = betaCdf({ x: 0.5, a, b }) >= probability
  if (isBelowHalf) {
    const x = solve({ a, b, tail, logProbability })
    return { x, y: 1 - x }
  }
  const y = solve({ a: b, b: a, tail: tail === 'lower' ? 'upper' : 'lower', logProbability })
  return { x: 1 - y, y }
}

type LogTails = { readonly lower: number; readonly upper: number }

/** ln of both tails; `y` is 1 - x, handed over apart so that neither end loses digits. */
function logTails({ x, y, a, b }: { x: number; y: number; a: number; b: number }): LogTails {
  if (x <= 0) return { lower: Number.NEGATIVE_INFINITY, upper: 0 }
  if (y <= 0) return { lower: 0, upper: Number.NEGATIVE_INFINITY }
  const [logX, logY] = x < 0.5 ? [Math.log(x), Math.log1p(-x)] : [Math.log1p(-y), Math.log(y)]
  const logFactor = a * logX + b * logY - logBeta(a, b)
  if (x < (a + 1) / (a + b + 2)) {
    const lower = logFactor + Math.log(continuedFraction({ x, a, b }) / a)
    return { lower, upper: complement(lower) }
  }
  const upper = logFactor + Math.log(continuedFraction({ x: y, a: b, b: a }) / b)
  return { lower: complement(upper), upper }
}

/** ln(1 - e^value) for value <= 0, with the rounding that lifts a value above 0 taken off. */
const complement = (value: number): number => Math.log(-Math.expm1(Math.min(value, 0)))

/** The continued fraction of the incomplete beta function (DLMF 8.17.22), by Lentz's method. */
function continuedFraction({ x, a, b }: BetaPoint): number {
  const tiny = 1e-300
  const awayFromZero = (value: number) => (Math.abs(value) < tiny ? tiny : value)
  let numerator = 1
  let denominator = 1 / awayFromZero(1 - ((a + b) * x) / (a + 1))
  let result = denominator
  const advance = (coefficient: number) => {
    denominator = 1 / awayFromZero(1 + coefficient * denominator)
    numerator = awayFromZero(1 + coefficient / numerator)
    result *= numerator * denominator
    return numerator * denominator
  }
  for (let m = 1; m <= 100_000; m += 1) {
    advance((m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m)))
    const change = advance((-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1)))
    if (Math.abs(change - 1) < 1e-16) break
  }
  return result
}

/**
 * The x up to 1/2 at which the log of the named tail is `logProbability`: Newton's iteration on
 * ln x, which halves the bracket wherever it would leave it.
 */
function solve(given: { a: number; b: number; tail: keyof LogTails; logProbability: number }): number {
  const { a, b, tail, logProbability } = given
  let low = -745
  let high = Math.log(0.5)
  let logX = Math.min(high, Math.log(a / (a + b)))
  for (let round = 0; round < 200; round += 1) {
    const x = Math.exp(logX)
    const reached = logTails({ x, y: 1 - x, a, b })[tail]
    const logDensity = (a - 1) * logX + (b - 1) * Math.log1p(-x) - logBeta(a, b)
    const slope = Math.exp(logX + logDensity - reached) * (tail === 'lower' ? 1 : -1)
    const isBelowRoot = tail === 'lower' ? reached < logProbability : reached > logProbability
    if (isBelowRoot) low = logX
    else high = logX
    const target = logX - (reached - logProbability) / slope
    const next = target > low && target < high ? target : (low + high) / 2
    const moved = Math.abs(next - logX)
    logX = next
    if (moved < 1e-15 || high - low < 1e-15) break
  }
  return Math.exp(logX)
}

function checkPoint({ x, a, b }: BetaPoint): void {
  requireFraction('x', x)
  requirePositive('a', a)
  requirePositive('b', b)
}
