/** The datasets of the installation. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { Link, useLocation } from 'wouter'
import type { Dataset } from '../../../sdk/index.ts'
import { client } from '../data/client.ts'
import { useApplicationNames, useMay, useNames } from '../data/queries.ts'
import { Ago, Command } from '../ui/bits.tsx'
import { Button } from '../ui/button.tsx'
import { Choice, TextArea, TextField } from '../ui/field.tsx'
import { FormDialog } from '../ui/form-dialog.tsx'
import { Lead, Page } from '../ui/page.tsx'
import { Empty, Loaded } from '../ui/states.tsx'
import { Term } from '../ui/term.tsx'
import { say } from '../words/say.ts'
import { sayWith } from '../words/say-with.tsx'

export function DatasetsPage() {
  const query = useQuery({
    queryKey: ['dataset', 'list'],
    queryFn: () => client.listAllDatasets({ query: { limit: 1000 } }),
  })
  const may = useMay()
  const [isNew, setNew] = useState(false)
  const add = may('build') && (
    <Button tone="primary" onClick={() => setNew(true)}>
      {say('datasets.new-dataset')}
    </Button>
  )
  return (
    <Page title={say('datasets.datasets')} actions={query.data?.items.length ? add : undefined}>
      <Lead>
        {sayWith('datasets.cases-that-releases-are-measured-on-with', {
          term: <Term of="split">{say('datasets.holdout')}</Term>,
        })}
      </Lead>
      <Loaded query={query}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty
              title={say('datasets.there-is-no-dataset-yet')}
              command={<Command text="airworthy datasets create support-questions" />}
              action={add}
            >
              {say('datasets.a-dataset-keeps-its-rows-in-versions')}
            </Empty>
          ) : (
            <DatasetTable items={items} />
          )
        }
      </Loaded>
      {isNew && <NewDataset onClose={() => setNew(false)} />}
    </Page>
  )
}

function DatasetTable({ items }: { items: readonly Dataset[] }) {
  const nameOf = useNames()
  return (
    <table className="data-table">
      <thead>
        <tr>
          <th scope="col">{say('datasets.name')}</th>
          <th scope="col" className="wide">
            {say('datasets.application')}
          </th>
          <th scope="col" className="num">
            {say('datasets.versions')}
          </th>
          <th scope="col" className="wide">
            {say('datasets.owner')}
          </th>
          <th scope="col" className="wide">
            {say('datasets.made')}
          </th>
        </tr>
      </thead>
      <tbody>
        {items.map(({ id, name, application, description, latest, owner, createdAt }) => (
          <tr key={id} className="clickable" data-row>
            <td className="w-full max-w-0">
              <Link
                href={`/datasets/${name}`}
                className="block truncate rounded underline decoration-line-strong underline-offset-3 hover:decoration-current"
              >
                {name}
              </Link>
              {description && <span className="block truncate text-muted">{description}</span>}
            </td>
            <td className="wide whitespace-nowrap">
              {application ?? <span className="text-muted">{say('datasets.any')}</span>}
            </td>
            <td className="num">{latest}</td>
            <td className="wide whitespace-nowrap">{nameOf(owner)}</td>
            <td className="wide">
              <Ago at={createdAt} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function NewDataset({ onClose }: { onClose: () => void }) {
  const [name, setName] = useState('')
  const [application, setApplication] = useState('')
  const [description, setDescription] = useState('')
  const names = useApplicationNames()
  const cache = useQueryClient()
  const [, navigate] = useLocation()
  const make = useMutation({
    mutationFn: () => client.createDataset({ body: { name, description, ...(application && { application }) } }),
    onSuccess: async () => {
      await cache.invalidateQueries({ queryKey: ['dataset'] })
      navigate(`/datasets/${name}`)
    },
  })
  return (
    <FormDialog title={say('datasets.new-dataset')} onClose={onClose} doing={make} submit={say('datasets.make-it')}>
      <TextField
        label={say('datasets.name-2')}
        value={name}
        onChange={setName}
        required
        hint={say('datasets.lower-case-letters-digits-hyphens')}
      />
      <Choice
        label={say('datasets.application-2')}
        value={application}
        onChange={setApplication}
        options={[['', say('datasets.none-any-may-use-it')], ...names.map((one) => [one, one] as const)]}
      />
      <TextArea label={say('datasets.what-it-is')} value={description} onChange={setDescription} />
    </FormDialog>
  )
}
