/** What several tries of one case achieve: at least one right, and all right. */
import type { Experiment } from '../../../sdk/index.ts'
import { number, percent } from '../data/format.ts'
import { Section } from '../ui/page.tsx'
import { say } from '../words/say.ts'
import { scoreOf } from './scores.ts'

export function ReliabilitySection({ experiment }: { experiment: Experiment }) {
  const found = scoreOf(experiment, experiment.primary)?.reliability ?? []
  if (found.length === 0) return null
  return (
    <Section
      title={say('reliability-section.tries')}
      note={say('reliability-section.unbiased-from-repeats', {
        primary: experiment.primary,
        repeats: experiment.repeats,
      })}
    >
      <table className="data-table">
        <thead>
          <tr>
            <th scope="col" className="num">
              k
            </th>
            <th scope="col" className="num">
              {say('reliability-section.at-least-one-of-k-right')}
            </th>
            <th scope="col" className="num">
              {say('reliability-section.all-of-k-right')}
            </th>
            <th scope="col" className="num">
              {say('reliability-section.cases')}
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
                    {say('reliability-section.to', { low: percent(interval.low), high: percent(interval.high) })}
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
