/**
 * What an application brings, in dollars a month: computed from what its KPI became, else as it was expected. Pure.
 *
 * Invariant: a figure that nobody measured is told as expected; one that became worse than before is a loss.
 */
import { z } from 'zod'
import { wilson } from '../../kernel/statistics/index.ts'
import { Instant } from '../../kernel/time.ts'
import type { KpiStanding } from '../charter/charter-view.ts'
import { directionOf, numberOf } from '../charter/kpi.ts'
import { text } from '../documents/fields.ts'

/** What it brings, in dollars: as it is expected, until its KPI is measured. */
export const Benefit = z.strictObject({
  name: z.string().min(1),
  low: z.number(),
  high: z.number(),
  period: z.enum(['once', 'month', 'year']).default('month'),
  /** The KPI that would show it. */
  kpi: text,
  /** What it is worth, in dollars, when that KPI is better by one unit in one case. */
  usdPerUnit: z.number().min(0).nullish(),
  /** How many cases there are in a month; 1 for a KPI that is a sum of a month. */
  casesPerMonth: z.number().min(0).nullish(),
})
export type Benefit = z.infer<typeof Benefit>

export const Range = z.object({ low: z.number(), likely: z.number(), high: z.number() })
export type Range = z.infer<typeof Range>

export const BenefitStanding = Benefit.extend({
  /** In dollars a month. */
  monthly: Range,
  basis: z.enum(['measured', 'expected']),
  /** When its KPI was measured; null where it is as expected. */
  measuredAt: Instant.nullable(),
  /** What it is computed from, or why it is not. */
  says: z.string(),
})
export type BenefitStanding = z.infer<typeof BenefitStanding>

export type MeasuredKpi = Pick<KpiStanding, 'name' | 'baseline' | 'target' | 'unit' | 'state' | 'actual'>

/** @param share what a month has of the period in which the benefit is expected */
export function benefitOf(benefit: Benefit, kpis: readonly MeasuredKpi[], share: number): BenefitStanding {
  const expected = (says: string): BenefitStanding => ({
    ...benefit,
    monthly: {
      low: benefit.low * share,
      likely: ((benefit.low + benefit.high) / 2) * share,
      high: benefit.high * share,
    },
    basis: 'expected',
    measuredAt: null,
    says,
  })
  const { kpi: name, usdPerUnit, casesPerMonth } = benefit
  if (!name) return expected('Expected. Name the KPI that would show it, and what one unit of it is worth.')
  const kpi = kpis.find((one) => one.name === name)
  if (!kpi) return expected(`Expected: the charter has no KPI “${name}”.`)
  if (typeof usdPerUnit !== 'number') return expected(`Expected: nobody said what one unit of “${name}” is worth.`)
  const [before, direction] = [numberOf(kpi.baseline), directionOf(kpi)]
  if (before === null || direction === null)
    return expected(`Expected: “${name}” needs a baseline and a target as numbers.`)
  if (!kpi.actual) return expected(`Expected: “${name}” was not measured yet.`)
  if (kpi.state === 'old') return expected(`Expected: the last value of “${name}” is too old.`)
  const { value, n, measuredAt } = kpi.actual
  const worth = (at: number): number =>
    (direction === 'higher' ? at - before : before - at) * usdPerUnit * (casesPerMonth ?? 1)
  const [one, other] = intervalOf(kpi.actual).map(worth) as [number, number]
  const unit = kpi.unit ? ` ${kpi.unit}` : ''
  return {
    ...benefit,
    monthly: { low: Math.min(one, other), likely: worth(value), high: Math.max(one, other) },
    basis: 'measured',
    measuredAt,
    says: `“${name}” went from ${before} to ${rounded(value)}${unit}${n === null ? '' : ` over ${n} cases`}, measured on ${measuredAt.slice(0, 10)}; $${usdPerUnit} a unit, ${casesPerMonth ?? 1} a month.`,
  }
}

/** As it was recorded; of a share by its cases; else the value alone. */
function intervalOf({ value, n, low, high }: NonNullable<MeasuredKpi['actual']>): [number, number] {
  if (low !== null && high !== null) return [low, high]
  if (n === null || n === 0 || value < 0 || value > 1) return [value, value]
  const { low: from, high: to } = wilson({ successes: Math.round(value * n), n })
  return [from, to]
}

const rounded = (value: number): number => Number(value.toPrecision(3))
