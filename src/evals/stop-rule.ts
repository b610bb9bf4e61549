/**
 * Ends a dear experiment as soon as its primary score is decided. The interval is a confidence sequence: it holds at
 * every look, so looking after every pair costs no honesty.
 *
 * Pairs count in the order that was drawn before the run, never in the order in which answers arrive: quick answers
 * may be other ones than slow answers.
 */
import type { Interval } from '../core/evidence.ts'
import { Failure } from '../kernel/failure.ts'
import { boundedSequence } from '../kernel/statistics/index.ts'
import { verdictOf } from './comparison.ts'
import type { ExperimentPlan } from './experiment-plan.ts'
import type { ComparisonVerdict, Registration } from './results.ts'

/** Fewer pairs than this never end a run: somebody should be able to look at what was decided. */
export const LEAST_PAIRS = 30

export type StopRule = {
  /** Takes a row as it is known; rows may come in any order, also again. */
  see(row: { arm: string; exampleNumber: number; score: number | null }): void
  /** Undefined while it is undecided. */
  readonly decided: { verdict: ComparisonVerdict; interval: Interval; pairs: number } | undefined
  readonly interval: Interval
  readonly pairs: number
}

/** @param order the numbers of the examples, as they were drawn */
export function createStopRule(
  plan: ExperimentPlan,
  order: Int32Array,
  { alpha, leastPairs }: NonNullable<Registration['stopping']>,
): StopRule {
  const primary = plan.evaluators.find(({ key }) => key === plan.suite.primary)?.evaluator
  const better = primary?.better ?? 'higher'
  const { margin } = plan.suite
  const sequence = boundedSequence({ low: -1, high: 1, alpha })
  const seen = new Map<number, Map<string, number | null>>()
  let next = 0
  let decided: StopRule['decided']
  const intervalNow = (): Interval => ({
    ...sequence.interval(),
    method: 'empirical Bernstein, at every look',
    sides: 2,
    level: 1 - alpha,
  })

  /** Goes on along the drawn order as far as both arms are known. */
  function advance(): void {
    for (let number = order[next]; number !== undefined && !decided; number = order[next]) {
      const scores = seen.get(number)
      const candidate = scores?.get('candidate')
      const control = scores?.get('control')
      if (candidate === undefined || control === undefined) return
      next++
      seen.delete(number)
      if (candidate === null || control === null) continue
      sequence.add(candidate - control)
      if (sequence.n < leastPairs) continue
      const verdict = verdictOf(sequence.interval(), { better, margin })
      if (verdict !== 'undecided') decided = { verdict, interval: intervalNow(), pairs: sequence.n }
    }
  }

  return {
    see({ arm, exampleNumber, score }) {
      const known = seen.get(exampleNumber) ?? new Map<string, number | null>()
      known.set(arm, score)
      seen.set(exampleNumber, known)
      advance()
    },
    get decided() {
      return decided
    },
    get interval() {
      return intervalNow()
    },
    get pairs() {
      return sequence.n
    },
  }
}

/** Throws where a run may not end early, with the reason. */
export async function demandStoppable(plan: ExperimentPlan, repeats: number): Promise<void> {
  const primary = plan.evaluators.find(({ key }) => key === plan.suite.primary)?.evaluator
  const reason =
    plan.against === null
      ? 'nothing is compared'
      : repeats > 1
        ? 'repeats of one example would have to end together; ask for one'
        : primary?.unit !== 'share'
          ? `${plan.suite.primary} has no bounds, and the interval that may be looked at again and again needs them`
          : (await hasClusters(plan))
            ? 'its examples come in clusters, which are not independent'
            : undefined
  if (reason === undefined) return
  throw new Failure('invalid', 'evals.cannot-stop-early', `This experiment cannot end early: ${reason}.`)
}

async function hasClusters({ examples }: ExperimentPlan): Promise<boolean> {
  for await (const piece of examples.pieces())
    if (piece.some(({ example }) => example.cluster !== undefined)) return true
  return false
}
