/** One evaluator over one arm: its mean with an interval, and what has no score counted with its reason. */
import { seededRandom } from '../kernel/random.ts'
import { type Cases, type Measure, type Members, type ScoreColumn, scoreAt, select } from './columns/index.ts'
import type { IntervalMethod, Score } from './experiment.ts'
import { reliabilityOf } from './reliability.ts'
import { intervalOf, meanOf } from './score-interval.ts'

/** Repeats of an example are averaged first. */
export function scoreOf(
  { clusters, count }: Pick<Cases, 'clusters' | 'count'>,
  {
    members,
    measure: { key, version, kind, unit, better },
    column,
    intervals,
    seed,
  }: { members: Members; measure: Measure; column: ScoreColumn; intervals: IntervalMethod; seed: number },
): Score {
  const of = { count, members }
  const isScored = (place: number) => !Number.isNaN(scoreAt(column, place))
  const scored = select(of, isScored)
  const errors = select(of, (place) => !isScored(place) && column.errors.at(place) === 1).length
  const values = scored.of(column.scores)
  const random = seededRandom(seed)
  return {
    evaluator: key,
    version,
    n: values.length,
    missing: (members?.length ?? count) - values.length - errors,
    errors,
    mean: meanOf(values),
    interval: intervalOf({ values, clusters: scored.of(clusters) }, { kind, unit, method: intervals, random }),
    kind,
    unit,
    better,
    reliability: kind === 'rate' ? reliabilityOf(column, { of, isScored, clusters }) : [],
  }
}
