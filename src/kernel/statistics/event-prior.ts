/**
 * Which risk ratios the event e-process bets on: 40 multiples of the null ratio, geometric from
 * 1.1 to 50, weighted by exp(-(ln multiple)^2 / 2). This prior gives the product's sample sizes;
 * another one is as valid, but needs other numbers of events.
 */

/** A multiple of the null risk ratio with its prior weight; the weights sum to 1. */
export type PriorPoint = {
  readonly multiple: number
  readonly weight: number
  readonly logMultiple: number
  readonly logWeight: number
}

/** The 40 points, ascending. */
export const EVENT_PRIOR: readonly PriorPoint[] = eventPrior()

function eventPrior(): readonly PriorPoint[] {
  const points = 40
  const logMultiples = Array.from(
    { length: points },
    (_, j) => Math.log(1.1) + ((Math.log(50) - Math.log(1.1)) * j) / (points - 1),
  )
  const total = logMultiples.reduce((sum, logMultiple) => sum + Math.exp(-(logMultiple ** 2) / 2), 0)
  return logMultiples.map((logMultiple) => {
    const weight = Math.exp(-(logMultiple ** 2) / 2) / total
    return { multiple: Math.exp(logMultiple), weight, logMultiple, logWeight: Math.log(weight) }
  })
}
