/** The resource plan: what it takes, in the columns of the learning module, and whether it pays. Pure. */
import { z } from 'zod'
import { exampleFlag, text } from '../documents/fields.ts'
import { Benefit, BenefitStanding, benefitOf, type MeasuredKpi, Range } from './benefit.ts'
import { MeteredCost, type MeteredMonth, meteredCost, NO_RANGE, plus, returnOf, times } from './metered.ts'

/** Exactly the columns of the module (S3.39), in its order. */
export const RESOURCE_COLUMNS = [
  ['type', 'Resource Type'],
  ['quantity', 'Quantity'],
  ['cost', 'Cost'],
  ['source', 'Source'],
] as const

export const ResourceRow = z.strictObject({
  id: z.string().min(1),
  type: z.string().min(1),
  category: z.enum(['person', 'model-api', 'compute', 'storage', 'data', 'licence', 'training', 'audit', 'other']),
  quantity: text,
  /** In dollars for each period, the likeliest; null while nobody knows. */
  cost: z.number().min(0).nullish(),
  /** The range in which nine of ten outcomes lie. */
  costLow: z.number().min(0).nullish(),
  costHigh: z.number().min(0).nullish(),
  period: z.enum(['once', 'month', 'year']).default('month'),
  source: text,
  /** A person or firm. */
  who: text,
  skill: text,
  riskIfMissing: text,
})
export type ResourceRow = z.infer<typeof ResourceRow>

/** How often it will be asked; what a forecast of cost begins with. */
export const Volumes = z.strictObject({
  /** Of all users together, the likeliest. */
  requestsPerDay: z.number().min(0).nullish(),
  /** Nine of ten days lie between these two. */
  requestsPerDayLow: z.number().min(0).nullish(),
  requestsPerDayHigh: z.number().min(0).nullish(),
  /** 0.1 is a tenth more each month. */
  growthPerMonth: z.number().min(-1).max(10).nullish(),
})
export type Volumes = z.infer<typeof Volumes>

export const Resources = z.strictObject({
  example: exampleFlag,
  volumes: Volumes.nullish(),
  /** Over how many months cost and benefit are added up. */
  months: z.number().int().min(1).max(120).default(12),
  rows: z
    .array(ResourceRow)
    .refine((rows) => new Set(rows.map(({ id }) => id)).size === rows.length, 'two rows have the same id'),
  benefits: z.array(Benefit).nullish(),
})
export type Resources = z.infer<typeof Resources>

export const ResourcePlan = z.object({
  isKept: z.boolean(),
  months: z.number().int(),
  rows: z.array(
    ResourceRow.extend({
      /** In dollars a month, what is paid once spread over the months. */
      monthly: Range.nullable(),
      /** Metered this month, in dollars; null where nothing meters it. */
      actualThisMonth: z.number().nullable(),
    }),
  ),
  /** Dollars over all months, as planned; rows without a cost are left out and named. */
  cost: Range,
  benefit: Range,
  benefits: z.array(BenefitStanding),
  /** Benefit less planned cost, by cost: from the worst pair to the best; null while one of the two is nothing. */
  roi: z.object({ low: z.number(), high: z.number() }).nullable(),
  /** The same with what models really took; null where it was not asked for. */
  metered: MeteredCost.nullable(),
  /** The month in which the likely benefit has paid the likely cost; null when it never does. */
  paysBackInMonths: z.number().nullable(),
  unknown: z.array(z.string()),
  /** What the price of models was multiplied by. */
  priceFactor: z.number(),
})
export type ResourcePlan = z.infer<typeof ResourcePlan>

export function resourcePlan(
  { months, rows, benefits }: Resources,
  {
    spentThisMonthUsd,
    priceFactor,
    isKept,
    kpis,
    metered = null,
  }: {
    spentThisMonthUsd: number | null
    priceFactor: number
    isKept: boolean
    kpis: readonly MeasuredKpi[]
    metered?: MeteredMonth | null
  },
): ResourcePlan {
  const priced = rows.map((row) => {
    const factor = row.category === 'model-api' ? priceFactor : 1
    return {
      ...row,
      monthly: monthlyOf(row, months, factor),
      actualThisMonth: row.category === 'model-api' ? spentThisMonthUsd : null,
    }
  })
  const ofModels = total(priced.filter(({ category }) => category === 'model-api'))
  const others = total(priced.filter(({ category }) => category !== 'model-api'))
  const cost = times(plus(ofModels, others), months)
  const standings = (benefits ?? []).map((one) => benefitOf(one, kpis, perMonth(one.period, months)))
  const benefit = times(total(standings), months)
  const gained = standings.length > 0 ? benefit : null
  return {
    isKept,
    months,
    rows: priced,
    cost,
    benefit,
    benefits: standings,
    roi: returnOf(cost, gained),
    metered: metered && meteredCost(metered, { planned: ofModels, others, benefit: gained, months, priceFactor }),
    paysBackInMonths: paysBack(rows, { benefit, months, priceFactor }),
    unknown: priced.filter(({ monthly }) => monthly === null).map(({ id }) => id),
    priceFactor,
  }
}

const perMonth = (period: ResourceRow['period'], months: number): number =>
  period === 'month' ? 1 : period === 'year' ? 1 / 12 : 1 / months

function monthlyOf({ cost, costLow, costHigh, period }: ResourceRow, months: number, factor: number): Range | null {
  if (cost === null || cost === undefined) return null
  const share = perMonth(period, months) * factor
  return { low: (costLow ?? cost) * share, likely: cost * share, high: (costHigh ?? cost) * share }
}

const total = (parts: readonly { readonly monthly: Range | null }[]): Range =>
  parts.reduce((all, { monthly }) => (monthly ? plus(all, monthly) : all), NO_RANGE)

const sum = (numbers: readonly number[]): number => numbers.reduce((all, one) => all + one, 0)

function paysBack(
  rows: readonly ResourceRow[],
  { benefit, months, priceFactor }: { benefit: Range; months: number; priceFactor: number },
): number | null {
  const once = sum(rows.filter(({ period }) => period === 'once').map(({ cost }) => cost ?? 0))
  const running = sum(
    rows
      .filter(({ period }) => period !== 'once')
      .map((row) => monthlyOf(row, months, row.category === 'model-api' ? priceFactor : 1)?.likely ?? 0),
  )
  const gain = benefit.likely / months - running
  return gain <= 0 || benefit.likely === 0 ? null : Math.max(1, Math.ceil(once / gain))
}
