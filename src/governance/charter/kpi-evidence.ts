/**
 * `pilot.kpi`: did the business figure move? The main KPI is the charter's first with a baseline and a target; its values
 * since the pilot began, their lower bound in the direction of the target, are held against the agreed floor. Pure.
 *
 * Invariant: a value that is old, or one without a case count where a share is measured, never passes.
 */
import type { Fact } from '../../core/evidence.ts'
import { wilsonLower, wilsonUpper } from '../../kernel/statistics/index.ts'
import type { Instant } from '../../kernel/time.ts'
import { directionOf, isOld, type Kpi, numberOf } from './kpi.ts'
import type { KpiValue } from './kpi-value.ts'

type Measured = Pick<KpiValue, 'kpi' | 'value' | 'n' | 'measuredAt'>

export type KpiReading<Value extends Measured> = {
  readonly facts: Record<string, Fact>
  readonly summary: string
  /** What it rests on. */
  readonly newest: Value
}

/** Undefined when no KPI of the charter can be held against anything, or none was measured. */
export function readKpis<Value extends Measured>(
  kpis: readonly Kpi[],
  { values, now }: { values: readonly Value[]; now: Instant },
): KpiReading<Value> | undefined {
  const main = kpis.find((kpi) => directionOf(kpi) !== null)
  const own = values.filter(({ kpi }) => kpi === main?.name)
  const newest = own.reduce<Value | undefined>((a, b) => (a && a.measuredAt >= b.measuredAt ? a : b), undefined)
  if (!main || !newest) return undefined
  const direction = directionOf(main)
  const floor = numberOf(main.floor ?? main.target) ?? 0
  const bound = boundOf(main, newest)
  const old = isOld(main, newest.measuredAt, now)
  const isMet = !old && bound !== null && (direction === 'higher' ? bound >= floor : bound <= floor)
  const baselineMeasured = (main.baselineN ?? 0) > 0
  const measured = `${main.name}: ${newest.value} on ${newest.measuredAt.slice(0, 10)}${newest.n === null ? '' : `, over ${newest.n} cases`}; baseline ${main.baseline}, floor ${floor}.`
  return {
    newest,
    facts: {
      floorMetOrOverruled: { value: isMet },
      baselineMeasured: { value: baselineMeasured },
      value: { value: newest.value, ...(newest.n !== null && { n: newest.n }) },
      ...(bound !== null && { bound: { value: bound } }),
      floor: { value: floor },
      isOld: { value: old },
    },
    summary: [
      measured,
      old ? 'That is too old: record a newer value.' : '',
      bound === null ? 'A share without its number of cases says nothing certain: record n.' : '',
      baselineMeasured ? '' : 'The baseline names no cases: measure it from a log.',
      isMet ? 'The floor is reached.' : 'The floor is not reached for certain.',
    ]
      .filter(Boolean)
      .join(' '),
  }
}

/** For a share the one-sided 95 % bound over its cases; another figure stands for itself, as its cases are not here. */
function boundOf(kpi: Kpi, { value, n }: Measured): number | null {
  if (!isShare(kpi, value)) return value
  if (n === null || n === 0) return null
  const given = { successes: Math.round(value * n), n }
  return directionOf(kpi) === 'higher' ? wilsonLower(given) : wilsonUpper(given)
}

const isShare = ({ unit }: Kpi, value: number): boolean =>
  /share|percent|%/i.test(unit ?? '') && value >= 0 && value <= 1
