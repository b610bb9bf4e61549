/**
 * What an application will cost in a month: from metered days once there are enough, else from stated volumes and what
 * one answer costs. A forecast says how wrong one like it was. Pure; the same days and seed give the same figures.
 *
 * Invariant: what is not known is null and named; it is never nothing.
 */
import { z } from 'zod'
import { Digest } from '../../kernel/digest.ts'
import { seededRandom } from '../../kernel/random.ts'
import { quantile } from '../../kernel/statistics/index.ts'
import { Instant } from '../../kernel/time.ts'
import type { Volumes } from '../resources/resources.ts'
import { Saving } from './saving.ts'

const Missed = z.object({
  /** Days over which it was held against what was metered. */
  days: z.number().int(),
  /** Both for those days, in dollars. */
  forecastUsd: z.number(),
  actualUsd: z.number(),
  /** By what share of the actual the forecast was off; null when nothing was spent. */
  share: z.number().nullable(),
  /** The actual did not exceed the bad case. */
  isWithinP90: z.boolean(),
})

export const Forecast = z.object({
  /** metered: fitted on days that were; stated: on volumes that somebody expects; none: neither is there. */
  basis: z.enum(['metered', 'stated', 'none']),
  says: z.string(),
  /** Dollars in the next 30 days: half of the outcomes lie below the first, nine of ten below the second. */
  p50Usd: z.number().nullable(),
  p90Usd: z.number().nullable(),
  requestsPerDay: z.number().nullable(),
  /** What one answer costs, in dollars. */
  answerUsd: z.number().nullable(),
  /** metered: of requests that were; estimated: from the tokens that will be sent, at today's prices. */
  answerFrom: z.enum(['metered', 'estimated']).nullable(),
  /** Whole days that were metered. */
  days: z.number().int(),
  /** A month's, in dollars; null when nobody set one. */
  budgetUsd: z.number().nullable(),
  p90OfBudget: z.number().nullable(),
  /** The last days forecast from those before them. */
  error: Missed.nullable(),
  /** What the newest forecast that was recorded a week ago or more came to. */
  earlier: Missed.extend({ at: Instant }).nullable(),
  priceBook: z.object({ name: z.string(), digest: Digest }),
  /** What prices were multiplied by. */
  priceFactor: z.number(),
  /** What would cost less, to be proved not worse before anything changes. */
  savings: z.array(Saving),
})
export type Forecast = z.infer<typeof Forecast>

export type DayOfUse = {
  /** `2026-03-01` */
  readonly day: string
  readonly requests: number
  readonly costUsd: number
  /** Requests whose price nobody knows. */
  readonly unpriced: number
}

type Range = Pick<Forecast, 'p50Usd' | 'p90Usd'>
type Answer = { readonly usd: number; readonly from: 'metered' | 'estimated' }

export const MONTH_DAYS = 30
const WEEK = 7
const DRAWS = 2000
/** Fewer metered days say less than what people expect. */
export const LEAST_DAYS = 7
export const LEAST_REQUESTS = 30
/** Older days are another product. */
export const MOST_DAYS = 56
/** Normal quantile of 0.95: what people give as a range is taken to hold nine of ten cases. */
const Z95 = 1.645

export function forecastOf({
  days: all,
  volumes,
  answer,
  priceFactor,
  seed = 1,
}: {
  days: readonly DayOfUse[]
  volumes: Volumes | null | undefined
  answer: Answer | null
  priceFactor: number
  seed?: number
}): Pick<Forecast, 'basis' | 'says' | 'requestsPerDay' | 'answerUsd' | 'answerFrom' | 'days' | 'error'> & Range {
  const days = all.slice(-MOST_DAYS)
  const requests = sum(days.map((day) => day.requests))
  const unpriced = sum(days.map((day) => day.unpriced))
  const isMetered = isEnough({ days: days.length, requests }) && unpriced === 0
  const growth = volumes?.growthPerMonth ?? 0
  const said = answer && { answerUsd: answer.usd * priceFactor, answerFrom: answer.from }
  const unknown = { answerUsd: null, answerFrom: null }
  if (isMetered) {
    const ahead = (1 + growth) ** ((days.length / 2 + MONTH_DAYS / 2) / MONTH_DAYS)
    const costs = days.map(({ costUsd }) => costUsd * priceFactor * ahead)
    return {
      basis: 'metered',
      says: `From ${days.length} metered days, ${requests.toLocaleString('en-GB')} requests.`,
      ...predict(costs, { horizon: MONTH_DAYS, seed }),
      ...{ requestsPerDay: requests / days.length, days: days.length, error: errorOf(days, seed) },
      answerUsd: (sum(days.map(({ costUsd }) => costUsd)) / requests) * priceFactor,
      answerFrom: 'metered',
    }
  }
  const perDay = volumes?.requestsPerDay ?? null
  const none = { p50Usd: null, p90Usd: null, days: days.length, error: null }
  if (perDay === null)
    return {
      ...{ basis: 'none', requestsPerDay: null, ...(said ?? unknown), ...none },
      says: 'Nobody said how often it will be asked. State requestsPerDay under volumes in resources.yaml.',
    }
  if (!said)
    return {
      ...{ basis: 'none', requestsPerDay: perDay, ...unknown, ...none },
      says: 'What one answer costs is not known. Give the model a price, or say so in its card.',
    }
  return {
    basis: 'stated',
    says: `From ${perDay.toLocaleString('en-GB')} requests a day, as stated${volumes?.requestsPerDayHigh ? '' : ', taken to be between half and double'}${unpriced > 0 ? `; ${unpriced} metered requests have no price` : ''}.`,
    ...ofStated(volumes ?? {}, { answerUsd: said.answerUsd, growth }),
    ...{ requestsPerDay: perDay, ...said, days: days.length, error: null },
  }
}

