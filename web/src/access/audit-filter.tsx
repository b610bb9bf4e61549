/** What narrows the audit log: who, what, to what, and when. It stands in the address bar. */
import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useParameter } from '../data/address.ts'
import { actors } from '../data/queries.ts'
import { Choice, TextField } from '../ui/field.tsx'
import { say } from '../words/say.ts'

/** Slices whose changes are written, as the beginnings of their actions. */
const ACTIONS: readonly (readonly [string, string])[] = [
  ['', 'everything'],
  ['access.', say('audit-filter.people-keys-and-switches')],
  ['delivery.', say('audit-filter.releases-promotions-waivers')],
  ['evidence.', 'evidence'],
  ['evals.', 'experiments'],
  ['models.', say('audit-filter.models-and-providers')],
]

export function useAuditFilter(): { filter: Record<string, string>; fields: ReactNode } {
  const people = useQuery(actors).data?.items ?? []
  const [actor = '', setActor] = useParameter('actor')
  const [action = '', setAction] = useParameter('action')
  const [subject = '', setSubject] = useParameter('subject')
  const [since = '', setSince] = useParameter('since')
  const [until = '', setUntil] = useParameter('until')
  const filter: Record<string, string> = {
    ...(actor && { actor }),
    ...(action && { action }),
    ...(subject.trim() && { subject: subject.trim() }),
    ...(since && { since: `${since}T00:00:00.000Z` }),
    ...(until && { until: `${until}T00:00:00.000Z` }),
  }
  const fields = (
    <div className="mb-4 grid grid-cols-1 gap-3 sm:grid-cols-2 lg:grid-cols-5">
      <Choice
        label={say('audit-filter.who')}
        value={actor}
        onChange={setActor}
        options={[['', 'anybody'], ...people.map(({ id, name }) => [id, name] as const)]}
      />
      <Choice label={say('audit-filter.what')} value={action} onChange={setAction} options={ACTIONS} />
      <TextField
        label={say('audit-filter.to-what')}
        value={subject}
        onChange={setSubject}
        hint={say('audit-filter.an-id-or-a-name-whole')}
      />
      <TextField label={say('audit-filter.from')} type="date" value={since} onChange={setSince} />
      <TextField
        label={say('audit-filter.before')}
        type="date"
        value={until}
        onChange={setUntil}
        hint={say('audit-filter.days-begin-at-midnight-utc')}
      />
    </div>
  )
  return { filter, fields }
}
