/** The paired difference of two arms in each figure, over the examples that both answered; repeats weigh as one. Pure. */
import { jackknifeDifference, labelFigures, studentTwoSidedTail } from '../../kernel/statistics/index.ts'
import { verdictOf } from '../comparison.ts'
import { LEAST_CLUSTERS, LEVEL, neededPairs, nonInferiorOf } from '../corpus/index.ts'
import type { Comparison } from '../results.ts'
import { type Cells, type Margins, marginsOf, marginsWithout } from './cells.ts'
import { FIGURES, type Group, isHeldBack, onceForEach, shareOf } from './figures.ts'

type Ask = {
  readonly first: Cells
  readonly second: Cells
  /** Examples that both answered. */
  readonly n: number
  readonly margin: number
  readonly excluded: Comparison['excluded']
}

/** First less second, by figure. */
export function compareCells({ first, second, n, margin, excluded }: Ask): Comparison[] {
  const [ours, theirs] = [marginsOf(first), marginsOf(second)]
  const clusters = first.groups().size
  const isSaid = clusters >= LEAST_CLUSTERS
  const without = onceForEach((mine: Group, other: Group) => [
    labelFigures(marginsWithout(ours, mine)),
    labelFigures(marginsWithout(theirs, other)),
  ])
  const left = isSaid
    ? [...first.groups()].map(([at, group]) => without(group, second.groups().get(at) ?? new Map()))
    : []
  return FIGURES.map((figure): Comparison => {
    const span = 1 - figure.least
    const differenceOf = (pair: readonly ReturnType<typeof labelFigures>[]): number =>
      pair[0] && pair[1] ? shareOf(figure, pair[0]) - shareOf(figure, pair[1]) : 0
    const difference = n === 0 ? null : differenceOf([ours, theirs].map((one: Margins) => labelFigures(one)))
    const given = { difference: difference ?? 0, without: left.map(differenceOf) }
    const at = (confidence: number) => {
      const { low, high, standardError } = jackknifeDifference({ ...given, confidence })
      return { low: span * low, high: span * high, standardError: span * standardError }
    }
    const isKept = isHeldBack(figure.figure, first, ours) || isHeldBack(figure.figure, second, theirs)
    const found = isSaid && difference !== null && !isKept ? at(LEVEL) : null
    const interval = found && { low: found.low, high: found.high, method: METHOD, sides: 2 as const, level: LEVEL }
    const verdict = verdictOf(interval, { better: 'higher', margin })
    return {
      evaluator: figure.figure,
      n,
      clusters,
      difference: difference === null ? null : span * difference,
      interval,
      verdict,
      nonInferior: interval && nonInferiorOf({ interval, narrower: at(2 * LEVEL - 1), margin }),
      margin,
      neededN:
        verdict === 'undecided' && found ? neededPairs({ error: found.standardError, n, margin, clusters }) : null,
      discordant: null,
      pValue: found && pOf(span * given.difference, found.standardError, clusters),
      adjustedP: null,
      method: `${METHOD}; p by Student's t on its error`,
      excluded,
    }
  })
}

const METHOD = 'paired, wilson on the effective n of the jackknife'

/** Null where no cluster moves a difference that there is. */
function pOf(difference: number, error: number, clusters: number): number | null {
  if (error === 0) return difference === 0 ? 1 : null
  return studentTwoSidedTail(difference / error, clusters - 1)
}
