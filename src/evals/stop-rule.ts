/**
 * Ends a dear experiment as soon as its primary score is decided. The interval is a confidence sequence: it holds at
 * every look, so looking after every pair costs no honesty.
 *
 * Pairs count in the order that was drawn before the run, never in the order in which answers arrive: quick answers
 * may be other ones than slow answers.
 */
import type { Interval } from '../core/evidence.ts'
import { Failure } from '../kernel/failure.ts'
import { seededRandom } from '../kernel/random.ts'
import { boundedSequence } from '../kernel/statistics/index.ts'
import { verdictOf } from './comparison.ts'
import type { RowScore } from './experiment.ts'
import type { ExperimentPlan } from './experiment-plan.ts'
import type { NumberedExample } from './planned-arm.ts'
import type { ComparisonVerdict, Registration } from './results.ts'

/** Fewer pairs than this never end a run: somebody should be able to look at what was decided. */
export const LEAST_PAIRS = 30

export type StopRule = {
  /** Takes a row as it is known; rows may come in any order, also again. */
  see(row: { arm: string; example: string; scores: Readonly<Record<string, RowScore>>; error: string | null }): void
  /** Undefined while it is undecided. */
  readonly decided: { verdict: ComparisonVerdict; interval: Interval; pairs: number } | undefined
  readonly interval: Interval
  readonly pairs: number
}

export function createStopRule(
  plan: ExperimentPlan,
  { alpha, leastPairs }: NonNullable<Registration['stopping']>,
): StopRule {
  const primary = plan.evaluators.find(({ key }) => key === plan.suite.primary)?.evaluator
  const better = primary?.better ?? 'higher'
  const { margin, primary: key } = plan.suite
  const sequence = boundedSequence({ low: -1, high: 1, alpha })
  const seen = new Map<string, Map<string, number | null>>()
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
    for (let example = plan.examples[next]; example && !decided; example = plan.examples[next]) {
      const scores = seen.get(example.example.id)
      const candidate = scores?.get('candidate')
      const control = scores?.get('control')
      if (candidate === undefined || control === undefined) return
      next++
      seen.delete(example.example.id)
      if (candidate === null || control === null) continue
      sequence.add(candidate - control)
      if (sequence.n < leastPairs) continue
      const verdict = verdictOf(sequence.interval(), { better, margin })
      if (verdict !== 'undecided') decided = { verdict, interval: intervalNow(), pairs: sequence.n }
    }
  }

  return {
    see({ arm, example, scores, error }) {
      const known = seen.get(example) ?? new Map<string, number | null>()
      known.set(arm, error === null ? (scores[key]?.score ?? null) : null)
      seen.set(example, known)
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
export function demandStoppable(plan: ExperimentPlan, repeats: number): void {
  const primary = plan.evaluators.find(({ key }) => key === plan.suite.primary)?.evaluator
  const reason =
    plan.against === null
      ? 'nothing is compared'
      : repeats > 1
        ? 'repeats of one example would have to end together; ask for one'
        : primary?.unit !== 'share'
          ? `${plan.suite.primary} has no bounds, and the interval that may be looked at again and again needs them`
          : plan.examples.some(({ example }) => example.cluster !== undefined)
            ? 'its examples come in clusters, which are not independent'
            : undefined
  if (reason === undefined) return
  throw new Failure('invalid', 'evals.cannot-stop-early', `This experiment cannot end early: ${reason}.`)
}

/** The examples in an order by chance, the same for the same seed (Fisher & Yates). */
export function shuffled(examples: readonly NumberedExample[], seed: number): NumberedExample[] {
  const random = seededRandom(seed)
  const drawn = [...examples]
  for (let last = drawn.length - 1; last > 0; last--) {
    const at = Math.floor(random() * (last + 1))
    const [one, other] = [drawn[last], drawn[at]]
    if (one && other) [drawn[last], drawn[at]] = [other, one]
  }
  return drawn
}
