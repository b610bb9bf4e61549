/** Every score of both arms: a dot with its interval on one scale, n beside it. */
import type { Experiment, Score } from '../../../sdk/index.ts'
import { DotRow, domainOf } from '../charts/interval.tsx'
import { inUnit, number, percent } from '../data/format.ts'
import { Term } from '../ui/term.tsx'
import { evaluatorsOf, scoreOf } from './scores.ts'

export function ScoreTable({ experiment }: { experiment: Experiment }) {
  const hasControl = experiment.arms.some(({ arm }) => arm === 'control')
  return (
    <table className="data-table">
      <thead>
        <tr>
          <th scope="col">evaluator</th>
          {hasControl && (
            <th scope="col" className="num">
              <Term of="control">control</Term>
            </th>
          )}
          <th scope="col" className="num">
            <Term of="candidate">candidate</Term>
          </th>
          <th scope="col" className="wide">
            both with their <Term of="interval">intervals</Term>
          </th>
          <th scope="col" className="wide num">
            <Term of="n">n</Term>
          </th>
        </tr>
      </thead>
      <tbody>
        {evaluatorsOf(experiment).map((evaluator) => {
          const candidate = scoreOf(experiment, evaluator)
          const control = scoreOf(experiment, evaluator, 'control')
          const dots = [
            dotOf(control, 'var(--arm-control)', 'control'),
            dotOf(candidate, 'var(--arm-candidate)', 'candidate'),
          ].filter((dot) => dot !== undefined)
          return (
            <tr key={evaluator}>
              <td>{evaluator}</td>
              {hasControl && <td className="num whitespace-nowrap">{meanOf(control)}</td>}
              <td className="num whitespace-nowrap">{meanOf(candidate)}</td>
              <td className="wide">
                {dots.length > 0 && (
                  <DotRow
                    domain={domainOf(
                      dots.flatMap(({ low, high }) => [low, high]),
                      candidate?.unit ?? '',
                    )}
                    dots={dots}
                  />
                )}
              </td>
              <td className="wide num">
                {number(candidate?.n ?? 0)}
                {candidate !== undefined && candidate.errors > 0 && (
                  <span className="text-fail"> {candidate.errors} failed</span>
                )}
              </td>
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}

const meanOf = (score: Score | undefined): string => (score?.mean == null ? '–' : inUnit(score.mean, score.unit))

function dotOf(score: Score | undefined, color: string, arm: string) {
  if (score?.mean == null || !score.interval) return undefined
  const { low, high, level } = score.interval
  return {
    value: score.mean,
    low,
    high,
    color,
    label: `${arm} ${inUnit(score.mean, score.unit)}, ${percent(level, 0)} interval ${inUnit(low, score.unit)} to ${inUnit(high, score.unit)}`,
  }
}
