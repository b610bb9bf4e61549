/**
 * What the models of an application take in a month by the meter, drawn from the days that were as a forecast is. Pure.
 *
 * Invariant: without enough days, or with a request whose price nobody knows, there is no figure but a reason.
 */
import { quantile } from '../../kernel/statistics/index.ts'
import type { MeteredMonth } from '../resources/metered.ts'
import { type DayOfUse, isEnough, LEAST_DAYS, LEAST_REQUESTS, MONTH_DAYS, MOST_DAYS, monthsLike } from './forecast.ts'

export function meteredMonth(all: readonly DayOfUse[]): MeteredMonth {
  const days = all.slice(-MOST_DAYS)
  const found = { days: days.length, requests: sum(days.map(({ requests }) => requests)) }
  const unpriced = sum(days.map((day) => day.unpriced))
  const none = (says: string): MeteredMonth => ({ ...found, monthly: null, says })
  if (found.requests === 0) return none('Nothing was metered yet.')
  if (unpriced > 0) return none(`${unpriced} of ${found.requests} metered requests have no known price.`)
  if (!isEnough(found))
    return none(
      `${found.days} whole days with ${found.requests} requests are too few: ${LEAST_DAYS} days and ${LEAST_REQUESTS} requests say something.`,
    )
  const months = monthsLike(days.map(({ costUsd }) => costUsd))
  const likely = (sum(days.map(({ costUsd }) => costUsd)) / days.length) * MONTH_DAYS
  return {
    ...found,
    monthly: { low: Math.min(quantile(months, 0.05), likely), likely, high: Math.max(quantile(months, 0.95), likely) },
    says: `Models as metered over ${days.length} days, ${found.requests.toLocaleString('en-GB')} requests, at the prices of those days; the rest as planned.`,
  }
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, one) => total + one, 0)