export const isEnough = ({ days, requests }: { days: number; requests: number }): boolean =>
  days >= LEAST_DAYS && requests >= LEAST_REQUESTS

/** How far a forecast that was recorded was off what was metered since. */
export function missedBy(
  forecast: { readonly p50Usd: number; readonly p90Usd: number },
  since: readonly DayOfUse[],
): Omit<NonNullable<Forecast['error']>, never> | null {
  if (since.length < LEAST_DAYS) return null
  const part = since.length / MONTH_DAYS
  const actualUsd = sum(since.map(({ costUsd }) => costUsd))
  const forecastUsd = forecast.p50Usd * part
  return {
    days: since.length,
    forecastUsd,
    actualUsd,
    share: shareOff(forecastUsd, actualUsd),
    isWithinP90: actualUsd <= forecast.p90Usd * part,
  }
}

/**
 * Totals over `horizon` days, drawn from the days that were: whole weeks once there are two, so that weekends stay
 * weekends. The spread is widened for having seen only so many days.
 */
export function monthsLike(
  costs: readonly number[],
  { horizon = MONTH_DAYS, seed = 1 }: { horizon?: number; seed?: number } = {},
): number[] {
  const random = seededRandom(seed)
  const block = costs.length >= 2 * WEEK ? WEEK : 1
  const expected = (sum(costs) / costs.length) * horizon
  const widen = Math.sqrt(1 + horizon / costs.length)
  return Array.from({ length: DRAWS }, () => {
    let total = 0
    for (let drawn = 0; drawn < horizon; drawn += block) {
      const from = Math.floor(random() * (costs.length - block + 1))
      for (let i = 0; i < Math.min(block, horizon - drawn); i++) total += costs[from + i] ?? 0
    }
    return Math.max(0, expected + (total - expected) * widen)
  })
}

function predict(costs: readonly number[], ask: { horizon: number; seed: number }): { p50Usd: number; p90Usd: number } {
  const totals = monthsLike(costs, ask)
  return { p50Usd: quantile(totals, 0.5), p90Usd: quantile(totals, 0.9) }
}

/** The last third, at most two weeks, forecast from the days before it. */
function errorOf(days: readonly DayOfUse[], seed: number): Forecast['error'] {
  const held = Math.min(2 * WEEK, Math.floor(days.length / 3))
  const before = days.slice(0, days.length - held).map(({ costUsd }) => costUsd)
  if (held === 0 || before.length < LEAST_DAYS - 2) return null
  const { p50Usd, p90Usd } = predict(before, { horizon: held, seed })
  const actualUsd = sum(days.slice(-held).map(({ costUsd }) => costUsd))
  return {
    days: held,
    forecastUsd: p50Usd,
    actualUsd,
    share: shareOff(p50Usd, actualUsd),
    isWithinP90: actualUsd <= p90Usd,
  }
}

/** The number of requests is log-normal around the likeliest; a range that nobody gave is from half to double. */
function ofStated(volumes: Volumes, { answerUsd, growth }: { answerUsd: number; growth: number }) {
  const likely = volumes.requestsPerDay ?? 0
  const low = volumes.requestsPerDayLow ?? likely / 2
  const high = volumes.requestsPerDayHigh ?? likely * 2
  const spread = low > 0 && high > low ? Math.log(high / low) / (2 * Z95) : 0
  const month = likely * answerUsd * MONTH_DAYS * (1 + growth) ** 0.5
  return { p50Usd: month, p90Usd: month * Math.exp(Z90 * spread) }
}

/** Normal quantile of 0.9. */
const Z90 = 1.281552

const shareOff = (forecast: number, actual: number): number | null =>
  actual === 0 ? null : Math.abs(forecast - actual) / actual

const sum = (numbers: readonly number[]): number => numbers.reduce((total, one) => total + one, 0)
