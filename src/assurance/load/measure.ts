/** Figures of one step from what the generator noted, and whether the release kept its objectives in it; pure. */
import { type Spread, spreadOf } from '../../core/spread.ts'
import { microUsd } from '../../kernel/money.ts'
import { quantile, wilson } from '../../kernel/statistics/index.ts'
import type { Objectives, PlannedStep, StepFigures } from './contract.ts'
import type { Generated } from './generate.ts'

/** What the check asks, too. */
export const MOST_ERRORS = 0.01
/** Later than this, and than a tenth of the objective, it is the generator that is measured. */
const LATE_MS = 100
/** Answers of which a third is compared with another. */
const LEAST_GROWTH = 30
const MOST_GROWTH = 2
/** A growth below this, and below a tenth of the objective, is none. */
const NOTICED_MS = 50
const SHOWN_ERRORS = 10
/** A refusal of ours says nothing of what the release bears. */
const OURS = /\bgateway\.(?:limit-|price-unknown\b)/

export function figuresOf(generated: Generated, step: PlannedStep, objectives: Objectives): StepFigures {
  const { endMs, firstMs, outcome, outcomes, stoppedBy, priced, costPico } = generated
  const sent = endMs.length
  const isAnswered = (_: number, at: number) => outcome[at] === 0
  const answered = endMs.filter(isAnswered)
  const latencyMs = spreadOf(answered)
  const firstTokenMs = spreadOf(firstMs.filter((ms, at) => !Number.isNaN(ms) && outcome[at] === 0))
  const errors = errorsOf(outcome, outcomes)
  const late = generated.lateMs
  const generatorLateMs = late.length === 0 ? 0 : quantile([...late], 0.95)
  const failures = sent - answered.length
  const limitedBy = errors.some(({ what }) => OURS.test(what))
    ? ('cap' as const)
    : generatorLateMs > Math.max(LATE_MS, (objectives.p95Ms ?? latencyMs?.p95.value ?? 0) / 10)
      ? ('generator' as const)
      : null
  const figures = {
    step,
    sent,
    answered: answered.length,
    offeredPerSecond: step.requests / step.seconds,
    answeredPerSecond: (answered.length * 1000) / Math.max(1, generated.wallMs),
    ...{ latencyMs, firstTokenMs, errors, generatorLateMs, limitedBy, stoppedBy },
    errorRate: {
      value: sent === 0 ? 0 : failures / sent,
      n: sent,
      interval: { ...wilson({ successes: failures, n: sent }), method: 'wilson', sides: 2 as const, level: 0.95 },
    },
    isGrowing: isGrowing([...answered], objectives.p95Ms),
    underWayAtEnd: generated.underWayAtEnd,
    costMicroUsd: priced === answered.length ? microUsd(costPico) : null,
  }
  return { ...figures, standing: standingOf(figures, objectives) }
}

/** Surely within the objectives, surely not, or neither: an interval that crosses one decides nothing. */
function standingOf(
  found: Omit<StepFigures, 'standing'>,
  { mode, p95Ms, firstTokenMs }: Objectives,
): StepFigures['standing'] {
  const { limitedBy, stoppedBy, errorRate, isGrowing } = found
  if (limitedBy !== null || stoppedBy === 'cost' || stoppedBy === 'other-release') return 'undecided'
  const held = [
    within(found.latencyMs, p95Ms),
    ...(mode === 'real-time' && found.firstTokenMs ? [within(found.firstTokenMs, firstTokenMs)] : []),
  ]
  if (stoppedBy !== null || isGrowing || errorRate.interval.low > MOST_ERRORS || held.includes(false)) return 'failed'
  return errorRate.value <= MOST_ERRORS && held.every((one) => one === true) ? 'held' : 'undecided'
}

/** Null where nobody said how quick it has to be, or where it cannot be told. */
function within(spread: Spread | null, objective: number | null): boolean | null {
  if (objective === null || !spread) return null
  const { low, high } = spread.p95
  if (high !== null && high <= objective) return true
  return low !== null && low > objective ? false : null
}

/** Where more comes than is answered, each waits longer than the one before. */
function isGrowing(inOrder: readonly number[], objectiveMs: number | null): boolean {
  if (inOrder.length < LEAST_GROWTH) return false
  const third = Math.floor(inOrder.length / 3)
  const [first, last] = [quantile(inOrder.slice(0, third), 0.5), quantile(inOrder.slice(-third), 0.5)]
  return last > first * MOST_GROWTH && last - first > Math.max(NOTICED_MS, (objectiveMs ?? 0) / 10)
}

function errorsOf(outcome: Uint16Array, outcomes: readonly string[]): StepFigures['errors'] {
  const counts = new Map<string, number>()
  for (const at of outcome) {
    const what = outcomes[at]
    if (at > 0 && what !== undefined) counts.set(what, (counts.get(what) ?? 0) + 1)
  }
  return [...counts]
    .map(([what, count]) => ({ what, count }))
    .sort((one, other) => other.count - one.count)
    .slice(0, SHOWN_ERRORS)
}

/**
 * How long after the overload had been answered or given up: until the first request after which all were answered in
 * time. Null where the last of them was not.
 */
export function recoveredSeconds(
  { dueMs, endMs, outcome }: Generated,
  { inTimeMs }: { inTimeMs: number },
): number | null {
  const isWell = (at: number) => outcome[at] === 0 && (endMs[at] ?? Number.POSITIVE_INFINITY) <= inTimeMs
  let from = endMs.length
  while (from > 0 && isWell(from - 1)) from -= 1
  if (from === endMs.length) return null
  return (dueMs[from] ?? 0) / 1000
}
