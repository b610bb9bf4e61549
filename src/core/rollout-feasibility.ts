/**
 * What a plan can find out at this traffic, before it starts: how long it takes if the candidate is as good, which
 * harm it would see, and what to do instead when it cannot.
 *
 * Invariant: no formula of its own. Expected counts are put before the rule that will decide (`decide`, `readMetric`),
 * so that forecast and decision cannot drift apart. Chance is met by `CAUTION`: a good candidate is taken to look
 * worse, and a bad one better, than it is on average, as four of five do at most.
 */
import { nonInferioritySampleSize } from '../kernel/statistics/index.ts'
import { DAY, type Instant, later, MINUTE } from '../kernel/time.ts'
import { inUnits, isLog, onScale } from './arm-comparison.ts'
import { assumed, expected, type World } from './expected-step.ts'
import type { Baseline, Effect, Feasibility } from './feasibility.ts'
import { count, forecastWords, inDays, percent } from './feasibility-words.ts'
import type { Metric, RolloutPlan, StepStatistics } from './rollout.ts'
import { decide } from './rollout-decision.ts'

/** Normal quantile of four in five. */
const CAUTION = 0.84
const MOST_UNITS = 20_000_000
const EPOCH = '2000-01-01T00:00:00.000Z' as Instant
const GROSS_RISE = 0.2

type Given = {
  readonly plan: RolloutPlan
  readonly unitsPerDay: number
  readonly trafficSource: Feasibility['trafficSource']
  readonly baselines: readonly Baseline[]
}

export function forecast({ plan, unitsPerDay, trafficSource, baselines }: Given): Feasibility {
  const world: World = {
    plan: { ...plan, advance: 'automatic' },
    perDay: Math.max(unitsPerDay * unitsOfUser(plan), Number.MIN_VALUE),
    baselineOf: (metric) => baselines.find((one) => one.metric === metric.name) ?? assumed(metric),
  }
  const limitDays = (plan.holdTimeoutMinutes * MINUTE) / DAY
  const steps = comparedSteps(plan).length === 0 ? [] : walk(world, limitDays)
  const isFeasible = steps.every(({ days }) => days !== null && days <= limitDays)
  const days = isFeasible ? steps.reduce((sum, step) => sum + (step.days ?? 0), 0) : null
  const seen = steps.map(({ share, days: lasts }) => ({
    share,
    units: Math.round(Math.min(Math.min(lasts ?? limitDays, limitDays) * world.perDay, MOST_UNITS)),
  }))
  const metrics = plan.metrics.map((metric) => {
    const baseline = world.baselineOf(metric)
    return {
      metric: metric.name,
      margin: metric.margin,
      baseline: metric.kind === 'mean' && isLog(metric) ? Math.exp(baseline.value) : baseline.value,
      baselineSource: baseline.source,
      detectable: detectable(world, metric, seen),
      gross: gross(world, metric),
    }
  })
  const shown = { unitsPerDay, trafficSource, isFeasible, days, steps, metrics, plan }
  const alternatives = isFeasible ? [] : alternativesTo(world, { limitDays })
  return { ...shown, words: forecastWords(shown, limitDays), alternatives }
}

/** A sampled user of a shadow counts twice, once on each side; the others do not count. */
const unitsOfUser = ({ shadow }: RolloutPlan): number => (shadow ? shadow.sample * 2 : 1)

const comparedSteps = ({ steps }: RolloutPlan) => steps.filter((share) => share < 1)

/** Step by step: how many units a candidate that is as good needs, with what the steps before saw. */
function walk(world: World, limitDays: number): Feasibility['steps'] {
  const { plan, perDay } = world
  const before: StepStatistics[] = []
  return comparedSteps(plan).map((share, step) => {
    const at = (units: number) => expected(world, { step, share, units, worse: () => 0, luck: CAUTION })
    const needed = leastWhole(plan.minimumUnits, (units) => {
      const { decision } = decideOn(plan, step, [...before, at(units)])
      return decision === 'advance' || decision === 'complete'
    })
    if (needed === null) {
      const last = decideOn(plan, step, [...before, at(MOST_UNITS)]).why[0] ?? ''
      return { share, units: null, days: null, why: `Not even twenty million users pass it. ${last}` }
    }
    const days = Math.max(needed / perDay, (plan.soakMinutes * MINUTE) / DAY)
    before.push(at(Math.round(Math.max(needed, Math.min(days * perDay, MOST_UNITS)))))
    const bound = needed / perDay >= (plan.soakMinutes * MINUTE) / DAY ? 'users' : 'soak'
    const why =
      days > limitDays
        ? `It needs ${count(needed)} users, and its owner is asked after ${inDays(limitDays)}.`
        : bound === 'soak'
          ? `It lasts as long as its soak; ${count(needed)} users would do.`
          : `It needs ${count(needed)} users.`
    return { share, units: needed, days, why }
  })
}

