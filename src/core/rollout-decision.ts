/**
 * What a rollout does next: advance, hold, abort or complete.
 *
 * Automation may only abort, or advance inside the plan that a person agreed to. No data holds, a broken split
 * holds, and nothing is ever promoted by a timeout.
 *
 * Invariant: `decide` is pure; the same statistics at the same instant give the same decision, so every decision
 * can be replayed from its evidence.
 */
import { sampleRatio } from '../kernel/statistics/index.ts'
import { age, type Instant, MINUTE } from '../kernel/time.ts'
import { readMetric } from './metric-reading.ts'
import type { Rollout, RolloutDecision, RolloutState, StepStatistics } from './rollout.ts'

export type Standing = Pick<Rollout, 'plan' | 'state' | 'step' | 'stepStartedAt'>

/** What a decision reads besides the clock; kept with it, so that it can be made again. */
export type Read = {
  readonly rollout: Standing
  readonly statistics: readonly StepStatistics[]
  /** What else forbids to advance, each as a sentence: evidence of the release that went stale. */
  readonly blockers?: readonly string[]
  /** Why the control looks as if a provider had an incident; null when it does not. */
  readonly incident?: string | null
  /** True when a person takes the step. */
  readonly byPerson?: boolean
}

export function decide({
  rollout,
  statistics,
  now,
  blockers = [],
  incident = null,
  byPerson: isByPerson = false,
}: Read & { readonly now: Instant }): RolloutDecision {
  const { plan, step } = rollout
  const share = plan.steps[step] ?? 1
  const metrics = plan.metrics.map((metric) => readMetric({ metric, plan, statistics }))
  const ratio = splitOf(statistics, plan.alphaSampleRatio)
  const decision = (kind: RolloutDecision['decision'], ...why: string[]): RolloutDecision => ({
    decision: kind,
    why,
    incident,
    step,
    share,
    metrics,
    sampleRatio: ratio,
    at: now,
  })

  if (share === 1 && plan.strategy === 'canary')
    return decision('complete', 'The plan gives all traffic to the candidate at once.')
  if (plan.endsAt !== undefined && plan.endsAt <= now)
    return decision('fall-back', 'The time of this cohort is over and nobody has decided to go on.')
  if (ratio.mismatch)
    return decision(
      'hold',
      'The arms did not get the share of units that the plan gives them, so nothing that was compared can be trusted.',
    )
  const harms = metrics.filter(({ verdict }) => verdict === 'harm')
  if (harms.length > 0) return decision('abort', ...harms.map(({ metric, why }) => `${metric}: ${why}`))

  const waits = reasonsToWait({ rollout, statistics, now, metrics, blockers, incident })
  if (waits.length > 0) return decision('hold', ...waits)
  // A cohort is complete when a person says so: it has all of a part, and that is no word about the rest.
  const isCohort = plan.strategy === 'cohort'
  const isLast = share === 1 || (plan.steps[step + 1] === 1 && !isCohort)
  const isForPerson = plan.advance === 'person' || (isCohort && isLast)
  if (isForPerson && !isByPerson)
    return decision(
      'hold',
      `${READY} Somebody takes the ${isLast ? 'last' : 'next'} step; this plan does not take it by itself.`,
    )
  return decision(isLast ? 'complete' : 'advance', READY)
}

const READY = 'No metric is worse than its margin.'

/** The state that follows. A person goes on with `resume` from paused and from holding. */
export function stateAfter(
  rollout: Standing,
  { decision, sampleRatio: ratio }: RolloutDecision,
  now: Instant,
): RolloutState {
  if (decision === 'complete') return 'completed'
  if (decision === 'abort') return 'rolled-back'
  if (decision === 'fall-back') return 'aborted'
  if (decision === 'advance') return 'running'
  if (rollout.state === 'paused' || rollout.state === 'holding') return rollout.state
  return ratio.mismatch || isOverdue(rollout, now) ? 'holding' : 'running'
}

const isOverdue = ({ plan, stepStartedAt }: Standing, now: Instant): boolean =>
  age(stepStartedAt, now) > plan.holdTimeoutMinutes * MINUTE

function reasonsToWait({
  rollout,
  statistics,
  now,
  metrics,
  blockers,
  incident,
}: {
  rollout: Standing
  statistics: readonly StepStatistics[]
  now: Instant
  metrics: RolloutDecision['metrics']
  blockers: readonly string[]
  incident: string | null
}): string[] {
  const { plan, state, step, stepStartedAt } = rollout
  const waits: string[] = []
  const seen = statistics.find((one) => one.step === step)?.firstSeen ?? { control: 0, candidate: 0 }
  const units = seen.control + seen.candidate
  if (statistics.every(({ firstSeen }) => firstSeen.control + firstSeen.candidate === 0))
    waits.push('Nothing was observed yet. No data never promotes and never rolls back.')
  // Else a step would be passed in the moment it begins, on what the steps before it saw.
  else if (units < plan.minimumUnits) waits.push(`This step has seen ${units} units; it needs ${plan.minimumUnits}.`)
  // With all the traffic there is no control beside it: only ceilings and tripwires are watched.
  const isAlone = plan.steps[step] === 1
  for (const { metric, verdict, why } of metrics)
    if (verdict === 'undecided' && !isAlone) waits.push(`${metric}: ${why}`)
  if (incident !== null) waits.push(incident)
  const soaked = age(stepStartedAt, now) / MINUTE
  if (soaked < plan.soakMinutes)
    waits.push(`This step has run for ${Math.floor(soaked)} of its ${plan.soakMinutes} minutes.`)
  waits.push(...blockers)
  if (state === 'paused') waits.push('It is paused; resume it to go on.')
  if (state === 'holding') waits.push('It waits for its owner; resume or abort it.')
  else if (waits.length > 0 && isOverdue(rollout, now))
    waits.push(
      `No decision in ${plan.holdTimeoutMinutes} minutes: the owner decides; nothing is promoted by a timeout.`,
    )
  return waits
}

function splitOf(statistics: readonly StepStatistics[], alpha: number): RolloutDecision['sampleRatio'] {
  const { logE, mismatch } = sampleRatio({
    alpha,
    steps: statistics
      .filter(({ share }) => share > 0 && share < 1)
      .map(({ share, firstSeen }) => ({
        counts: [firstSeen.control, firstSeen.candidate],
        weights: [1 - share, share],
      })),
  })
  return { logEvidence: logE / Math.LN10, logThreshold: -Math.log10(alpha), mismatch }
}
