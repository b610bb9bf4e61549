/** The story's sentences, made from what the API answered. */
import type { Change, Experiment, GateDecision, ServedRollout } from '../../sdk/index.ts'

const figure = (value: number | null | undefined): string =>
  value === null || value === undefined ? 'not known' : value.toFixed(4)

export function gateLine(decision: GateDecision): string {
  const counts = new Map<string, number>()
  for (const { verdict } of decision.findings) counts.set(verdict, (counts.get(verdict) ?? 0) + 1)
  return `${decision.decision.toUpperCase()} (${[...counts].map(([verdict, count]) => `${count} ${verdict}`).join(', ')})`
}

export function scoreLine(
  experiment: Experiment,
  evaluator: string,
  arm: 'candidate' | 'control' = 'candidate',
): string {
  const score = experiment.arms.find((one) => one.arm === arm)?.scores.find((one) => one.evaluator === evaluator)
  if (!score) return 'not measured'
  return `${figure(score.mean)}${score.interval ? ` [${figure(score.interval.low)}, ${figure(score.interval.high)}]` : ''} (n ${score.n})`
}

export function comparisonLine(experiment: Experiment): string {
  const comparison = experiment.comparison.find(({ evaluator }) => evaluator === experiment.primary)
  if (!comparison) return 'there is nothing to compare with.'
  const interval = comparison.interval
    ? ` [${figure(comparison.interval.low)}, ${figure(comparison.interval.high)}]`
    : ''
  const more = comparison.neededN === null ? '' : `; about ${comparison.neededN} cases would decide`
  return `${comparison.verdict} by ${figure(comparison.difference)}${interval}, n ${comparison.n}${more}.`
}

export const changeLines = (changes: readonly Change[]): string => changes.map(({ words }) => words).join(' ')

export function rolloutLine(rollout: ServedRollout): string {
  const units = rollout.latest?.metrics[0]
  const seen = units
    ? ` after ${units.candidate.units} users of the new release and ${units.control.units} of the old`
    : ''
  return `${rollout.state.toUpperCase()} at step ${rollout.step + 1} of ${rollout.plan.steps.length}${seen}. ${rollout.latest?.why.join(' ') ?? rollout.reason}`
}
