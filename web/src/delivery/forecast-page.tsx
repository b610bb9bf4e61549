/** What the plan of a stage could find out before it starts, and its acceptance by the technical lead. */
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { Feasibility, GatedStage } from '../../../sdk/index.ts'
import { client } from '../data/client.ts'
import { number, percent, sentence } from '../data/format.ts'
import { metricLabel, reasonWords } from '../data/metric-names.ts'
import { useMay } from '../data/queries.ts'
import { Button } from '../ui/button.tsx'
import { TextField } from '../ui/field.tsx'
import { Page, Section } from '../ui/page.tsx'
import { Loaded, Trouble } from '../ui/states.tsx'
import { say } from '../words/say.ts'
import { STAGE_WORDS } from './stages.ts'

export function ForecastPage({ name, stage }: { name: string; stage: GatedStage }) {
  const [typed, setTyped] = useState('')
  const [users, setUsers] = useState<number | undefined>()
  const body = users === undefined ? {} : { unitsPerDay: users }
  const query = useQuery({
    queryKey: ['rollout', 'forecast', name, stage, users],
    queryFn: () => client.forecastRollout({ params: { name, stage }, body }),
  })
  return (
    <Page
      title={say('forecast.what-a-rollout-in-can-find-out', { stage: STAGE_WORDS[stage] })}
      crumbs={[
        { label: say('forecast.applications'), href: '/applications' },
        { label: name, href: `/applications/${name}` },
      ]}
    >
      <form
        className="mb-6 flex flex-wrap items-end gap-3"
        onSubmit={(event) => {
          event.preventDefault()
          const value = Number(typed)
          setUsers(typed.trim() === '' || !(value > 0) ? undefined : value)
        }}
      >
        <div className="w-56">
          <TextField
            label={say('forecast.users-a-day')}
            type="number"
            min={1}
            value={typed}
            onChange={setTyped}
            hint={say('forecast.left-empty-as-measured')}
          />
        </div>
        <Button type="submit" busy={query.isFetching}>
          {say('forecast.reckon-again')}
        </Button>
      </form>
      <Loaded query={query} rows={10}>
        {(found) => <Forecast found={found} name={name} stage={stage} users={users} />}
      </Loaded>
    </Page>
  )
}

type Props = { found: Feasibility; name: string; stage: GatedStage; users: number | undefined }

function Forecast({ found, name, stage, users }: Props) {
  const [first = '', ...others] = found.words
  return (
    <>
      <div className="prose-width mb-6" aria-live="polite">
        <p className={`text-prose ${found.isFeasible ? '' : 'text-stale'}`}>{first}</p>
        <ul className="mt-2 list-disc pl-5">
          {others.map((words) => (
            <li key={words}>{sentence(reasonWords(words))}</li>
          ))}
        </ul>
      </div>
      {found.alternatives.length > 0 && (
        <Section title={say('forecast.what-to-do-instead')}>
          <ul className="prose-width list-disc pl-5">
            {found.alternatives.map((words) => (
              <li key={words} className="py-0.5">
                {words}
              </li>
            ))}
          </ul>
        </Section>
      )}
      {found.steps.length > 0 && (
        <Section title={say('forecast.steps')} note={say('forecast.for-a-candidate-that-is-as-good')}>
          <table className="data-table">
            <thead>
              <tr>
                <th scope="col">{say('forecast.share')}</th>
                <th scope="col" className="num">
                  {say('forecast.users')}
                </th>
                <th scope="col" className="num">
                  {say('forecast.days')}
                </th>
                <th scope="col">{say('forecast.why')}</th>
              </tr>
            </thead>
            <tbody>
              {found.steps.map((step) => (
                <tr key={step.share}>
                  <td>{percent(step.share, 0)}</td>
                  <td className="num">{step.units === null ? '–' : number(step.units)}</td>
                  <td className="num">{step.days === null ? '–' : number(step.days, 2)}</td>
                  <td>{step.why}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </Section>
      )}
      <Section title={say('forecast.metrics')}>
        <p className="text-muted">
          {say('forecast.what-is-assumed-becomes-measured-with-the', {
            metrics: found.metrics
              .map(({ metric, baselineSource }) => `${metricLabel(metric)} (${baselineSource})`)
              .join(', '),
          })}
        </p>
      </Section>
      <Accept name={name} stage={stage} users={users} />
    </>
  )
}

function Accept({ name, stage, users }: Omit<Props, 'found'>) {
  const may = useMay()
  const [reason, setReason] = useState('')
  const accept = useMutation({
    mutationFn: () =>
      client.acceptRolloutPlan({
        params: { name, stage },
        body: { reason, ...(users !== undefined && { unitsPerDay: users }) },
      }),
  })
  if (!may('attest')) return null
  if (accept.isSuccess) return <p>{say('forecast.accepted-it-is-kept-as-evidence-for')}</p>
  return (
    <Section title={say('forecast.accept-the-plan')} note={say('forecast.as-technical-lead-margins-and-levels-are')}>
      <form
        className="flex max-w-xl flex-col items-start gap-3"
        onSubmit={(event) => {
          event.preventDefault()
          accept.mutate()
        }}
      >
        <TextField
          label={say('forecast.why-this-is-enough')}
          value={reason}
          onChange={setReason}
          required
          hint={say('forecast.at-least-ten-characters-kept-with-the')}
        />
        {accept.error && <Trouble failure={accept.error} />}
        <Button type="submit" tone="primary" busy={accept.isPending}>
          {say('forecast.accept')}
        </Button>
      </form>
    </Section>
  )
}
