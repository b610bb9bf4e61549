/**
 * What a month will have cost when it ends: what is spent, and for the days that are left what a day cost so far, give or
 * take what days differ by. Pure. With fewer than three whole days there is nothing to go by.
 */
export type Forecast = { readonly low: number; readonly likely: number; readonly high: number; readonly days: number }

const LEAST_DAYS = 3
/** Two-sided 95 %. */
const Z = 1.96

/**
 * @param whole micro-dollars of each whole day so far, oldest first
 * @param spent micro-dollars of the month so far
 * @param left days that are left, with the part of today
 */
export function forecastOf({
  whole,
  spent,
  left,
}: {
  whole: readonly number[]
  spent: number
  left: number
}): Forecast | undefined {
  if (whole.length < LEAST_DAYS) return undefined
  const mean = whole.reduce((sum, day) => sum + day, 0) / whole.length
  const variance = whole.reduce((sum, day) => sum + (day - mean) ** 2, 0) / (whole.length - 1)
  // Days differ from one another, and their mean is itself known only so well.
  const margin = Z * Math.sqrt(variance * left + (variance / whole.length) * left ** 2)
  const likely = spent + mean * left
  return { low: Math.max(spent, likely - margin), likely, high: likely + margin, days: whole.length }
}
