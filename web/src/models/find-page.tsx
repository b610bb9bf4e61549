/** Finding a model: what is needed beside what each known one says to it, and the search kept as a shortlist. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useDeferredValue, useState } from 'react'
import { useLocation } from 'wouter'
import { client } from '../data/client.ts'
import { modelSearch, shortlists, suitesOf } from '../data/model-queries.ts'
import { useApplicationNames, useMay } from '../data/queries.ts'
import type { Criteria } from '../data/shapes.ts'
import { Ago, Command } from '../ui/bits.tsx'
import { Button, TextLink } from '../ui/button.tsx'
import { Choice, TextField } from '../ui/field.tsx'
import { FormDialog } from '../ui/form-dialog.tsx'
import { Lead, Page, Section } from '../ui/page.tsx'
import { Empty, Loaded } from '../ui/states.tsx'
import { say } from '../words/say.ts'
import { CandidateTable } from './candidate-table.tsx'
import { criteriaOf, NOTHING_WANTED, type Wanted } from './wanted.ts'

const MODELS = [{ label: say('find.models'), href: '/models' }] as const

export function FindPage() {
  const [wanted, setWanted] = useState<Wanted>(NOTHING_WANTED)
  const [keeping, setKeeping] = useState(false)
  const criteria = useDeferredValue(criteriaOf(wanted))
  const query = useQuery(modelSearch(criteria))
  const may = useMay()
  return (
    <Page
      title={say('find.find-a-model')}
      crumbs={MODELS}
      actions={
        may('build') && (
          <Button tone="primary" onClick={() => setKeeping(true)}>
            {say('find.keep-as-a-shortlist')}
          </Button>
        )
      }
    >
      <Lead>{say('find.every-known-model-is-held-against-what')}</Lead>
      <WantedForm wanted={wanted} onChange={(change) => setWanted({ ...wanted, ...change })} />
      <Section title={say('find.models')}>
        <Loaded query={query} rows={10}>
          {({ items }) =>
            items.length === 0 ? (
              <Empty title={say('find.no-such-model')} command={<Command text="airworthy models refresh" />}>
                {say('find.no-known-model-has-this-in-its')}
              </Empty>
            ) : (
              <CandidateTable candidates={items} isMeasured={criteria.measured !== undefined} />
            )
          }
        </Loaded>
      </Section>
      <ShortlistsSection />
      {keeping && <KeepDialog criteria={criteriaOf(wanted)} onClose={() => setKeeping(false)} />}
    </Page>
  )
}

function WantedForm({ wanted, onChange }: { wanted: Wanted; onChange: (change: Partial<Wanted>) => void }) {
  const text = (name: keyof Wanted) => ({
    value: wanted[name],
    onChange: (value: string) => onChange({ [name]: value }),
  })
  return (
    <form
      aria-label={say('find.what-is-needed')}
      className="grid grid-cols-2 gap-x-4 gap-y-3 md:grid-cols-4"
      onSubmit={(event) => event.preventDefault()}
    >
      <TextField label={say('find.a-part-of-the-name')} {...text('text')} />
      <Choice
        label={say('find.it-must-take')}
        {...text('takes')}
        options={[
          ['', 'anything'],
          ['text', 'text'],
          ['image', say('find.text-and-pictures')],
          ['audio', say('find.text-and-audio')],
        ]}
      />
      <Choice
        label={say('find.served')}
        {...text('serving')}
        options={[
          ['', 'anyhow'],
          ['embedded', say('find.in-this-program')],
          ['self-hosted', say('find.on-our-own-machines')],
          ['cloud', say('find.in-a-clouds-service')],
          ['api', say('find.by-its-provider')],
        ]}
      />
      <Choice
        label={say('find.it-must')}
        {...text('must')}
        options={[
          ['', say('find.nothing-more')],
          ['tools', say('find.call-tools')],
          ['structuredOutput', say('find.give-structured-output')],
          ['tunable', say('find.be-tunable')],
          ['snapshot', say('find.stay-one-model')],
        ]}
      />
      <TextField label={say('find.tokens-of-context-at-least')} type="number" min={0} {...text('context')} />
      <TextField
        label={say('find.licences')}
        hint={say('find.spdx-ids-with-commas-for-anything')}
        {...text('licences')}
      />
      <TextField label={say('find.budget-a-month')} type="number" min={0} {...text('budget')} />
      <Choice
        label={say('find.approval')}
        {...text('approved')}
        options={[
          ['', say('find.does-not-matter')],
          ['yes', say('find.for-production-already')],
        ]}
      />
      {wanted.budget !== '' && (
        <>
          <TextField
            label={say('find.requests-a-month')}
            hint={say('find.one-number-or-least-most')}
            {...text('requests')}
          />
          <TextField
            label={say('find.tokens-of-a-question')}
            hint={say('find.for-example-500-1500')}
            {...text('input')}
          />
          <TextField
            label={say('find.tokens-of-an-answer')}
            hint={say('find.for-example-100-300')}
            {...text('output')}
          />
        </>
      )}
      <MeasuredFields wanted={wanted} text={text} onChange={onChange} />
    </form>
  )
}

type Field = { value: string; onChange: (value: string) => void }

/** What experiments on own cases must have said. */
function MeasuredFields({
  wanted,
  text,
  onChange,
}: {
  wanted: Wanted
  text: (name: keyof Wanted) => Field
  onChange: (change: Partial<Wanted>) => void
}) {
  const names = useApplicationNames()
  const { data } = useQuery({ ...suitesOf(wanted.application), enabled: wanted.application !== '' })
  const suites = data?.items.map(({ name }) => name) ?? []
  return (
    <>
      <Choice
        label={say('find.measured-on-the-cases-of')}
        value={wanted.application}
        onChange={(application) => onChange({ application, suite: '' })}
        options={[['', 'nobody'], ...names.map((name) => [name, name] as const)]}
      />
      {wanted.application !== '' && (
        <Choice
          label={say('find.suite')}
          {...text('suite')}
          options={[['', say('find.choose-one')], ...suites.map((name) => [name, name] as const)]}
        />
      )}
      {wanted.suite !== '' && (
        <>
          <TextField
            label={say('find.its-score-must-reach')}
            hint={say('find.for-certain-the-whole-interval-where-lower')}
            {...text('quality')}
          />
          <TextField label={say('find.median-answer-ms-at-most')} type="number" min={0} {...text('latency')} />
          <TextField label={say('find.a-task-micro-at-most')} {...text('taskCost')} />
          <Choice
            label={say('find.sorted-by')}
            {...text('sortBy')}
            options={[
              ['price', say('find.price-of-a-month')],
              ['quality', say('find.quality-at-least')],
              ['latency', say('find.time-of-an-answer')],
              ['cost', say('find.cost-of-a-task')],
            ]}
          />
        </>
      )}
    </>
  )
}

