/** Every score of both arms: a dot with its interval on one scale, n beside it. */
import type { Experiment, Score } from '../../../sdk/index.ts'
import { DotRow, domainOf } from '../charts/interval.tsx'
import { inUnit, number, percent } from '../data/format.ts'
import { Term } from '../ui/term.tsx'
import { say } from '../words/say.ts'
import { sayWith } from '../words/say-with.tsx'
import { evaluatorsOf, scoreOf } from './scores.ts'

export function ScoreTable({ experiment }: { experiment: Experiment }) {
  const hasControl = experiment.arms.some(({ arm }) => arm === 'control')
  return (
    <table className="data-table">
      <thead>
        <tr>
          <th scope="col">{say('score-table.evaluator')}</th>
          {hasControl && (
            <th scope="col" className="num">
              <Term of="control">{say('score-table.control')}</Term>
            </th>
          )}
          <th scope="col" className="num">
            <Term of="candidate">{say('score-table.candidate')}</Term>
          </th>
          <th scope="col" className="wide">
            {sayWith('score-table.both-with-their', {
              term: <Term of="interval">{say('score-table.intervals')}</Term>,
            })}
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
              {hasControl && (
                <td className="num whitespace-nowrap">
                  <Mean score={control} />
                </td>
              )}
              <td className="num whitespace-nowrap">
                <Mean score={candidate} />
              </td>
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
                  <span className="text-fail"> {sayWith('score-table.failed', { errors: candidate.errors })}</span>
                )}
              </td>
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}

/** On a phone with its interval and n below it, which have columns of their own elsewhere. */
function Mean({ score }: { score: Score | undefined }) {
  if (score?.mean == null) return '–'
  const { mean, unit, interval, n } = score
  return (
    <>
      {inUnit(mean, unit)}
      <span className="block text-muted md:hidden">
        {interval
          ? say('score-table.to', { low: inUnit(interval.low, unit), high: inUnit(interval.high, unit) })
          : say('score-table.too-few-for-an-interval')}
      </span>
      <span className="block text-muted md:hidden">n {number(n)}</span>
    </>
  )
}

function dotOf(score: Score | undefined, color: string, arm: string) {
  if (score?.mean == null || !score.interval) return undefined
  const { low, high, level } = score.interval
  return {
    value: score.mean,
    low,
    high,
    color,
    label: say('score-table.interval-to', {
      arm,
      mean: inUnit(score.mean, score.unit),
      level: percent(level, 0),
      low: inUnit(low, score.unit),
      high: inUnit(high, score.unit),
    }),
  }
}
