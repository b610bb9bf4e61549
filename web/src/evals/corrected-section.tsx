/** What people would say of what judges scored: each share beside the judge's own, where a calibration allows it. */
import { useQuery } from '@tanstack/react-query'
import type { CorrectedScore, Experiment } from '../../../sdk/index.ts'
import { client } from '../data/client.ts'
import { number, percent } from '../data/format.ts'
import { Section } from '../ui/page.tsx'
import { say } from '../words/say.ts'
import { isRunning } from './scores.ts'

export function CorrectedSection({ experiment }: { experiment: Experiment }) {
  const query = useQuery({
    queryKey: ['experiment', experiment.id, 'corrected'],
    queryFn: () => client.listCorrectedScores({ params: { id: experiment.id } }),
    enabled: !isRunning(experiment),
  })
  const items = query.data?.items ?? []
  if (items.length === 0) return null
  const labelOf = (name: string) => experiment.arms.find(({ arm }) => arm === name)?.label ?? name
  return (
    <Section title={say('corrected.title')} note={say('corrected.note')}>
      <table className="data-table">
        <thead>
          <tr>
            <th scope="col">{say('corrected.judge')}</th>
            <th scope="col" className="num">
              {say('corrected.by-the-judge')}
            </th>
            <th scope="col" className="num">
              {say('corrected.by-people')}
            </th>
            <th scope="col" className="wide num">
              {say('corrected.difference')}
            </th>
            <th scope="col" className="wide">
              {say('corrected.why')}
            </th>
          </tr>
        </thead>
        <tbody>
          {items.map((item) => (
            <tr key={`${item.evaluator} ${item.arm}`}>
              <td>
                {item.evaluator}
                <span className="block text-muted">{labelOf(item.arm)}</span>
                <span className="block text-muted md:hidden">{item.why}</span>
              </td>
              <td className="num whitespace-nowrap">
                {percent(item.raw)}
                <span className="block text-muted">n {number(item.n)}</span>
              </td>
              <td className="num whitespace-nowrap">
                {item.corrected === null ? '–' : percent(item.corrected)}
                <Range interval={item.interval} />
              </td>
              <td className="wide num whitespace-nowrap">
                {item.difference ? percent(item.difference.value) : '–'}
                <Range interval={item.difference?.interval ?? null} />
              </td>
              <td className="wide prose-width text-muted">{item.why}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Section>
  )
}

const Range = ({ interval }: Pick<CorrectedScore, 'interval'>) =>
  interval && (
    <span className="block text-muted">
      {say('score-table.to', { low: percent(interval.low), high: percent(interval.high) })}
    </span>
  )
