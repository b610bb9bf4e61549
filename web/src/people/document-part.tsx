/** A document of the blueprint as pairs of a name and a value, with a form for all of it. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { client } from '../data/client.ts'
import { useMay } from '../data/queries.ts'
import { type DocumentName, document } from '../governance/queries.ts'
import { type FieldPlan, type Row, RowForm } from '../governance/row-form.tsx'
import { Button } from '../ui/button.tsx'
import { Facts, Section } from '../ui/page.tsx'
import { Loaded } from '../ui/states.tsx'
import { say } from '../words/say.ts'

export function DocumentPart({
  name,
  which,
  title,
  note,
  fields,
}: {
  name: string
  which: DocumentName
  title: string
  note: string
  fields: readonly FieldPlan[]
}) {
  const query = useQuery(document(name, which))
  const [editing, setEditing] = useState(false)
  const may = useMay()
  return (
    <Section
      title={title}
      note={note}
      actions={
        may('build') && (
          <Button onClick={() => setEditing(true)}>
            {query.data?.value ? say('document.change') : say('document.write-it')}
          </Button>
        )
      }
    >
      <Loaded query={query} rows={4}>
        {({ value }) => (
          <>
            <Facts items={fields.map(({ key, label }) => [label, <Value key={key} value={value?.[key]} />])} />
            {editing && (
              <EditDocument
                name={name}
                which={which}
                title={title}
                fields={fields}
                value={value ?? {}}
                onClose={() => setEditing(false)}
              />
            )}
          </>
        )}
      </Loaded>
    </Section>
  )
}

function Value({ value }: { value: unknown }) {
  if (value === undefined || value === null || value === '')
    return <span className="text-muted">{say('document.not-said-yet')}</span>
  if (Array.isArray(value)) return <>{value.map(String).join('; ')}</>
  return <>{String(value)}</>
}

function EditDocument({
  name,
  which,
  title,
  fields,
  value,
  onClose,
}: {
  name: string
  which: DocumentName
  title: string
  fields: readonly FieldPlan[]
  value: Row
  onClose: () => void
}) {
  const cache = useQueryClient()
  const put = useMutation({
    mutationFn: (row: Row) => client.putDocument({ params: { name, document: which }, body: { value: row } }),
    onSuccess: async () => {
      await cache.invalidateQueries({ queryKey: ['application'] })
      onClose()
    },
  })
  return (
    <RowForm
      title={title}
      fields={fields}
      row={value}
      busy={put.isPending}
      failure={put.error}
      onClose={onClose}
      onSave={(row) => put.mutate(Object.fromEntries(Object.entries(row).filter(([, one]) => one !== undefined)))}
    />
  )
}
