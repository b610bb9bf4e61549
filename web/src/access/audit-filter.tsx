/** What narrows the audit log: who, what, to what, and when. It stands in the address bar. */
import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useParameter } from '../data/address.ts'
import { actors } from '../data/queries.ts'
import { Choice, TextField } from '../ui/field.tsx'

/** Slices whose changes are written, as the beginnings of their actions. */
const ACTIONS: readonly (readonly [string, string])[] = [
  ['', 'everything'],
  ['access.', 'people, keys and switches'],
  ['delivery.', 'releases, promotions, waivers'],
  ['evidence.', 'evidence'],
  ['evals.', 'experiments'],
  ['models.', 'models and providers'],
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
        label="Who"
        value={actor}
        onChange={setActor}
        options={[['', 'anybody'], ...people.map(({ id, name }) => [id, name] as const)]}
      />
      <Choice label="What" value={action} onChange={setAction} options={ACTIONS} />
      <TextField label="To what" value={subject} onChange={setSubject} hint="An id or a name, whole." />
      <TextField label="From" type="date" value={since} onChange={setSince} />
      <TextField label="Before" type="date" value={until} onChange={setUntil} hint="Days begin at midnight UTC." />
    </div>
  )
  return { filter, fields }
}
