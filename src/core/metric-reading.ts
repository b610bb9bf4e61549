/**
 * How one metric of a rollout stands: not worse than the margin, harm, or undecided, with everything compared.
 *
 * Harm is claimed by the conditional event e-process, which may be looked at after every event, and, past half
 * the margin, by the lower limit of the asymptotic sequence. "Not worse" is claimed by its upper limit alone, or
 * by the one-arm ceiling while either arm has fewer than 5 events. Steps are never pooled: each share is compared
 * within itself.
 */
import {
  asymptoticHalfWidth,
  logEventEvidence,
  oneArmCeiling,
  unitsWithoutEventNeeded,
} from '../kernel/statistics/index.ts'
import { alphasOf, type Compared, compare, inUnits, isLog, onScale, type Step, sampleOf } from './arm-comparison.ts'
import { unevenResponses } from './response-rate.ts'
import type { Metric, MetricReading, MetricSums, RolloutPlan, StepStatistics } from './rollout.ts'
import { tripOf } from './tripwire.ts'

/** Below this many events in an arm the sequence is not read: it would promote a release at the margin too often. */
const FEW_EVENTS = 5
/** Long-tailed values need this many units an arm; from 100 the sequence misses 10 % of the time. */
const LONG_TAIL_UNITS = 1000
/** Standard deviation over mean above which values count as long-tailed. */
const LONG_TAIL = 1
const LARGEST_GROWTH = 10_000
const NO_SUMS: MetricSums = { units: 0, events: 0, sum: 0, sumOfSquares: 0 }

export function readMetric({
  metric,
  plan,
  statistics,
}: {
  metric: Metric
  plan: RolloutPlan
  statistics: readonly StepStatistics[]
}): MetricReading {
  const steps = statistics
    .filter(({ share }) => share > 0 && share < 1)
    .map(({ share, metrics }) => ({
      share,
      control: metrics[metric.name]?.control ?? NO_SUMS,
      candidate: metrics[metric.name]?.candidate ?? NO_SUMS,
    }))
  const control = total(steps.map((step) => step.control))
  const candidate = total(steps.map((step) => step.candidate))
  const alone = statistics.filter(({ share }) => share === 1).map(({ metrics }) => metrics[metric.name]?.candidate)
  const everything = total([candidate, ...alone.filter((one) => one !== undefined)])
  const alpha = alphasOf(metric, plan)
  const compared = compare({ metric, plan, steps })
  const evidence = metric.kind === 'event' ? harmEvidence({ metric, steps, control }) : null
  const logThreshold = -Math.log10(alpha.evidence)
  const shown = {
    metric: metric.name,
    kind: metric.kind,
    control: { units: control.units, events: control.events, value: averageOf(metric, control) },
    candidate: { units: candidate.units, events: candidate.events, value: averageOf(metric, candidate) },
    difference: compared && inUnits(metric, compared.difference),
    upper: compared && inUnits(metric, compared.upper),
    lower: compared && inUnits(metric, compared.lower),
    margin: metric.margin,
    logEvidence: evidence,
    logThreshold,
  }
  const trip = tripOf({ metric, plan, control, candidate: everything })
  if (trip !== undefined) return { ...shown, ...decided('harm', trip) }
  const uneven = unevenResponses(metric, plan, steps)
  if (uneven !== undefined) return { ...shown, verdict: 'undecided', why: uneven, unitsNeeded: null }
  return { ...shown, ...weigh({ metric, plan, control, candidate, compared, evidence, logThreshold }) }
}

type Weighed = Pick<MetricReading, 'verdict' | 'why' | 'unitsNeeded'>

function weigh(given: {
  metric: Metric
  plan: RolloutPlan
  control: MetricSums
  candidate: MetricSums
  compared: Compared | null
  evidence: number | null
  logThreshold: number
}): Weighed {
  const { metric, plan, control, candidate, compared, evidence, logThreshold } = given
  const harmFrom = onScale(metric, metric.critical ? 0 : metric.margin / 2)
  const least = unitsBeforeReading(metric, plan, [control, candidate])
  const isReadable = Math.min(control.units, candidate.units) >= least
  const isWorseSoFar = metric.critical || (compared !== null && compared.difference > harmFrom)

  if (evidence !== null && evidence >= logThreshold && isWorseSoFar)
    return decided(
      'harm',
      `It happens more often than before: the odds against chance are ${odds(evidence)} to 1, and ${odds(logThreshold)} to 1 decides.`,
    )
  const mayClaimHarm = metric.kind === 'mean' || (!metric.critical && candidate.events >= FEW_EVENTS)
  if (isReadable && mayClaimHarm && compared && compared.lower > harmFrom)
    return decided(
      'harm',
      `It is worse by at least ${inWords(metric, compared.lower)}; ${inWords(metric, harmFrom)} is accepted.`,
    )
  if (!isReadable) return tooFew(least, control, candidate)
  if (metric.kind === 'event' && Math.min(control.events, candidate.events) < FEW_EVENTS && metric.margin < 1)
    return underCeiling({ metric, plan, candidate, compared })
  if (!compared) return decided('not-worse', 'Every unit of both arms has the same value.')
  if (compared.upper < onScale(metric, metric.margin))
    return decided(
      'not-worse',
      `It is worse by at most ${inWords(metric, compared.upper)}; the margin is ${inWords(metric, onScale(metric, metric.margin))}.`,
    )
  const unitsNeeded = moreUnits({ metric, plan, compared, units: control.units + candidate.units, harmFrom })
  return {
    verdict: 'undecided',
    why: `It may be worse by ${inWords(metric, compared.upper)}; the margin is ${inWords(metric, onScale(metric, metric.margin))}. ${needed(unitsNeeded)}`,
    unitsNeeded,
  }
}

