/** Keys: who holds which, what each may do and until when, and what to do about it. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { client } from '../data/client.ts'
import { useMay } from '../data/queries.ts'
import type { Key } from '../data/shapes.ts'
import { absoluteTime, shortTime, useNow } from '../data/time.ts'
import { Ago, Tag } from '../ui/bits.tsx'
import { Button } from '../ui/button.tsx'
import { Section } from '../ui/page.tsx'
import { Loaded, Trouble } from '../ui/states.tsx'
import { Term } from '../ui/term.tsx'
import { say } from '../words/say.ts'
import { sayWith } from '../words/say-with.tsx'
import { roleWord } from '../words/states.ts'
import { NewKey, RotateKey } from './key-dialogs.tsx'

export function KeysSection() {
  const query = useQuery({ queryKey: ['key'], queryFn: () => client.listKeys({ query: { limit: 200 } }) })
  const may = useMay()
  const [making, setMaking] = useState(false)
  return (
    <Section
      title={say('keys-section.keys')}
      note={<Term of="key">{say('keys-section.for-programs')}</Term>}
      actions={may('administer') && <Button onClick={() => setMaking(true)}>{say('keys-section.new-key')}</Button>}
    >
      <Loaded query={query} rows={3}>
        {({ items }) => (
          <table className="data-table">
            <thead>
              <tr>
                <th scope="col">{say('keys-section.name')}</th>
                <th scope="col" className="wide">
                  {say('keys-section.role')}
                </th>
                <th scope="col" className="wide">
                  {say('keys-section.application')}
                </th>
                <th scope="col" className="wide">
                  {say('keys-section.last-used')}
                </th>
                <th scope="col">{say('keys-section.state')}</th>
                <th scope="col">
                  <span className="sr-only">{say('keys-section.change')}</span>
                </th>
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
  const [rotating, setRotating] = useState(false)
  const revoke = useMutation({
    mutationFn: () => client.revokeKey({ params: { key: entry.id } }),
    onSuccess: () => cache.invalidateQueries({ queryKey: ['key'] }),
  })
  return (
    <tr className="clickable">
      <td>
        <span className="font-medium">{entry.name}</span>{' '}
        {entry.isOwnerToken && <Tag>{say('keys-section.owner-token')}</Tag>}
      </td>
      <td className="wide">
        {roleWord(entry.role)}
        {entry.permissions && (
          <span className="text-muted"> {say('keys-section.only', { permissions: entry.permissions.join(', ') })}</span>
        )}
      </td>
      <td className="wide text-muted">{entry.application ?? say('keys-section.all')}</td>
      <td className="wide text-muted">
        {entry.lastUsedAt ? <Ago at={entry.lastUsedAt} /> : say('keys-section.never')}
      </td>
      <td>
        <KeyState entry={entry} />
      </td>
      <td className="num">
        {entry.revokedAt === null && mayRevoke && !entry.isOwnerToken && (
          <span className="inline-flex flex-wrap justify-end gap-1">
            <Button
              tone="quiet"
              onClick={() => setRotating(true)}
              aria-label={say('keys-section.new-text-for', { name: entry.name })}
            >
              {say('keys-section.new-text')}
            </Button>
            <Button
              tone={sure ? 'danger' : 'quiet'}
              busy={revoke.isPending}
              onBlur={() => setSure(false)}
              onClick={() => (sure ? revoke.mutate() : setSure(true))}
            >
              {sure ? say('keys-section.revoke-for-good') : say('keys-section.revoke')}
            </Button>
          </span>
        )}
        {revoke.error && <Trouble failure={revoke.error} />}
        {rotating && <RotateKey entry={entry} onClose={() => setRotating(false)} />}
      </td>
    </tr>
  )
}

/** Whether it works, until when, and how long the text before still does. */
function KeyState({ entry: { revokedAt, expiresAt, previousUntil, previousUsedAt } }: { entry: Key }) {
  const now = useNow(60_000)
  if (revokedAt)
    return <span className="text-muted">{sayWith('keys-section.revoked', { when: <Ago at={revokedAt} /> })}</span>
  const isOver = expiresAt !== null && Date.parse(expiresAt) <= now
  return (
    <>
      {expiresAt === null
        ? say('keys-section.in-force')
        : isOver
          ? say('keys-section.ended')
          : say('keys-section.ends')}
      {expiresAt !== null && <At time={expiresAt} />}
      {previousUntil !== null && Date.parse(previousUntil) > now && (
        <span className="block text-muted">
          {say('keys-section.old-text-ends')} <At time={previousUntil} />,{' '}
          {previousUsedAt ? say('keys-section.still-in-use') : say('keys-section.not-used-since')}
        </span>
      )}
    </>
  )
}

/** A time that lies ahead, or a little behind. */
const At = ({ time }: { time: string }) => (
  <time dateTime={time} title={absoluteTime(time)}>
    {shortTime(time)}
  </time>
)
