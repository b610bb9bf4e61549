/**
 * Is the release in force itself out of its own band? Then it is likely an incident of a provider, which hits both
 * arms: nothing advances, the comparison goes on, because it is of both arms at once.
 *
 * Invariant: pure; the control is held against itself, before against the last units, and never against the candidate.
 */
import { normalUpperTail } from '../kernel/statistics/index.ts'
import type { ControlMark, RolloutPlan, StepStatistics } from './rollout.ts'

/** Units of the control that are looked at, and that must have come before them. */
const RECENT_UNITS = 40
const UNITS_BEFORE = 100
/** Chance of an alarm on one look; the alarm only waits, so that it may be wrong now and then. */
const ALPHA = 1e-5

export function controlMark(plan: RolloutPlan, statistics: readonly StepStatistics[]): ControlMark {
  const events = plan.metrics.filter(({ kind }) => kind === 'event')
  return Object.fromEntries(
    events.map(({ name }) => [
      name,
      statistics.reduce(
        (sum, { metrics }) => ({
          units: sum.units + (metrics[name]?.control.units ?? 0),
          events: sum.events + (metrics[name]?.control.events ?? 0),
        }),
        { units: 0, events: 0 },
      ),
    ]),
  )
}

/** The marks that are kept: two, so that between `RECENT_UNITS` and twice as many have come since the older one. */
export function nextMarks(marks: readonly ControlMark[], now: ControlMark): ControlMark[] {
  const newest = marks.at(-1)
  return newest && unitsOf(now) - unitsOf(newest) < RECENT_UNITS ? [...marks] : [...marks.slice(-1), now]
}

/** The sentence that says so; null when the control is as it was. */
export function incidentOf(marks: readonly ControlMark[], now: ControlMark): string | null {
  const [then] = marks
  if (!then) return null
  for (const [metric, { units, events }] of Object.entries(now)) {
    const before = then[metric]
    if (!before || before.units < UNITS_BEFORE || units - before.units < RECENT_UNITS) continue
    const recent = { units: units - before.units, events: events - before.events }
    // Half an event more, so that a control without any is not alarmed by its first.
    const rate = (before.events + 0.5) / (before.units + 1)
    const spread = Math.sqrt(recent.units * rate * (1 - rate))
    const distance = (recent.events - 0.5 - recent.units * rate) / spread
    if (recent.events >= 5 && normalUpperTail(distance) < ALPHA)
      return `${metric}: the release in force has ${percent(recent.events / recent.units)} in its last ${recent.units} units and had ${percent(rate)} before. That looks like an incident of a provider, so nothing advances until it is over.`
  }
  return null
}

const unitsOf = (mark: ControlMark): number => Math.max(0, ...Object.values(mark).map(({ units }) => units))
const percent = (share: number): string => `${Math.round(share * 1000) / 10} %`
