/** Keys: who holds which, making one (its text is shown once), revoking. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { Role } from '../../../sdk/index.ts'
import { client } from '../data/client.ts'
import { applications, useMay } from '../data/queries.ts'
import type { Key } from '../data/shapes.ts'
import { Ago, Command, Tag } from '../ui/bits.tsx'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { Choice, TextField } from '../ui/field.tsx'
import { Section } from '../ui/page.tsx'
import { Loaded, Trouble } from '../ui/states.tsx'
import { Term } from '../ui/term.tsx'
import { ROLES } from './roles.ts'

export function KeysSection() {
  const query = useQuery({ queryKey: ['key'], queryFn: () => client.listKeys({ query: { limit: 200 } }) })
  const may = useMay()
  const [making, setMaking] = useState(false)
  return (
    <Section
      title="Keys"
      note={<Term of="key">for programs</Term>}
      actions={
        may('administer') && (
          <Button tone="primary" onClick={() => setMaking(true)}>
            New key
          </Button>
        )
      }
    >
      <Loaded query={query} rows={3}>
        {({ items }) => (
          <table className="data-table">
            <thead>
              <tr>
                <th scope="col">name</th>
                <th scope="col" className="wide">
                  role
                </th>
                <th scope="col" className="wide">
                  application
                </th>
                <th scope="col" className="wide">
                  last used
                </th>
                <th scope="col">state</th>
              </tr>
            </thead>
            <tbody>
              {items.map((key) => (
                <KeyRow key={key.id} entry={key} mayRevoke={may('administer')} />
              ))}
            </tbody>
          </table>
        )}
      </Loaded>
      {making && <NewKey onClose={() => setMaking(false)} />}
    </Section>
  )
}

function KeyRow({ entry, mayRevoke }: { entry: Key; mayRevoke: boolean }) {
  const cache = useQueryClient()
  const [sure, setSure] = useState(false)
  const revoke = useMutation({
    mutationFn: () => client.revokeKey({ params: { key: entry.id } }),
    onSuccess: () => cache.invalidateQueries({ queryKey: ['key'] }),
  })
  return (
    <tr className="clickable">
      <td>
        <span className="font-medium">{entry.name}</span> {entry.isOwnerToken && <Tag>owner token</Tag>}
      </td>
      <td className="wide">{entry.role}</td>
      <td className="wide text-muted">{entry.application ?? 'all'}</td>
      <td className="wide text-muted">{entry.lastUsedAt ? <Ago at={entry.lastUsedAt} /> : 'never'}</td>
      <td>
        {entry.revokedAt ? (
          <span className="text-muted">
            revoked <Ago at={entry.revokedAt} />
          </span>
        ) : mayRevoke && !entry.isOwnerToken ? (
          <Button
            tone={sure ? 'danger' : 'quiet'}
            busy={revoke.isPending}
            onBlur={() => setSure(false)}
            onClick={() => (sure ? revoke.mutate() : setSure(true))}
          >
            {sure ? 'Revoke for good?' : 'Revoke'}
          </Button>
        ) : (
          'in force'
        )}
        {revoke.error && <Trouble failure={revoke.error} />}
      </td>
    </tr>
  )
}

function NewKey({ onClose }: { onClose: () => void }) {
  const [name, setName] = useState('')
  const [role, setRole] = useState<Role>('builder')
  const [application, setApplication] = useState('')
  const names = useQuery(applications).data?.items.map((one) => one.name) ?? []
  const cache = useQueryClient()
  const make = useMutation({
    mutationFn: () => client.createKey({ body: { name, role, ...(application && { application }) } }),
    onSuccess: () => cache.invalidateQueries({ queryKey: ['key'] }),
  })
  return (
    <Dialog title="New key" onClose={onClose}>
      {make.data ? (
        <div className="flex flex-col gap-4">
          <p>This is the key. It is shown now and never again; copy it to where the program reads it.</p>
          <Command text={make.data.secret} />
          <Button tone="primary" onClick={onClose}>
            I have copied it
          </Button>
        </div>
      ) : (
        <form
          className="flex flex-col gap-4"
          onSubmit={(event) => {
            event.preventDefault()
            make.mutate()
          }}
        >
          <TextField
            label="Name"
            value={name}
            onChange={setName}
            required
            hint="What will use it, for example “web shop”."
          />
          <Choice label="Role" value={role} onChange={(value) => setRole(value as Role)} options={ROLES} />
          <Choice
            label="Application"
            value={application}
            onChange={setApplication}
            options={[['', 'all'], ...names.map((one) => [one, one] as const)]}
            hint="A key for one application may not use models directly."
          />
          {make.error && <Trouble failure={make.error} />}
          <Button type="submit" tone="primary" busy={make.isPending}>
            Make the key
          </Button>
        </form>
      )}
    </Dialog>
  )
}
