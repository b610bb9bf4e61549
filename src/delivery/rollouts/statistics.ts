/**
 * Outcomes as sufficient statistics. Pure.
 *
 * A unit counts once in each metric, with its first outcome, at the step whose share was in force when its arm was
 * chosen; and once as seen. Which of them are first the database says, so that a repeated event counts nothing.
 */
import type { Outcome } from '../../core/outcome.ts'
import type { Metric, MetricSums, Rollout, RolloutPlan, StepStatistics } from '../../core/rollout.ts'
import { SEEN, type SeenRow, type StatisticsRow } from './rows.ts'

/** Under a logarithm, what is less counts as this: a cost of nothing has none. */
const LEAST = 1e-3
/** Milliseconds that nobody notices. Without it a busy machine made 3 ms out of 2, and took a release back for it. */
const NOTICEABLE: Readonly<Record<string, number>> = { 'latency-ms': 50, 'first-token-ms': 50 }

type Counted = Outcome & { readonly value: number }

export type Candidate = SeenRow & { readonly outcome: Counted }

/** What the outcomes would count if they are first, in the order of time; at most one for each metric and unit. */
export function candidatesOf(rollout: Rollout, outcomes: readonly Outcome[]): Candidate[] {
  const found = new Map<string, Candidate>()
  const add = (metric: string, outcome: Counted) => {
    const key = `${metric}\n${outcome.unit}`
    if (!found.has(key)) found.set(key, { rollout: rollout.id, metric, unit: outcome.unit, outcome })
  }
  for (const outcome of outcomes.toSorted((one, other) => (one.at < other.at ? -1 : one.at > other.at ? 1 : 0))) {
    if (!belongsTo(rollout, outcome)) continue
    add(SEEN, outcome)
    if (rollout.plan.metrics.some(({ name }) => name === outcome.metric)) add(outcome.metric, outcome)
  }
  return [...found.values()]
}

/** What has no amount is counted nowhere. */
function belongsTo(rollout: Rollout, outcome: Outcome): outcome is Counted {
  return isOfRollout(rollout, outcome) && Number.isFinite(outcome.value)
}

/** An outcome of another release, or under a share that this plan never had, says nothing about this comparison. */
export function isOfRollout({ id, plan, control, candidate }: Rollout, outcome: Outcome): boolean {
  const release = outcome.arm === 'candidate' ? candidate : control
  return outcome.rollout === id && outcome.release === release && plan.steps.includes(outcome.share)
}

/** The increments of what is first, summed by step, metric and arm. */
export function increments({ plan }: Pick<Rollout, 'plan'>, firsts: readonly Candidate[]): StatisticsRow[] {
  const rows = new Map<string, StatisticsRow>()
  for (const { rollout, metric, outcome } of firsts) {
    const step = plan.steps.indexOf(outcome.share)
    const key = `${step}\n${metric}\n${outcome.arm}`
    const row = rows.get(key) ?? { rollout, step, metric, arm: outcome.arm, ...NOTHING_SEEN }
    rows.set(
      key,
      added(
        row,
        plan.metrics.find(({ name }) => name === metric),
        outcome.value,
      ),
    )
  }
  return [...rows.values()]
}

function added(row: StatisticsRow, metric: Metric | undefined, value: number): StatisticsRow {
  const units = row.units + 1
  if (!metric) return { ...row, units }
  const isEvent = metric.kind === 'event'
  const amount = isEvent
    ? Number(value >= 0.5)
    : metric.scale === 'log'
      ? Math.log(Math.max(value, leastOf(metric)))
      : value
  return {
    ...row,
    units,
    events: row.events + (isEvent ? amount : 0),
    sum: row.sum + amount,
    sumOfSquares: row.sumOfSquares + amount ** 2,
  }
}

const leastOf = ({ name, noticeable }: Metric): number => noticeable ?? NOTICEABLE[name] ?? LEAST

/** The rows as the decision reads them, one entry for each step that was reached, with every metric of the plan. */
export function stepsOf(plan: RolloutPlan, rows: readonly StatisticsRow[], reached: number): StepStatistics[] {
  return plan.steps.slice(0, reached + 1).map((share, step) => {
    const sums = (metric: string, arm: StatisticsRow['arm']): MetricSums => {
      const row = rows.find((one) => one.step === step && one.metric === metric && one.arm === arm)
      const { units, events, sum, sumOfSquares } = row ?? NOTHING_SEEN
      return { units, events, sum, sumOfSquares }
    }
    return {
      step,
      share,
      firstSeen: { control: sums(SEEN, 'control').units, candidate: sums(SEEN, 'candidate').units },
      metrics: Object.fromEntries(
        plan.metrics.map(({ name }) => [name, { control: sums(name, 'control'), candidate: sums(name, 'candidate') }]),
      ),
    }
  })
}

const NOTHING_SEEN: MetricSums = { units: 0, events: 0, sum: 0, sumOfSquares: 0 }
