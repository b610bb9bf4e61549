/** BLEU, chrF and ROUGE over all answers of each arm. They are read when somebody asks for them: not every answer is prose. */
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { Experiment } from '../../../sdk/index.ts'
import { corpusComparison } from '../compare/queries.ts'
import { client } from '../data/client.ts'
import { many, number } from '../data/format.ts'
import { Button } from '../ui/button.tsx'
import { Section } from '../ui/page.tsx'
import { Loaded } from '../ui/states.tsx'
import { CorpusMatrix } from './corpus-matrix.tsx'
import { isRunning } from './scores.ts'

export function CorpusSection({ experiment }: { experiment: Experiment }) {
  const [isAsked, setAsked] = useState(false)
  if (isRunning(experiment)) return null
  const isCompared = experiment.state === 'succeeded' && experiment.arms.length > 1
  return (
    <Section title="Over the whole corpus" note="BLEU, chrF, ROUGE">
      {!isAsked && <Button onClick={() => setAsked(true)}>Count all answers together</Button>}
      {isAsked && (isCompared ? <Compared experiment={experiment} /> : <Alone experiment={experiment} />)}
    </Section>
  )
}

/** Each arm against the control, or against the candidate where nothing is controlled. */
function Compared({ experiment: { id, arms } }: { experiment: Experiment }) {
  const reference = arms.find(({ arm }) => arm === 'control') ?? arms[0]
  const query = useQuery(
    corpusComparison(
      arms.map(({ arm }) => `${id}:${arm}`),
      reference && `${id}:${reference.arm}`,
    ),
  )
  return (
    <Loaded query={query} rows={5}>
      {(found) => (
        <CorpusMatrix found={found} label={(name) => arms.find(({ arm }) => name === `${id}:${arm}`)?.label ?? name} />
      )}
    </Loaded>
  )
}

function Alone({ experiment }: { experiment: Experiment }) {
  const query = useQuery({
    queryKey: ['experiment', experiment.id, 'corpus'],
    queryFn: () => client.getCorpusFigures({ params: { id: experiment.id } }),
    staleTime: Number.POSITIVE_INFINITY,
  })
  return (
    <Loaded query={query} rows={5}>
      {({ arms }) => (
        <div className="flex flex-col gap-4">
          {arms.map(({ arm, n, missing, errors, figures }) => (
            <div key={arm} className="overflow-x-auto">
              <p className="mb-1">
                <span className="font-medium">{arm}</span>{' '}
                <span className="text-muted">
                  {many(n, 'answer')}
                  {missing > 0 && `, ${missing} more without a reference`}
                  {errors > 0 && `, ${errors} failed`}
                </span>
              </p>
              <table className="data-table">
                <thead>
                  <tr>
                    <th scope="col">figure</th>
                    <th scope="col" className="num">
                      0 to 100
                    </th>
                    <th scope="col">signature</th>
                  </tr>
                </thead>
                <tbody>
                  {figures.map(({ figure, value, interval, signature }) => (
                    <tr key={figure}>
                      <td className="whitespace-nowrap">{figure}</td>
                      <td className="num whitespace-nowrap">
                        {value === null ? 'none' : number(100 * value)}
                        {value !== null && !interval && <span className="text-muted"> too few for an interval</span>}
                        {interval && (
                          <span className="text-muted">
                            {' '}
                            {number(100 * interval.low)} to {number(100 * interval.high)}
                          </span>
                        )}
                      </td>
                      <td className="text-muted">{signature}</td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </div>
          ))}
        </div>
      )}
    </Loaded>
  )
}
