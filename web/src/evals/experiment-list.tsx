/** Experiments, newest first: what was measured, and how it came out. */
import { Link } from 'wouter'
import type { Experiment } from '../../../sdk/index.ts'
import { differenceInUnit } from '../data/format.ts'
import { Ago } from '../ui/bits.tsx'
import { Term } from '../ui/term.tsx'
import { say } from '../words/say.ts'
import { stateWord } from '../words/states.ts'
import { ComparisonVerdict } from './comparison-verdict.tsx'
import { scoreOf } from './scores.ts'

export function ExperimentList({ items, withRelease }: { items: readonly Experiment[]; withRelease?: boolean }) {
  return (
    <table className="data-table">
      <thead>
        <tr>
          <th scope="col">
            <Term of="suite">{say('experiment-list.suite')}</Term>
          </th>
          {withRelease && <th scope="col">{say('experiment-list.measured')}</th>}
          <th scope="col" className="wide">
            {say('experiment-list.against')}
          </th>
          <th scope="col">{say('experiment-list.result')}</th>
          <th scope="col" className="wide num">
            <Term of="difference">{say('experiment-list.difference')}</Term>
          </th>
          <th scope="col" className="wide num">
            <Term of="n">n</Term>
          </th>
          <th scope="col" className="wide">
            {say('experiment-list.age')}
          </th>
        </tr>
      </thead>
      <tbody>
        {items.map((experiment) => {
          const first = experiment.comparison[0]
          const unit = first ? (scoreOf(experiment, first.evaluator)?.unit ?? '') : ''
          return (
            <tr key={experiment.id} className="clickable" data-row>
              <td>
                <Link
                  href={`/experiments/${experiment.id}`}
                  className="rounded font-medium underline decoration-line-strong underline-offset-3 hover:decoration-current"
                >
                  {experiment.suite}
                </Link>
              </td>
              {withRelease && (
                <td className="whitespace-nowrap">{experiment.arms.find(({ arm }) => arm === 'candidate')?.label}</td>
              )}
              <td className="wide text-muted">
                {experiment.arms.find(({ arm }) => arm === 'control')?.label ?? say('experiment-list.nothing')}
              </td>
              <td>
                {first ? (
                  <ComparisonVerdict verdict={first.verdict} />
                ) : (
                  <span className="text-muted">{stateWord(experiment.state)}</span>
                )}
              </td>
              <td className="wide num whitespace-nowrap">
                {first?.difference != null && first.interval ? (
                  <>
                    {differenceInUnit(first.difference, unit)}{' '}
                    <span className="text-muted">
                      [{differenceInUnit(first.interval.low, unit)}, {differenceInUnit(first.interval.high, unit)}]
                    </span>
                  </>
                ) : (
                  '–'
                )}
              </td>
              <td className="wide num">{first?.n ?? experiment.progress.done}</td>
              <td className="wide text-muted">
                <Ago at={experiment.finishedAt ?? experiment.createdAt} />
              </td>
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}
