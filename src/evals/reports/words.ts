/** Figures as reports write them. */
import type { Interval } from '../../core/evidence.ts'
import type { Comparison } from '../results.ts'

/** Whole for large numbers, three digits after the point for shares. */
export const figure = (value: number | null): string =>
  value === null
    ? '–'
    : Math.abs(value) >= 100 || Number.isInteger(value)
      ? String(Math.round(value))
      : value.toFixed(3)

export const range = (interval: Pick<Interval, 'low' | 'high'> | null): string =>
  interval ? `${figure(interval.low)} to ${figure(interval.high)}` : ''

/** `+0.120 (0.031 to 0.209)`. */
export const difference = ({ difference: value, interval }: Comparison): string =>
  value === null ? '–' : `${value > 0 ? '+' : ''}${figure(value)}${interval ? ` (${range(interval)})` : ''}`

/** The verdict, and how many pairs would decide where it is undecided. */
export const verdictWords = ({ verdict, neededN, nonInferior }: Comparison): string =>
  verdict === 'undecided'
    ? `undecided${nonInferior === true ? ', not inferior' : ''}${neededN === null ? '' : `, n ${neededN} would decide`}`
    : verdict

export const dollars = (microUsd: string | null): string => {
  if (microUsd === null) return 'not known'
  const usd = Number(microUsd) / 1_000_000
  return usd === 0 ? '$0' : `$${usd >= 1 ? usd.toFixed(2) : usd.toPrecision(2)}`
}
