/**
 * From events to values: which period an event belongs to, and what the events of one period come to. Pure.
 *
 * Invariant: periods lie on one grid for all time, so that a late event belongs to the period in which it happened.
 */
import { DAY, epochMs, type Instant, instantOf } from '../../kernel/time.ts'
import { type Figure, figureOf, type Operation } from '../charter/figure.ts'
import type { Kpi } from '../charter/kpi.ts'
import type { KpiPreset } from '../charter/presets.ts'
import type { KpiEvent } from './event.ts'

export type Period = { readonly from: Instant; readonly until: Instant }

/** Events of a KPI without a schedule become a value each week. */
const WEEK_DAYS = 7
/** A Monday, so that weeks are those of the calendar. */
const ANCHOR_MS = Date.UTC(2024, 0, 1)

export function periodOf({ everyDays }: Pick<Kpi, 'everyDays'>, at: Instant): Period {
  const length = (everyDays ?? WEEK_DAYS) * DAY
  const from = ANCHOR_MS + Math.floor((epochMs(at) - ANCHOR_MS) / length) * length
  return { from: instantOf(from), until: instantOf(from + length) }
}

/** Periods that are over and have events that are in no value yet, the oldest first. */
export function closedPeriods(kpi: Pick<Kpi, 'everyDays'>, happened: readonly Instant[], now: Instant): Period[] {
  const all = new Map(happened.map((at) => periodOf(kpi, at)).map((period) => [period.from, period]))
  return [...all.values()].filter(({ until }) => until <= now).sort((a, b) => (a.from < b.from ? -1 : 1))
}

/** @param events at least one */
export function comesTo(
  kpi: Pick<Kpi, 'fromEvents' | 'preset'>,
  events: readonly Pick<KpiEvent, 'value' | 'isYesOrNo'>[],
  presets: readonly KpiPreset[],
): Figure {
  return figureOf(
    operationOf(kpi, events, presets),
    events.map(({ value }) => value),
  )
}

function operationOf(
  { fromEvents, preset }: Pick<Kpi, 'fromEvents' | 'preset'>,
  events: readonly Pick<KpiEvent, 'isYesOrNo'>[],
  presets: readonly KpiPreset[],
): Operation {
  if (fromEvents) return fromEvents
  const usual = presets.find(({ id }) => id === preset)?.operation
  // Events carry no second column, by which it would be divided.
  if (usual && usual !== 'per-distinct') return usual
  return events.every(({ isYesOrNo }) => isYesOrNo) ? 'share' : 'mean'
}
