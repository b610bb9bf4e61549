/** The paired difference of every evaluator, with its interval against the margin and the zero line. */
import type { Comparison, Experiment } from '../../../sdk/index.ts'
import { DifferenceRow } from '../charts/interval.tsx'
import { differenceInUnit, number } from '../data/format.ts'
import { Term } from '../ui/term.tsx'
import { say } from '../words/say.ts'
import { sayWith } from '../words/say-with.tsx'
import { ComparisonVerdict } from './comparison-verdict.tsx'
import { scoreOf } from './scores.ts'

export function ComparisonTable({ experiment }: { experiment: Experiment }) {
  return (
    <table className="data-table">
      <thead>
        <tr>
          <th scope="col">
            <Term of="evaluator">{say('comparison-table.evaluator')}</Term>
          </th>
          <th scope="col">{say('comparison-table.verdict')}</th>
          <th scope="col" className="wide num">
            {say('comparison-table.difference')}
          </th>
          <th scope="col" className="wide">
            {sayWith('comparison-table.zero', {
              term: <Term of="interval">{say('comparison-table.interval')}</Term>,
              term2: <Term of="margin">{say('comparison-table.margin')}</Term>,
            })}
          </th>
          <th scope="col" className="wide num">
            <Term of="n">n</Term>
          </th>
          <th scope="col" className="wide">
            {say('comparison-table.right-only-here')}
          </th>
        </tr>
      </thead>
      <tbody>
        {experiment.comparison.map((comparison) => {
          const score = scoreOf(experiment, comparison.evaluator)
          const unit = score?.unit ?? ''
          const { difference, interval, margin, discordant } = comparison
          return (
            <tr key={comparison.evaluator}>
              <td className={comparison.evaluator === experiment.primary ? 'font-medium' : ''}>
                {comparison.evaluator}
                {score?.better === 'lower' && (
                  <span className="text-muted"> {say('comparison-table.lower-is-better')}</span>
                )}
              </td>
              <td title={comparison.method}>
                <ComparisonVerdict verdict={comparison.verdict} />
                <Narrow comparison={comparison} unit={unit} />
              </td>
              <td className="wide num whitespace-nowrap">
                {difference === null ? '–' : differenceInUnit(difference, unit)}
              </td>
              <td className="wide">
                {difference !== null && interval && (
                  <span className="flex items-center gap-3">
                    <DifferenceRow
                      value={difference}
                      low={interval.low}
                      high={interval.high}
                      margin={margin}
                      say={(one) => differenceInUnit(one, unit)}
                      {...(unit === 'share' && { most: 1 })}
                    />
                    <span className="whitespace-nowrap text-muted">
                      {say('comparison-table.to', {
                        low: differenceInUnit(interval.low, unit),
                        high: differenceInUnit(interval.high, unit),
                      })}
                    </span>
                  </span>
                )}
              </td>
              <td className="wide num">
                {number(comparison.n)}
                {comparison.excluded.count > 0 && (
                  <span className="text-muted">
                    {' '}
                    {say('comparison-table.left-out', { count: number(comparison.excluded.count) })}
                  </span>
                )}
              </td>
              <td className="wide whitespace-nowrap text-muted">
                {discordant ? (
                  <>
                    <span className="text-candidate">{number(discordant.onlyCandidate)}</span> /{' '}
                    <span className="text-control">{number(discordant.onlyControl)}</span>
                  </>
                ) : (
                  '–'
                )}
              </td>
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}

/** On a phone the figures stand below the verdict. */
function Narrow({ comparison: { difference, interval, n }, unit }: { comparison: Comparison; unit: string }) {
  if (difference === null) return null
  return (
    <>
      <span className="block md:hidden">{differenceInUnit(difference, unit)}</span>
      <span className="block text-muted md:hidden">
        {interval
          ? say('comparison-table.to', {
              low: differenceInUnit(interval.low, unit),
              high: differenceInUnit(interval.high, unit),
            })
          : say('comparison-table.too-few-for-an-interval')}
      </span>
      <span className="block text-muted md:hidden">n {number(n)}</span>
    </>
  )
}
