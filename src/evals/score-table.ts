/** One evaluator over one arm: its mean with an interval, and what has no score counted with its reason. */
import { seededRandom } from '../kernel/random.ts'
import { type Cases, giveBack, type Measure, type ScoreColumn, scoreAt } from './columns/index.ts'
import type { IntervalMethod, Score } from './experiment.ts'
import { reliabilityOf } from './reliability.ts'
import { intervalOf, meanOf } from './score-interval.ts'

/** Places of examples, such as those of a slice. */
export type Members = Int32Array

/** Repeats of an example are averaged first. */
export function scoreOf(
  { clusters }: Pick<Cases, 'clusters'>,
  {
    members,
    measure: { key, version, kind, unit, better },
    column,
    intervals,
    seed,
  }: { members: Members; measure: Measure; column: ScoreColumn; intervals: IntervalMethod; seed: number },
): Score {
  const [scores, ofScores, scored] = [new Float64Array(members.length), wholesLike(members), wholesLike(members)]
  let [n, errors, missing] = [0, 0, 0]
  for (const place of members) {
    const score = scoreAt(column, place)
    if (!Number.isNaN(score)) {
      scores[n] = score
      ofScores[n] = clusters[place] ?? 0
      scored[n++] = place
    } else if (column.errors[place] === 1) errors++
    else missing++
  }
  const [values, groups] = [scores.subarray(0, n), ofScores.subarray(0, n)]
  const found: Score = {
    evaluator: key,
    version,
    n,
    missing,
    errors,
    mean: meanOf(values),
    interval: intervalOf({ values, clusters: groups }, { kind, unit, method: intervals, random: seededRandom(seed) }),
    kind,
    unit,
    better,
    reliability: kind === 'rate' ? reliabilityOf(column, { members: scored.subarray(0, n), clusters }) : [],
  }
  giveBack(scores, ofScores, scored)
  return found
}

const wholesLike = ({ length }: Members): Int32Array => new Int32Array(length)
