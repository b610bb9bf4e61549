/** People: who they are, adding one, changing one. Some decisions need two of them. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { Role } from '../../../sdk/index.ts'
import { client } from '../data/client.ts'
import { actors, useMay } from '../data/queries.ts'
import type { Actor } from '../data/shapes.ts'
import { ExampleTag, Tag } from '../ui/bits.tsx'
import { Button } from '../ui/button.tsx'
import { Choice, TextField } from '../ui/field.tsx'
import { FormDialog } from '../ui/form-dialog.tsx'
import { Section } from '../ui/page.tsx'
import { Loaded } from '../ui/states.tsx'
import { Term } from '../ui/term.tsx'
import { say } from '../words/say.ts'
import { roleWord } from '../words/states.ts'
import { PersonDialog } from './person-dialog.tsx'
import { ROLES } from './roles.ts'

export function PeopleSection() {
  const query = useQuery(actors)
  const may = useMay()
  const [adding, setAdding] = useState(false)
  const [opened, setOpened] = useState<Actor>()
  return (
    <>
      <Section
        title={say('people-section.people')}
        note={say('people-section.a-waiver-is-asked-for-by-one')}
        actions={
          may('administer') && <Button onClick={() => setAdding(true)}>{say('people-section.new-person')}</Button>
        }
      >
        <Loaded query={query} rows={3}>
          {({ items }) => <ActorTable actors={items.filter(({ kind }) => kind === 'person')} onOpen={setOpened} />}
        </Loaded>
      </Section>
      <Section title={say('people-section.programs')} note={say('people-section.made-with-their-keys')}>
        <Loaded query={query} rows={3}>
          {({ items }) => <ActorTable actors={items.filter(({ kind }) => kind !== 'person')} onOpen={setOpened} />}
        </Loaded>
      </Section>
      {adding && <NewPerson onClose={() => setAdding(false)} onMade={setOpened} />}
      {opened && <PersonDialog actor={opened} onClose={() => setOpened(undefined)} />}
    </>
  )
}

function ActorTable({ actors: shown, onOpen }: { actors: readonly Actor[]; onOpen: (actor: Actor) => void }) {
  const may = useMay()
  if (shown.length === 0) return <p className="text-muted">{say('people-section.none')}</p>
  return (
    <table className="data-table">
      <thead>
        <tr>
          <th scope="col">{say('people-section.name')}</th>
          <th scope="col" className="wide">
            {say('people-section.signs-in-as')}
          </th>
          <th scope="col">
            <Term of="role">{say('people-section.role')}</Term>
          </th>
          <th scope="col" className="num">
            <span className="sr-only">{say('people-section.change')}</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {shown.map((actor) => (
          <tr key={actor.id} className="clickable">
            <td>
              <span className="font-medium">{actor.name}</span> {actor.example && <ExampleTag />}{' '}
              {actor.disabledAt !== null && <Tag tone="text-fail">{say('people-section.may-not-act')}</Tag>}
            </td>
            <td className="wide text-muted">{actor.signInName ?? ''}</td>
            <td>{roleWord(actor.role)}</td>
            <td className="num">
              {may('administer') && actor.kind !== 'system' && (
                <Button
                  tone="quiet"
                  onClick={() => onOpen(actor)}
                  aria-label={say('people-section.change-3', { name: actor.name })}
                >
                  {say('people-section.change-2')}
                </Button>
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function NewPerson({ onClose, onMade }: { onClose: () => void; onMade: (actor: Actor) => void }) {
  const [name, setName] = useState('')
  const [role, setRole] = useState<Role>('approver')
  const [signInName, setSignInName] = useState('')
  const cache = useQueryClient()
  const make = useMutation({
    mutationFn: () => client.createActor({ body: { name, role, ...(signInName && { signInName }) } }),
    onSuccess: async (actor) => {
      await cache.invalidateQueries({ queryKey: actors.queryKey })
      onClose()
      onMade(actor)
    },
  })
  return (
    <FormDialog
      title={say('people-section.new-person')}
      onClose={onClose}
      doing={make}
      submit={say('people-section.add')}
    >
      <TextField
        label={say('people-section.name-2')}
        value={name}
        onChange={setName}
        required
        hint={say('people-section.as-colleagues-know-them')}
      />
      <Choice
        label={say('people-section.role-2')}
        value={role}
        onChange={(value) => setRole(value as Role)}
        options={ROLES}
      />
      <TextField
        label={say('people-section.signs-in-as-2')}
        value={signInName}
        onChange={setSignInName}
        hint={say('people-section.their-e-mail-address-if-they-will')}
      />
    </FormDialog>
  )
}