function KeepDialog({ criteria, onClose }: { criteria: Criteria; onClose: () => void }) {
  const [title, setTitle] = useState('')
  const [application, setApplication] = useState('')
  const [, go] = useLocation()
  const cache = useQueryClient()
  const names = useApplicationNames()
  const keep = useMutation({
    mutationFn: () => client.createShortlist({ body: { title, criteria, ...(application && { application }) } }),
    onSuccess: async ({ id }) => {
      await cache.invalidateQueries({ queryKey: ['model-shortlist'] })
      go(`/shortlists/${id}`)
    },
  })
  return (
    <FormDialog title={say('find.keep-as-a-shortlist')} onClose={onClose} doing={keep} submit={say('find.keep-it')}>
      <TextField label={say('find.what-it-is-for')} value={title} onChange={setTitle} required />
      <Choice
        label={say('find.application')}
        value={application}
        onChange={setApplication}
        options={[['', 'none'], ...names.map((name) => [name, name] as const)]}
        hint={say('find.its-experiments-are-named-in-the-decision')}
      />
    </FormDialog>
  )
}

function ShortlistsSection() {
  const { data } = useQuery(shortlists)
  if (!data || data.items.length === 0) return null
  return (
    <Section title={say('find.shortlists')} count={data.items.length}>
      <table className="data-table">
        <thead>
          <tr>
            <th scope="col">{say('find.for')}</th>
            <th scope="col">{say('find.decided')}</th>
            <th scope="col" className="wide">
              {say('find.made')}
            </th>
          </tr>
        </thead>
        <tbody>
          {data.items.map(({ id, title, decision, createdAt }) => (
            <tr key={id}>
              <td className="break-words">
                <TextLink href={`/shortlists/${id}`}>{title}</TextLink>
              </td>
              <td className="break-all">
                {decision?.chosen ?? <span className="text-muted">{say('find.open')}</span>}
              </td>
              <td className="wide text-muted">
                <Ago at={createdAt} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Section>
  )
}
