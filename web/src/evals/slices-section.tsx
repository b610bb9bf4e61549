/** The primary score cut by metadata: n of every slice, its difference, and a verdict that holds over all slices. */
import type { Experiment } from '../../../sdk/index.ts'
import { differenceInUnit, inUnit, number } from '../data/format.ts'
import { Section } from '../ui/page.tsx'
import { Term } from '../ui/term.tsx'
import { say } from '../words/say.ts'
import { ComparisonVerdict } from './comparison-verdict.tsx'
import { scoreOf } from './scores.ts'

export function SlicesSection({ experiment }: { experiment: Experiment }) {
  if (experiment.slices.length === 0) return null
  const unit = scoreOf(experiment, experiment.primary)?.unit ?? ''
  return (
    <Section
      title={say('slices-section.slices')}
      count={experiment.slices.length}
      note={say('slices-section.corrected-by-holm-over-all-that-are')}
    >
      <table className="data-table">
        <thead>
          <tr>
            <th scope="col">{say('slices-section.slice')}</th>
            <th scope="col" className="num">
              <Term of="n">n</Term>
            </th>
            <th scope="col" className="num">
              {experiment.primary}
            </th>
            <th scope="col" className="wide num">
              <Term of="difference">{say('slices-section.difference')}</Term>
            </th>
            <th scope="col">{say('slices-section.verdict')}</th>
          </tr>
        </thead>
        <tbody>
          {experiment.slices.map(({ by, value, n, isEnough, arms, comparison }) => {
            const own = arms.find(({ arm }) => arm === 'candidate')
            return (
              <tr key={`${by} ${value}`}>
                <td>
                  <span className="text-muted">{by}</span> {value}
                </td>
                <td className="num">{number(n)}</td>
                <td className="num whitespace-nowrap">
                  {own?.mean == null ? '–' : inUnit(own.mean, unit)}
                  {own?.interval && (
                    <span className="text-muted">
                      {' '}
                      {say('slices-section.to', {
                        low: inUnit(own.interval.low, unit),
                        high: inUnit(own.interval.high, unit),
                      })}
                    </span>
                  )}
                </td>
                <td className="wide num whitespace-nowrap">
                  {comparison?.difference == null ? '–' : differenceInUnit(comparison.difference, unit)}
                  {comparison?.interval && (
                    <span className="text-muted">
                      {' '}
                      {say('slices-section.to', {
                        low: differenceInUnit(comparison.interval.low, unit),
                        high: differenceInUnit(comparison.interval.high, unit),
                      })}
                    </span>
                  )}
                </td>
                <td>
                  {!isEnough ? (
                    <span className="text-muted">{say('slices-section.too-few-to-say')}</span>
                  ) : comparison ? (
                    <>
                      <ComparisonVerdict verdict={comparison.verdict} />
                      {comparison.difference !== null && (
                        <span className="block text-muted md:hidden">
                          {differenceInUnit(comparison.difference, unit)}
                        </span>
                      )}
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
    </Section>
  )
}
