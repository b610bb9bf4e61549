/** Runs of other programs, beside the suites of an application: what each says, and of which release. */
import { useQuery } from '@tanstack/react-query'
import type { Client } from '../../../sdk/index.ts'
import { client } from '../data/client.ts'
import { number, percent } from '../data/format.ts'
import { Ago, Command } from '../ui/bits.tsx'
import { TextLink } from '../ui/button.tsx'
import { Section } from '../ui/page.tsx'
import { say } from '../words/say.ts'

export const TOOLS = { mlflow: 'MLflow', junit: 'JUnit' } as const
export const WHAT = {
  prompt: say('outside-runs.one-prompt-by-itself'),
  pipeline: say('outside-runs.several-steps-together'),
  application: say('outside-runs.the-whole-application'),
} as const
const NEWEST = 50

type Run = Awaited<ReturnType<Client['listOutsideRuns']>>['items'][number]

export function OutsideRuns({ name }: { name: string }) {
  const query = useQuery({
    queryKey: ['experiment', 'outside', name],
    queryFn: () => client.listOutsideRuns({ params: { name }, query: { limit: NEWEST } }),
  })
  const items = query.data?.items ?? []
  return (
    <Section
      title={say('outside-runs.from-other-programs')}
      {...(items.length > 0 && { count: items.length })}
      note={say('outside-runs.as-they-say-it-compared-with-nothing')}
    >
      {items.length === 0 ? (
        <div className="flex flex-col gap-2">
          <p className="prose-width text-muted">{say('outside-runs.runs-of-mlflow-and-tests-in-junit')}</p>
          <Command text={`airworthy runs import junit report.xml --application ${name}`} />
        </div>
      ) : (
        <table className="data-table">
          <thead>
            <tr>
              <th scope="col">{say('outside-runs.run')}</th>
              <th scope="col" className="wide">
                {say('outside-runs.tests')}
              </th>
              <th scope="col">{say('outside-runs.says')}</th>
              <th scope="col" className="wide">
                {say('outside-runs.age')}
              </th>
            </tr>
          </thead>
          <tbody>
            {items.map((run) => (
              <tr key={run.id}>
                <td>
                  <TextLink href={`/outside-runs/${run.id}`}>{run.name}</TextLink>
                  <span className="block text-muted">{TOOLS[run.producer.name]}</span>
                </td>
                <td className="wide">
                  {run.kind ? WHAT[run.kind] : <span className="text-muted">{say('outside-runs.not-said')}</span>}
                </td>
                <td>{saidBy(run)}</td>
                <td className="wide text-muted">
                  <Ago at={run.at} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Section>
  )
}

export function saidBy({ counts, figures, state }: Pick<Run, 'counts' | 'figures' | 'state'>): string {
  if (counts) {
    const ran = counts.passed + counts.failed + counts.broken
    const rest = [
      ...(counts.failed > 0 ? [`${counts.failed} failed`] : []),
      ...(counts.broken > 0 ? [`${counts.broken} broke`] : []),
      ...(counts.skipped > 0 ? [say('outside-runs.left-out', { skipped: counts.skipped })] : []),
    ]
    const share =
      ran === 0
        ? say('outside-runs.none-ran')
        : `${percent(counts.passed / ran)} of ${say('many.test', { n: ran })} passed`
    return [share, ...rest].join(', ')
  }
  const [first] = figures
  if (!first) return state
  const more = figures.length > 1 ? `, ${say('many.more-figure', { n: figures.length - 1 })}` : ''
  return `${first.name} ${first.value === null ? say('outside-runs.no-number') : number(first.value)}${more}`
}