function underCeiling({
  metric,
  plan,
  candidate,
  compared,
}: {
  metric: Metric
  plan: RolloutPlan
  candidate: MetricSums
  compared: Compared | null
}): Weighed {
  const bet = { ceiling: metric.margin, alpha: plan.alphaPromote }
  const { belowCeiling } = oneArmCeiling({ events: candidate.events, n: candidate.units, ...bet })
  const rate = `${candidate.events} in ${candidate.units} units`
  if (belowCeiling)
    return decided('not-worse', `Too few events to compare; ${rate} lie below the margin of ${percent(metric.margin)}.`)
  const unitsNeeded = candidate.events === 0 ? Math.max(1, unitsWithoutEventNeeded(bet) - candidate.units) : null
  const tendency = compared && compared.difference > metric.margin ? ' It looks worse so far.' : ''
  return {
    verdict: 'undecided',
    why: `Too few events to compare: ${rate} do not show a rate below ${percent(metric.margin)}.${tendency} ${
      unitsNeeded === null ? '' : `${unitsNeeded} more of the candidate without an event would.`
    }`.trim(),
    unitsNeeded,
  }
}

const decided = (verdict: 'harm' | 'not-worse', why: string): Weighed => ({ verdict, why, unitsNeeded: null })

function tooFew(least: number, control: MetricSums, candidate: MetricSums): Weighed {
  const missing = Math.max(0, least - control.units) + Math.max(0, least - candidate.units)
  return {
    verdict: 'undecided',
    why: `${control.units} units of the control and ${candidate.units} of the candidate; each needs ${least}.`,
    unitsNeeded: missing,
  }
}

/**
 * log10 of the e-value. For a metric that is not critical the null ratio r0 stands for half the margin above the
 * control's rate. It is never below a ratio that is free of harm, so the guarantee holds although the rate is
 * estimated; a rate under half the margin is taken as half the margin, else one event more would look huge.
 */
function harmEvidence({
  metric,
  steps,
  control,
}: {
  metric: Metric
  steps: readonly Step[]
  control: MetricSums
}): number {
  const half = metric.margin / 2
  const rate = Math.max((control.events + 0.5) / (control.units + 1), half)
  const nullRatio = metric.critical ? 1 : 1 + half / rate
  const events = steps.map((step) => ({
    weight: step.share,
    canary: step.candidate.events,
    control: step.control.events,
  }))
  return logEventEvidence({ steps: events, nullRatio }) / Math.LN10
}

function unitsBeforeReading(metric: Metric, plan: RolloutPlan, arms: readonly MetricSums[]): number {
  const isLongTailed =
    metric.kind === 'mean' &&
    metric.scale === 'linear' &&
    arms.some((arm) => {
      const { mean, variance } = sampleOf(metric, arm)
      return mean > 0 && Math.sqrt(variance) / mean > LONG_TAIL
    })
  return isLongTailed ? Math.max(plan.minimumUnits, LONG_TAIL_UNITS) : plan.minimumUnits
}

/** About how many more units, both arms together, decide if all goes on as it was; null when that is beyond reach. */
function moreUnits(given: {
  metric: Metric
  plan: RolloutPlan
  compared: Compared
  units: number
  harmFrom: number
}): number | null {
  const { metric, plan, compared, units, harmFrom } = given
  const { difference, se, balancedUnits } = compared
  const margin = onScale(metric, metric.margin)
  const half = (growth: number, alpha: number) =>
    asymptoticHalfWidth({
      se: se / Math.sqrt(growth),
      n: Math.max(1, Math.round(balancedUnits * growth)),
      plannedUnits: plan.plannedUnits,
      alpha,
      sides: 1,
    })
  const decides = (growth: number) =>
    difference + half(growth, plan.alphaPromote) < margin ||
    difference - half(growth, alphasOf(metric, plan).sequence) > harmFrom
  for (let growth = 1.05; growth < LARGEST_GROWTH; growth *= 1.05)
    if (decides(growth)) return Math.ceil(units * (growth - 1))
  return null
}

const total = (arms: readonly MetricSums[]): MetricSums =>
  arms.reduce(
    (sum, arm) => ({
      units: sum.units + arm.units,
      events: sum.events + arm.events,
      sum: sum.sum + arm.sum,
      sumOfSquares: sum.sumOfSquares + arm.sumOfSquares,
    }),
    NO_SUMS,
  )

function averageOf(metric: Metric, { units, events, sum }: MetricSums): number | null {
  if (units === 0) return null
  if (metric.kind === 'event') return events / units
  return metric.scale === 'log' ? Math.exp(sum / units) : sum / units
}

const inWords = (metric: Metric, value: number): string =>
  isLog(metric) || metric.kind === 'event' ? percent(inUnits(metric, value)) : String(round(value))
const percent = (share: number): string => `${Math.round(share * 10_000) / 100} %`
const round = (value: number): number => Math.round(value * 100) / 100
const needed = (units: number | null): string =>
  units === null ? 'More units alone will hardly decide it.' : `About ${units} more units decide it.`

/** An e-value in words: `1,260`. */
const odds = (logEvidence: number): string => Math.round(10 ** Math.min(logEvidence, 12)).toLocaleString('en')
