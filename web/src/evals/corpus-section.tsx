/** BLEU, chrF and ROUGE over all answers of each arm. They are read when somebody asks for them: not every answer is prose. */
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { Experiment } from '../../../sdk/index.ts'
import { corpusComparison } from '../compare/queries.ts'
import { client } from '../data/client.ts'
import { number } from '../data/format.ts'
import { Button } from '../ui/button.tsx'
import { Section } from '../ui/page.tsx'
import { Loaded } from '../ui/states.tsx'
import { say } from '../words/say.ts'
import { CorpusMatrix } from './corpus-matrix.tsx'
import { isRunning } from './scores.ts'

export function CorpusSection({ experiment }: { experiment: Experiment }) {
  const [isAsked, setAsked] = useState(false)
  if (isRunning(experiment)) return null
  const isCompared = experiment.state === 'succeeded' && experiment.arms.length > 1
  return (
    <Section title={say('corpus-section.over-the-whole-corpus')} note={say('corpus-section.bleu-chrf-rouge')}>
      {!isAsked && <Button onClick={() => setAsked(true)}>{say('corpus-section.count-all-answers-together')}</Button>}
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
                  {say('many.answer', { n })}
                  {missing > 0 && say('corpus-section.more-without-a-reference', { missing })}
                  {errors > 0 && say('corpus-section.failed', { errors })}
                </span>
              </p>
              <table className="data-table">
                <thead>
                  <tr>
                    <th scope="col">{say('corpus-section.figure')}</th>
                    <th scope="col" className="num">
                      {say('corpus-section.0-to-100')}
                    </th>
                    <th scope="col">{say('corpus-section.signature')}</th>
                  </tr>
                </thead>
                <tbody>
                  {figures.map(({ figure, value, interval, signature }) => (
                    <tr key={figure}>
                      <td className="whitespace-nowrap">{figure}</td>
                      <td className="num whitespace-nowrap">
                        {value === null ? say('corpus-section.none') : number(100 * value)}
                        {value !== null && !interval && (
                          <span className="text-muted"> {say('corpus-section.too-few-for-an-interval')}</span>
                        )}
                        {interval && (
                          <span className="text-muted">
                            {' '}
                            {say('corpus-section.to', {
                              part: number(100 * interval.low),
                              part2: number(100 * interval.high),
                            })}
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
