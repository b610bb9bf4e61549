/** The primary score cut by metadata: n of every slice, its difference, and a verdict that holds over all slices. */
import type { Experiment } from '../../../sdk/index.ts'
import { differenceInUnit, inUnit, number } from '../data/format.ts'
import { Section } from '../ui/page.tsx'
import { Term } from '../ui/term.tsx'
import { ComparisonVerdict } from './comparison-verdict.tsx'
import { scoreOf } from './scores.ts'

export function SlicesSection({ experiment }: { experiment: Experiment }) {
  if (experiment.slices.length === 0) return null
  const unit = scoreOf(experiment, experiment.primary)?.unit ?? ''
  return (
    <Section title="Slices" count={experiment.slices.length} note="corrected by Holm over all that are large enough">
      <table className="data-table">
        <thead>
          <tr>
            <th scope="col">slice</th>
            <th scope="col" className="num">
              <Term of="n">n</Term>
            </th>
            <th scope="col" className="num">
              {experiment.primary}
            </th>
            <th scope="col" className="wide num">
              <Term of="difference">difference</Term>
            </th>
            <th scope="col">verdict</th>
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
                      {inUnit(own.interval.low, unit)} to {inUnit(own.interval.high, unit)}
                    </span>
                  )}
                </td>
                <td className="wide num whitespace-nowrap">
                  {comparison?.difference == null ? '–' : differenceInUnit(comparison.difference, unit)}
                </td>
                <td>
                  {!isEnough ? (
                    <span className="text-muted">too few to say</span>
                  ) : comparison ? (
                    <ComparisonVerdict verdict={comparison.verdict} />
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
