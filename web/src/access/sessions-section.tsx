/** Browsers that are signed in: one's own, and for owners those of everybody. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { client } from '../data/client.ts'
import { useMay, useNames } from '../data/queries.ts'
import type { Session } from '../data/shapes.ts'
import { Ago, Tag } from '../ui/bits.tsx'
import { Button } from '../ui/button.tsx'
import { Section } from '../ui/page.tsx'
import { Loaded, Trouble } from '../ui/states.tsx'
import { Term } from '../ui/term.tsx'
import { say } from '../words/say.ts'

const BY: Readonly<Record<Session['method'], string>> = { link: 'link', password: 'password', oidc: 'sign-on' }

export function SessionsSection() {
  const may = useMay()
  const cache = useQueryClient()
  const [everybody, setEverybody] = useState(false)
  const query = useQuery({
    queryKey: ['session', everybody],
    queryFn: () => client.listSessions({ query: { everybody: everybody ? 'true' : 'false' } }),
  })
  const endOthers = useMutation({
    mutationFn: () => client.endOtherSessions(),
    onSuccess: () => cache.invalidateQueries({ queryKey: ['session'] }),
  })
  return (
    <Section
      title={say('sessions-section.sessions')}
      note={<Term of="session">{say('sessions-section.browsers-that-are-signed-in')}</Term>}
      actions={
        <>
          {may('administer') && (
            <Button aria-pressed={everybody} onClick={() => setEverybody(!everybody)}>
              {everybody ? say('sessions-section.only-mine') : say('sessions-section.everybodys')}
            </Button>
          )}
          <Button busy={endOthers.isPending} onClick={() => endOthers.mutate()}>
            {say('sessions-section.end-my-others')}
          </Button>
        </>
      }
    >
      {endOthers.error && <Trouble failure={endOthers.error} />}
      <Loaded query={query} rows={2}>
        {({ items }) => (
          <table className="data-table">
            <thead>
              <tr>
                {everybody && <th scope="col">{say('sessions-section.who')}</th>}
                <th scope="col">{say('sessions-section.browser')}</th>
                <th scope="col" className="wide">
                  {say('sessions-section.signed-in-by')}
                </th>
                <th scope="col" className="wide">
                  {say('sessions-section.since')}
                </th>
                <th scope="col">{say('sessions-section.last-seen')}</th>
                <th scope="col">
                  <span className="sr-only">{say('sessions-section.end-it')}</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {items.map((session) => (
                <SessionRow key={session.id} session={session} everybody={everybody} />
              ))}
            </tbody>
          </table>
        )}
      </Loaded>
    </Section>
  )
}

function SessionRow({ session, everybody }: { session: Session; everybody: boolean }) {
  const nameOf = useNames()
  const cache = useQueryClient()
  const end = useMutation({
    mutationFn: () => client.endSession({ params: { session: session.id } }),
    onSuccess: () => cache.invalidateQueries({ queryKey: ['session'] }),
  })
  return (
    <tr>
      {everybody && <td>{nameOf(session.actor)}</td>}
      <td>
        {session.device} {session.current && <Tag>{say('sessions-section.this-one')}</Tag>}
      </td>
      <td className="wide text-muted">{BY[session.method]}</td>
      <td className="wide text-muted">
        <Ago at={session.createdAt} />
      </td>
      <td className="text-muted">
        <Ago at={session.lastSeenAt} />
      </td>
      <td>
        {!session.current && (
          <Button tone="quiet" busy={end.isPending} onClick={() => end.mutate()}>
            {say('sessions-section.end')}
          </Button>
        )}
        {end.error && <Trouble failure={end.error} />}
      </td>
    </tr>
  )
}
