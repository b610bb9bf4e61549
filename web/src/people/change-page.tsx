/** The change: who is told what and when, where they get help, and how many use it. */
import { useQuery } from '@tanstack/react-query'
import { many } from '../data/format.ts'
import { useMay } from '../data/queries.ts'
import { useRowEditing } from '../governance/edit-rows.tsx'
import { document } from '../governance/queries.ts'
import type { FieldPlan, Row } from '../governance/row-form.tsx'
import { type Adoption, adoption } from '../trials/queries.ts'
import { Button } from '../ui/button.tsx'
import { Lead, Section } from '../ui/page.tsx'
import { Loaded } from '../ui/states.tsx'
import { DocumentPart } from './document-part.tsx'
import { PeopleFrame } from './people-frame.tsx'

const PLAN: readonly FieldPlan[] = [
  { key: 'why', label: 'Why it comes', kind: 'long', hint: 'In words that those concerned would use.' },
  { key: 'readiness', label: 'What shows that people are ready', kind: 'long' },
  { key: 'resistance', label: 'What stands against it', kind: 'lines' },
  { key: 'liveOn', label: 'Open for use on', kind: 'date' },
  { key: 'support', label: 'Where people get help', kind: 'text' },
  {
    key: 'workers',
    label: 'Workers and their representatives',
    kind: 'choice',
    options: [
      ['informed', 'were informed'],
      ['not-due', 'need not be'],
      ['open', 'not yet'],
    ],
  },
  { key: 'workersReason', label: 'Why they need not be', kind: 'text' },
  { key: 'adoptionGoal', label: 'Share that is to use it', kind: 'number', hint: '0.6 is six in ten.' },
]

const AUDIENCE: readonly FieldPlan[] = [
  { key: 'name', label: 'Who', kind: 'text', required: true },
  { key: 'people', label: 'How many', kind: 'number' },
  { key: 'message', label: 'What they are told', kind: 'long' },
  { key: 'channel', label: 'How', kind: 'text', hint: 'For example a mail, a talk, a page.' },
  { key: 'by', label: 'By whom', kind: 'text' },
  { key: 'plannedOn', label: 'Planned for', kind: 'date' },
  { key: 'sentOn', label: 'Told on', kind: 'date' },
]

export function ChangePage({ name }: { name: string }) {
  const query = useQuery(adoption(name))
  const change = useQuery(document(name, 'change'))
  const audiences = (change.data?.value?.audiences ?? []) as readonly Row[]
  const may = useMay()
  const editing = useRowEditing({
    name,
    document: 'change',
    list: 'audiences',
    key: 'name',
    what: 'audience',
    fields: AUDIENCE,
    fresh: { name: '' },
    prefilled: { audiences: [] },
  })
  const untold = audiences.filter(({ message, sentOn }) => !message || !sentOn).length
  return (
    <PeopleFrame name={name} title="Change">
      <Lead>
        {audiences.length === 0
          ? 'Nobody is named yet who is to be told.'
          : untold === 0
            ? `All ${audiences.length} audiences were told.`
            : `${many(untold, 'audience')} of ${audiences.length} not told yet.`}
      </Lead>
      <Section
        title="Audiences"
        count={audiences.length}
        actions={may('build') && <Button onClick={() => editing.open(null)}>Add an audience</Button>}
      >
        <ul>
          {audiences.map((one) => (
            <li
              key={String(one.name)}
              className="flex flex-wrap items-start gap-x-6 border-t border-line py-3 first:border-0"
            >
              <div className="min-w-0 flex-1 basis-80">
                <p className="font-medium">
                  {String(one.name)}
                  {one.people !== undefined && (
                    <span className="font-normal text-muted"> {many(Number(one.people), 'person', 'people')}</span>
                  )}
                </p>
                <p className="prose-width">{one.message ? String(one.message) : 'No message yet.'}</p>
                <p className={one.sentOn ? 'text-pass' : 'text-muted'}>
                  {one.sentOn
                    ? `told on ${one.sentOn}`
                    : one.plannedOn
                      ? `planned for ${one.plannedOn}`
                      : 'no day is set'}
                  {one.by ? ` by ${one.by}` : ''}
                  {one.channel ? `, ${one.channel}` : ''}
                </p>
              </div>
              {may('build') && <Button onClick={() => editing.open(String(one.name))}>Change</Button>}
            </li>
          ))}
        </ul>
        {editing.dialog}
      </Section>
      <Section title="Adoption" note="different users a week, measured from requests">
        <Loaded query={query} rows={3}>
          {(found) => <Weeks found={found} />}
        </Loaded>
      </Section>
      <DocumentPart name={name} which="change" title="Plan" note="kept in change.yaml" fields={PLAN} />
    </PeopleFrame>
  )
}

function Weeks({ found: { weeks, people, goal, isReached } }: { found: Adoption }) {
  if (weeks.length === 0) return <p className="text-muted">Nobody has used it yet.</p>
  const most = Math.max(...weeks.map(({ users }) => users))
  return (
    <>
      <p className="prose-width mb-3">
        {people === null
          ? 'Say how many people each audience has, and this becomes a share.'
          : goal === null
            ? `${people} people were meant. No share is agreed that is to use it.`
            : `${Math.round(goal * 100)} % of ${people} people are to use it: ${isReached ? 'reached' : 'not reached yet'}.`}
      </p>
      <ul>
        {weeks.map(({ from, users, requests, share }) => (
          <li key={from} className="grid grid-cols-[6rem_1fr_auto] items-center gap-3 py-1">
            <span className="text-muted">{from}</span>
            <span className="h-2 rounded bg-accent" style={{ width: `${Math.max(1, (users / most) * 100)}%` }} />
            <span className="tabular-nums">
              {many(users, 'user')}
              {share !== null && ` (${Math.round(share * 100)} %)`}
              <span className="text-muted">, {many(requests, 'request')}</span>
            </span>
          </li>
        ))}
      </ul>
    </>
  )
}
