/** A KPI: a number of the business with a measured baseline, a target and a day, a source and an owner. */
import { z } from 'zod'
import { age, DAY, type Instant } from '../../kernel/time.ts'
import { amount, date, isFilled, text } from '../documents/fields.ts'
import { OPERATIONS } from './figure.ts'

export const KPI_FAMILIES = ['efficiency', 'experience', 'advantage', 'cost'] as const

export const Kpi = z.strictObject({
  name: z.string().min(1),
  /** The preset that it was made from. */
  preset: text,
  family: z.enum(KPI_FAMILIES).nullish(),
  /** As measured today, without the application. */
  baseline: amount,
  /** How many cases the baseline rests on. */
  baselineN: z.number().int().min(0).nullish(),
  target: amount,
  targetDate: date,
  unit: text,
  /** Where the baseline comes from. */
  source: text,
  formula: text,
  owner: text,
  /** Why the target can be reached. */
  because: text,
  /** What the pilot has to reach at least; the target where it is not said. */
  floor: amount,
  /** How often it is measured, in days; a value is old when the next one is half of that late. A quarter when not said. */
  everyDays: z.number().int().min(1).max(366).nullish(),
  /** How the events of one period become its value; as the preset does it, else the mean, or the share of yes. */
  fromEvents: z.enum(OPERATIONS).nullish(),
  /** The value at which somebody is told. */
  alertAt: amount,
  /** The value at which the application is stopped. */
  killAt: amount,
})
export type Kpi = z.infer<typeof Kpi>

export const SMART = ['specific', 'measurable', 'achievable', 'relevant', 'timeBound'] as const
export const SmartPoint = z.object({ point: z.enum(SMART), holds: z.boolean(), says: z.string() })
export type SmartPoint = z.infer<typeof SmartPoint>

/** The five points of an objective, each with what is missing. @param today `2026-03-01` */
export function smartOf(kpi: Kpi, today: string): SmartPoint[] {
  const [from, to] = [numberOf(kpi.baseline), numberOf(kpi.target)]
  const point = (name: SmartPoint['point'], missing: string | false): SmartPoint => ({
    point: name,
    holds: missing === false,
    says: missing === false ? '' : missing,
  })
  return [
    point(
      'specific',
      !isFilled(kpi.owner) ? 'Name who answers for it.' : !isFilled(kpi.unit) ? 'Name its unit.' : false,
    ),
    point(
      'measurable',
      from === null || to === null
        ? 'Give a baseline and a target as numbers.'
        : !isFilled(kpi.source)
          ? 'Say where the number comes from.'
          : false,
    ),
    point(
      'achievable',
      from !== null && from === to
        ? 'The target is what you have today.'
        : !isFilled(kpi.because)
          ? 'Say why it can be reached.'
          : false,
    ),
    point('relevant', kpi.family ? false : 'Say which of the four aims it serves.'),
    point(
      'timeBound',
      !kpi.targetDate
        ? 'Give a day for the target.'
        : kpi.targetDate < today
          ? 'The day of the target is past.'
          : false,
    ),
  ]
}

/** `12 %` and `1,5` are numbers as people write them; `24 h` is not comparable and gives null. */
export function numberOf(value: Kpi['target']): number | null {
  if (typeof value === 'number') return value
  const match = /^\s*(-?\d+(?:[.,]\d+)?)\s*(%?)\s*$/.exec(value ?? '')
  return match ? Number(match[1]?.replace(',', '.')) / (match[2] ? 100 : 1) : null
}

/** Whether more is better; from baseline and target, else nobody knows. */
export function directionOf(kpi: Kpi): 'higher' | 'lower' | null {
  const [from, to] = [numberOf(kpi.baseline), numberOf(kpi.target)]
  return from === null || to === null || from === to ? null : to > from ? 'higher' : 'lower'
}

/** Whether a value has crossed a line in the wrong direction. */
export function isCrossed(kpi: Kpi, value: number, line: Kpi['target']): boolean {
  const [limit, direction] = [numberOf(line), directionOf(kpi)]
  if (limit === null || direction === null) return false
  return direction === 'higher' ? value <= limit : value >= limit
}

/** Without a schedule of its own a measured KPI is old after a quarter (S0.P1d). */
const QUARTER_DAYS = 92

/** Its time is over: the next value is half of its schedule late. */
export const isOld = ({ everyDays }: Pick<Kpi, 'everyDays'>, measuredAt: Instant, now: Instant): boolean =>
  age(measuredAt, now) > (everyDays ? everyDays * 1.5 : QUARTER_DAYS) * DAY
