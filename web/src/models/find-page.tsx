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
import { CandidateTable } from './candidate-table.tsx'
import { criteriaOf, NOTHING_WANTED, type Wanted } from './wanted.ts'

const MODELS = [{ label: 'Models', href: '/models' }] as const

export function FindPage() {
  const [wanted, setWanted] = useState<Wanted>(NOTHING_WANTED)
  const [keeping, setKeeping] = useState(false)
  const criteria = useDeferredValue(criteriaOf(wanted))
  const query = useQuery(modelSearch(criteria))
  const may = useMay()
  return (
    <Page
      title="Find a model"
      crumbs={MODELS}
      actions={
        may('build') && (
          <Button tone="primary" onClick={() => setKeeping(true)}>
            Keep as a shortlist
          </Button>
        )
      }
    >
      <Lead>
        Every known model is held against what you need. What does not meet it falls out with the reason; what nobody
        knows stays open.
      </Lead>
      <WantedForm wanted={wanted} onChange={(change) => setWanted({ ...wanted, ...change })} />
      <Section title="Models">
        <Loaded query={query} rows={10}>
          {({ items }) =>
            items.length === 0 ? (
              <Empty title="No such model" command={<Command text="airworthy models refresh" />}>
                No known model has this in its name.
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
      aria-label="What is needed"
      className="grid grid-cols-2 gap-x-4 gap-y-3 md:grid-cols-4"
      onSubmit={(event) => event.preventDefault()}
    >
      <TextField label="A part of the name" {...text('text')} />
      <Choice
        label="It must take"
        {...text('takes')}
        options={[
          ['', 'anything'],
          ['text', 'text'],
          ['image', 'text and pictures'],
          ['audio', 'text and audio'],
        ]}
      />
      <Choice
        label="Served"
        {...text('serving')}
        options={[
          ['', 'anyhow'],
          ['embedded', 'in this program'],
          ['self-hosted', 'on our own machines'],
          ['cloud', 'in a cloud’s service'],
          ['api', 'by its provider'],
        ]}
      />
      <Choice
        label="It must"
        {...text('must')}
        options={[
          ['', 'nothing more'],
          ['tools', 'call tools'],
          ['structuredOutput', 'give structured output'],
          ['tunable', 'be tunable'],
          ['snapshot', 'stay one model'],
        ]}
      />
      <TextField label="Tokens of context, at least" type="number" min={0} {...text('context')} />
      <TextField label="Licences" hint="SPDX ids with commas; * for anything." {...text('licences')} />
      <TextField label="Budget, $ a month" type="number" min={0} {...text('budget')} />
      <Choice
        label="Approval"
        {...text('approved')}
        options={[
          ['', 'does not matter'],
          ['yes', 'for production already'],
        ]}
      />
      {wanted.budget !== '' && (
        <>
          <TextField label="Requests a month" hint="One number, or least-most." {...text('requests')} />
          <TextField label="Tokens of a question" hint="For example 500-1500." {...text('input')} />
          <TextField label="Tokens of an answer" hint="For example 100-300." {...text('output')} />
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
        label="Measured on the cases of"
        value={wanted.application}
        onChange={(application) => onChange({ application, suite: '' })}
        options={[['', 'nobody'], ...names.map((name) => [name, name] as const)]}
      />
      {wanted.application !== '' && (
        <Choice
          label="Suite"
          {...text('suite')}
          options={[['', 'choose one'], ...suites.map((name) => [name, name] as const)]}
        />
      )}
      {wanted.suite !== '' && (
        <>
          <TextField
            label="Its score must reach"
            hint="For certain: the whole interval. Where lower is better: may not exceed."
            {...text('quality')}
          />
          <TextField label="Median answer, ms at most" type="number" min={0} {...text('latency')} />
          <TextField label="A task, micro-$ at most" {...text('taskCost')} />
          <Choice
            label="Sorted by"
            {...text('sortBy')}
            options={[
              ['price', 'price of a month'],
              ['quality', 'quality, at least'],
              ['latency', 'time of an answer'],
              ['cost', 'cost of a task'],
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
    <FormDialog title="Keep as a shortlist" onClose={onClose} doing={keep} submit="Keep it">
      <TextField label="What it is for" value={title} onChange={setTitle} required />
      <Choice
        label="Application"
        value={application}
        onChange={setApplication}
        options={[['', 'none'], ...names.map((name) => [name, name] as const)]}
        hint="Its experiments are named in the decision."
      />
    </FormDialog>
  )
}

function ShortlistsSection() {
  const { data } = useQuery(shortlists)
  if (!data || data.items.length === 0) return null
  return (
    <Section title="Shortlists" count={data.items.length}>
      <table className="data-table">
        <thead>
          <tr>
            <th scope="col">for</th>
            <th scope="col">decided</th>
            <th scope="col" className="wide">
              made
            </th>
          </tr>
        </thead>
        <tbody>
          {data.items.map(({ id, title, decision, createdAt }) => (
            <tr key={id}>
              <td className="break-words">
                <TextLink href={`/shortlists/${id}`}>{title}</TextLink>
              </td>
              <td className="break-all">{decision?.chosen ?? <span className="text-muted">open</span>}</td>
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
