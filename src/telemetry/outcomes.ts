/**
 * What a rollout learns from one request and from one feedback. Pure; all outcomes are harms, larger is worse.
 *
 * A request that the client gave up, or that was refused before an arm answered, says nothing about the arm, and neither
 * does a probe of ours, which is nobody's question. One that broke counts as an error and as nothing else: a quick
 * failure must not look like a good latency.
 */
import { verdictsIn } from '../core/guardrail.ts'
import { kpiOfFeedback, missedKpi, SESSION_COST } from '../core/late-metric.ts'
import type { Outcome } from '../core/outcome.ts'
import { approximateMicroUsd } from '../kernel/money.ts'
import { type Instant, later } from '../kernel/time.ts'
import type { Feedback } from './contract.ts'
import type { Settled } from './settled.ts'
import type { TraceReference } from './trace-row.ts'

/** The kind of the step that an answer has which waits for a person; the gateway writes it. */
export const HELD_STEP = 'hold'

export function outcomesOf(settled: Settled): Outcome[] {
  if (settled.status === 'cancelled' || settled.metadata.traffic === 'probe') return []
  const outcome = maker(settled, later(settled.at, settled.latencyMs))
  if (!outcome) return []
  const cost = settled.costMicroUsd === null ? null : approximateMicroUsd(settled.costMicroUsd)
  const { inputTokens, outputTokens } = settled.usage
  // What broke before a model was asked cost its session nothing; what used tokens without a price cost nobody knows what.
  const ofSession = outcome(SESSION_COST, cost ?? (inputTokens + outputTokens === 0 ? 0 : null))
  if (settled.status === 'errored') return [outcome('error', 1), ofSession]
  return [
    outcome('error', 0),
    ofSession,
    outcome('latency-ms', settled.latencyMs),
    ...(cost === null ? [] : [outcome('cost-micro-usd', cost)]),
    outcome('invalid-citation', settled.invalidCitations.length > 0 ? 1 : 0),
    outcome('abstained', settled.abstained ? 1 : 0),
    outcome('refused', settled.finishReason === 'refusal' ? 1 : 0),
    outcome('guardrail-hit', isGuardHit(settled) ? 1 : 0),
    outcome('escalated', settled.steps.some(({ kind }) => kind === HELD_STEP) ? 1 : 0),
    // Of an answer that is not streamed the first token is the whole.
    ...(settled.stream && settled.firstTokenMs !== null ? [outcome('first-token-ms', settled.firstTokenMs)] : []),
  ]
}

/** A guardrail of the release found something, or the filter of the provider cut the answer off. */
export const isGuardHit = ({ steps, finishReason }: Pick<Settled, 'steps' | 'finishReason'>): boolean =>
  finishReason === 'filtered' ||
  finishReason === 'content_filter' ||
  verdictsIn(steps).some(({ verdict }) => verdict !== 'passed')

/**
 * `feedback.<name>`; `helpful` is turned round into `feedback.unhelpful`, because outcomes are harms, and `kpi-<name>`
 * into `missed-kpi.<name>`, which the session counts. Words have no amount.
 */
export function outcomesOfFeedback(feedback: Feedback, trace: TraceReference): Outcome[] {
  if (typeof feedback.value === 'string') return []
  const outcome = maker(trace, feedback.at)
  const value = Number(feedback.value)
  if (!outcome) return []
  const kpi = kpiOfFeedback(feedback.name)
  if (kpi !== undefined) return [outcome(missedKpi(kpi), 1 - value)]
  return feedback.name === 'helpful'
    ? [outcome('feedback.unhelpful', 1 - value)]
    : [outcome(`feedback.${feedback.name}`, value)]
}

/** One more thing that was found out about an answer; nothing for an answer of no rollout. */
export function outcomeOf(settled: Settled, metric: string, value: number): Outcome[] {
  const outcome = maker(settled, later(settled.at, settled.latencyMs))
  return outcome ? [outcome(metric, value)] : []
}

type Origin = Pick<TraceReference, 'traceId' | 'release' | 'arm' | 'rollout' | 'unit'>

function maker({ traceId, release, arm, rollout, unit }: Origin, at: Instant) {
  if (!rollout || !release || !arm) return undefined
  return (metric: string, value: number | null): Outcome => ({
    eventId: `${traceId}:${metric}`,
    rollout: rollout.id,
    release,
    arm,
    share: rollout.share,
    unit,
    metric,
    value,
    at,
  })
}
