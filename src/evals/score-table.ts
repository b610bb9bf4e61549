/** One evaluator over one arm: its mean with an interval, and what has no score counted with its reason. */
import { seededRandom } from '../kernel/random.ts'
import type { IntervalMethod, Score } from './experiment.ts'
import { type Cases, type Measure, type ScoreColumn, scoreAt } from './numbers/index.ts'
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
  const values: number[] = []
  const groups: number[] = []
  const scored: number[] = []
  let errors = 0
  let missing = 0
  for (const place of members) {
    const score = scoreAt(column, place)
    if (!Number.isNaN(score)) {
      values.push(score)
      groups.push(clusters[place] ?? 0)
      if (column.tries) scored.push(place)
    } else if (column.errors[place] === 1) errors++
    else missing++
  }
  return {
    evaluator: key,
    version,
    n: values.length,
    missing,
    errors,
    mean: meanOf(values),
    interval: intervalOf({ values, clusters: groups }, { kind, unit, method: intervals, random: seededRandom(seed) }),
    kind,
    unit,
    better,
    reliability: kind === 'rate' ? reliabilityOf(column, { members: scored, clusters }) : [],
  }
}