const decideOn = (plan: RolloutPlan, step: number, statistics: readonly StepStatistics[]) =>
  decide({
    rollout: { plan, state: 'running', step, stepStartedAt: EPOCH },
    statistics,
    now: later(EPOCH, plan.soakMinutes * MINUTE),
  })

function detectable(world: World, metric: Metric, seen: readonly { share: number; units: number }[]): number | null {
  const finds = (effect: number) =>
    decideOn(
      world.plan,
      Math.max(0, seen.length - 1),
      seen.map(({ share, units }, step) =>
        expected(world, {
          step,
          share,
          units,
          worse: ({ name }) => (name === metric.name ? effect : 0),
          luck: -CAUTION,
        }),
      ),
    ).decision === 'abort'
  const most = mostEffect(world, metric)
  if (seen.length === 0 || !finds(most)) return null
  let low = 0
  let high = most
  for (let i = 0; i < 40; i++) {
    const middle = (low + high) / 2
    if (finds(middle)) high = middle
    else low = middle
  }
  return inUnits(metric, high)
}

function gross(world: World, metric: Metric): Effect | null {
  const [share] = comparedSteps(world.plan)
  if (share === undefined) return null
  const effect = Math.min(
    mostEffect(world, metric),
    metric.kind === 'event' ? GROSS_RISE : onScale(metric, metric.margin) * 2,
  )
  const worse = ({ name }: Metric) => (name === metric.name ? effect : 0)
  const units = leastWhole(
    2,
    (n) =>
      decideOn(world.plan, 0, [expected(world, { step: 0, share, units: n, worse, luck: -CAUTION })]).decision ===
      'abort',
  )
  return units === null ? null : { worseBy: inUnits(metric, effect), units, days: units / world.perDay }
}

const mostEffect = (world: World, metric: Metric): number =>
  metric.kind === 'event'
    ? 1 - world.baselineOf(metric).value
    : isLog(metric)
      ? Math.log(100)
      : Math.max(metric.margin, world.baselineOf(metric).spread) * 10

/** The smallest whole number from `least` on at which it holds, if it holds from there on; null beyond reach. */
function leastWhole(least: number, holds: (value: number) => boolean): number | null {
  let high = least
  while (!holds(high)) {
    if (high >= MOST_UNITS) return null
    high *= 2
  }
  let low = Math.floor(high / 2)
  while (high - low > Math.max(1, high * 0.005)) {
    const middle = Math.floor((low + high) / 2)
    if (middle >= least && holds(middle)) high = middle
    else low = middle
  }
  return Math.max(least, high)
}

/** What else would give an answer, each with its figure. */
function alternativesTo(world: World, { limitDays }: { limitDays: number }): string[] {
  const { plan, perDay } = world
  const said: string[] = []
  const event = plan.metrics.find(({ kind }) => kind === 'event')
  if (event) {
    const p = Math.min(0.999, Math.max(0.5, 1 - world.baselineOf(event).value))
    const { n } = nonInferioritySampleSize({ p, margin: event.margin, alpha: plan.alphaPromote })
    said.push(
      `Compare both releases on the same cases before anybody is asked: ${count(n)} cases show a difference of ${percent(event.margin)} in ${event.name} (\`airworthy eval\` against the release in force). Then switch with a blue-green plan whose metrics have a ceiling.`,
    )
  }
  const wider = [2, 3, 5, 10].find((factor) => {
    const metrics = plan.metrics.map((metric) => ({ ...metric, margin: metric.margin * factor }))
    const tried = walk({ ...world, plan: { ...plan, metrics } }, limitDays)
    return tried.every(({ days }) => days !== null && days <= limitDays)
  })
  if (wider !== undefined)
    said.push(`Accept more: with margins ${wider} times as wide every step is decided in ${inDays(limitDays)}.`)
  const half = walk({ ...world, plan: { ...plan, steps: [0.5, 1] } }, limitDays)
  const [only] = half
  if (plan.steps[0] !== 0.5 && only?.units != null)
    said.push(
      `Begin with half of the users: one step of 50 % needs ${count(only.units)} users, ${inDays(only.units / perDay)} at this traffic.`,
    )
  said.push(
    'Or let it hold: nothing is promoted by a time-out, gross harm is still rolled back, and its owner decides.',
  )
  return said
}
