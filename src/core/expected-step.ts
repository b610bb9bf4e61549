/** What a step of a plan would count, before anybody came. Pure. */
import type { Baseline } from './feasibility.ts'
import { scoredLive } from './late-metric.ts'
import type { Metric, MetricSums, RolloutPlan, StepStatistics } from './rollout.ts'

export type World = {
  readonly plan: RolloutPlan
  readonly baselineOf: (metric: Metric) => Baseline
  /** Units a day, more than none. */
  readonly perDay: number
}

/** What one step would have counted, on average; `luck` standard errors of the candidate beside it, above is worse. */
export function expected(
  { plan, baselineOf }: World,
  given: { step: number; share: number; units: number; worse: (metric: Metric) => number; luck: number },
): StepStatistics {
  const { step, share, units, worse, luck } = given
  const candidate = Math.round(units * share)
  const control = Math.max(0, Math.round(units) - candidate)
  const metrics = Object.fromEntries(
    plan.metrics.map((metric) => {
      const { value, spread } = baselineOf(metric)
      const bad = value + worse(metric)
      const counted = (units: number) => Math.round(units * shareCounted(plan, metric))
      const [own, other] = [counted(control), counted(candidate)]
      const sums =
        metric.kind === 'event'
          ? { control: events(own, value, 0), candidate: events(other, Math.min(1, bad), luck) }
          : { control: values(own, value, spread, 0), candidate: values(other, bad, spread, luck) }
      return [metric.name, sums]
    }),
  )
  return { step, share, firstSeen: { control, candidate }, metrics }
}

/** Of a score only the sample is known; what people say comes from fewer still, and nobody knows from how many. */
const shareCounted = ({ scores }: RolloutPlan, { name }: Metric): number =>
  scores && scoredLive({ metrics: [{ name }] }).length > 0 ? scores.sample : 1

function events(units: number, rate: number, luck: number): MetricSums {
  const mean = units * rate + luck * Math.sqrt(units * rate * (1 - rate))
  const counted = Math.min(units, Math.max(0, Math.round(mean)))
  return { units, events: counted, sum: counted, sumOfSquares: counted }
}

function values(units: number, mean: number, spread: number, luck: number): MetricSums {
  const shifted = units === 0 ? mean : mean + (luck * spread) / Math.sqrt(units)
  return { units, events: 0, sum: units * shifted, sumOfSquares: units * (shifted ** 2 + spread ** 2) }
}

/** What is taken where nothing was measured: the cautious middle of what such applications show, and said to be so. */
export function assumed(metric: Metric): Baseline {
  const source = 'assumed' as const
  if (metric.kind === 'event') return { metric: metric.name, value: metric.critical ? 0.001 : 0.02, spread: 0, source }
  if (metric.scale === 'log')
    return metric.name.includes('cost')
      ? { metric: metric.name, value: Math.log(1000), spread: 1, source }
      : { metric: metric.name, value: Math.log(2000), spread: 0.6, source }
  return { metric: metric.name, value: metric.margin * 10, spread: metric.margin * 5, source }
}
