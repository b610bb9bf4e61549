/** People: who they are, adding one, and a link that signs one in. Some decisions need two of them. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { Role } from '../../../sdk/index.ts'
import { client } from '../data/client.ts'
import { actors, useMay } from '../data/queries.ts'
import type { Actor } from '../data/shapes.ts'
import { Command, ExampleTag } from '../ui/bits.tsx'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { Choice, TextField } from '../ui/field.tsx'
import { Section } from '../ui/page.tsx'
import { Loaded, Trouble } from '../ui/states.tsx'
import { Term } from '../ui/term.tsx'
import { ROLES } from './roles.ts'

export function PeopleSection() {
  const query = useQuery(actors)
  const may = useMay()
  const [adding, setAdding] = useState(false)
  const [invited, setInvited] = useState<Actor>()
  return (
    <Section
      title="People and programs"
      note="a waiver is asked for by one and granted by another"
      actions={may('administer') && <Button onClick={() => setAdding(true)}>New person</Button>}
    >
      <Loaded query={query} rows={3}>
        {({ items }) => (
          <table className="data-table">
            <thead>
              <tr>
                <th scope="col">name</th>
                <th scope="col">
                  <Term of="role">role</Term>
                </th>
                <th scope="col" className="wide num">
                  <span className="sr-only">sign-in</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {items.map((actor) => (
                <tr key={actor.id} className="clickable">
                  <td>
                    <span className="font-medium">{actor.name}</span> {actor.example && <ExampleTag />}
                  </td>
                  <td>{actor.role}</td>
                  <td className="wide num">
                    {may('administer') && !actor.example && (
                      <Button tone="quiet" onClick={() => setInvited(actor)}>
                        Sign-in link
                      </Button>
                    )}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
      </Loaded>
      {adding && <NewPerson onClose={() => setAdding(false)} onMade={setInvited} />}
      {invited && <SignInLink actor={invited} onClose={() => setInvited(undefined)} />}
    </Section>
  )
}

function NewPerson({ onClose, onMade }: { onClose: () => void; onMade: (actor: Actor) => void }) {
  const [name, setName] = useState('')
  const [role, setRole] = useState<Role>('approver')
  const cache = useQueryClient()
  const make = useMutation({
    mutationFn: () => client.createActor({ body: { name, role } }),
    onSuccess: async (actor) => {
      await cache.invalidateQueries({ queryKey: actors.queryKey })
      onClose()
      onMade(actor)
    },
  })
  return (
    <Dialog title="New person" onClose={onClose}>
      <form
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault()
          make.mutate()
        }}
      >
        <TextField label="Name" value={name} onChange={setName} required hint="As colleagues know them." />
        <Choice label="Role" value={role} onChange={(value) => setRole(value as Role)} options={ROLES} />
        {make.error && <Trouble failure={make.error} />}
        <Button type="submit" tone="primary" busy={make.isPending}>
          Add
        </Button>
      </form>
    </Dialog>
  )
}

function SignInLink({ actor, onClose }: { actor: Actor; onClose: () => void }) {
  const make = useMutation({ mutationFn: () => client.createSignInLink({ body: { actor: actor.id } }) })
  return (
    <Dialog title={`Sign-in link for ${actor.name}`} onClose={onClose}>
      <div className="flex flex-col gap-4">
        {make.data ? (
          <>
            <p>Give this to {actor.name} alone. It works once, within ten minutes; the session lasts twelve hours.</p>
            <Command text={make.data.url} />
          </>
        ) : (
          <p>
            Who opens the link acts as {actor.name}, {actor.role}, and what they do is recorded under that name.
          </p>
        )}
        {make.error && <Trouble failure={make.error} />}
        <div className="flex gap-2">
          {make.data ? (
            <Button tone="primary" onClick={onClose}>
              I have copied it
            </Button>
          ) : (
            <Button tone="primary" busy={make.isPending} onClick={() => make.mutate()}>
              Make the link
            </Button>
          )}
        </div>
      </div>
    </Dialog>
  )
}
