/** ln of a sum of exponentials, for products that overflow a double. */

/** ln(sum of e^x) over `values`; -Infinity for an empty list. */
export function logSumExp(values: readonly number[]): number {
  const largest = values.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY)
  if (!Number.isFinite(largest)) return largest
  return largest + Math.log(values.reduce((sum, value) => sum + Math.exp(value - largest), 0))
}
