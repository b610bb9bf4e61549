/** What several tries of one case achieve: at least one right, and all right. */
import type { Experiment } from '../../../sdk/index.ts'
import { number, percent } from '../data/format.ts'
import { Section } from '../ui/page.tsx'
import { scoreOf } from './scores.ts'

export function ReliabilitySection({ experiment }: { experiment: Experiment }) {
  const found = scoreOf(experiment, experiment.primary)?.reliability ?? []
  if (found.length === 0) return null
  return (
    <Section title="Tries" note={`${experiment.primary}, unbiased from ${experiment.repeats} repeats`}>
      <table className="data-table">
        <thead>
          <tr>
            <th scope="col" className="num">
              k
            </th>
            <th scope="col" className="num">
              at least one of k right
            </th>
            <th scope="col" className="num">
              all of k right
            </th>
            <th scope="col" className="num">
              cases
            </th>
          </tr>
        </thead>
        <tbody>
          {found.map(({ k, passAtK, passAllK, interval, n }) => (
            <tr key={k}>
              <td className="num">{k}</td>
              <td className="num">{percent(passAtK)}</td>
              <td className="num whitespace-nowrap">
                {percent(passAllK)}
                {interval && (
                  <span className="text-muted">
                    {' '}
                    {percent(interval.low)} to {percent(interval.high)}
                  </span>
                )}
              </td>
              <td className="num">{number(n)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Section>
  )
}
