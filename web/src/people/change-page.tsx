/** The change: who is told what and when, where they get help, and how many use it. */
import { useQuery } from '@tanstack/react-query'
import { useMay } from '../data/queries.ts'
import { useRowEditing } from '../governance/edit-rows.tsx'
import { document } from '../governance/queries.ts'
import type { FieldPlan, Row } from '../governance/row-form.tsx'
import { type Adoption, adoption } from '../trials/queries.ts'
import { Button } from '../ui/button.tsx'
import { Lead, Section } from '../ui/page.tsx'
import { Loaded } from '../ui/states.tsx'
import { say } from '../words/say.ts'
import { DocumentPart } from './document-part.tsx'
import { PeopleFrame } from './people-frame.tsx'

const PLAN: readonly FieldPlan[] = [
  {
    key: 'why',
    label: say('change.why-it-comes'),
    kind: 'long',
    hint: say('change.in-words-that-those-concerned-would'),
  },
  { key: 'readiness', label: say('change.what-shows-that-people-are-ready'), kind: 'long' },
  { key: 'resistance', label: say('change.what-stands-against-it'), kind: 'lines' },
  { key: 'liveOn', label: say('change.open-for-use-on'), kind: 'date' },
  { key: 'support', label: say('change.where-people-get-help'), kind: 'text' },
  {
    key: 'workers',
    label: say('change.workers-and-their-representatives'),
    kind: 'choice',
    options: [
      ['informed', say('change.were-informed')],
      ['not-due', say('change.need-not-be')],
      ['open', say('change.not-yet')],
    ],
  },
  { key: 'workersReason', label: say('change.why-they-need-not-be'), kind: 'text' },
  {
    key: 'adoptionGoal',
    label: say('change.share-that-is-to-use-it'),
    kind: 'number',
    hint: say('change.0-6-is-six-in-ten'),
  },
]

const AUDIENCE: readonly FieldPlan[] = [
  { key: 'name', label: say('change.who'), kind: 'text', required: true },
  { key: 'people', label: say('change.how-many'), kind: 'number' },
  { key: 'message', label: say('change.what-they-are-told'), kind: 'long' },
  { key: 'channel', label: say('change.how'), kind: 'text', hint: say('change.for-example-a-mail-a-talk') },
  { key: 'by', label: say('change.by-whom'), kind: 'text' },
  { key: 'plannedOn', label: say('change.planned-for'), kind: 'date' },
  { key: 'sentOn', label: say('change.told-on'), kind: 'date' },
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
    what: say('change.audience'),
    fields: AUDIENCE,
    fresh: { name: '' },
    prefilled: { audiences: [] },
  })
  const untold = audiences.filter(({ message, sentOn }) => !message || !sentOn).length
  return (
    <PeopleFrame name={name} title={say('change.change')}>
      <Lead>
        {audiences.length === 0
          ? say('change.nobody-is-named-yet-who-is')
          : untold === 0
            ? say('change.all-audiences-were-told', { audiences: audiences.length })
            : say('change.of-not-told-yet', {
                untold: say('many.audience', { n: untold }),
                audiences: audiences.length,
              })}
      </Lead>
      <Section
        title={say('change.audiences')}
        count={audiences.length}
        actions={may('build') && <Button onClick={() => editing.open(null)}>{say('change.add-an-audience')}</Button>}
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
                    <span className="font-normal text-muted"> {say('many.person', { n: Number(one.people) })}</span>
                  )}
                </p>
                <p className="prose-width">{one.message ? String(one.message) : say('change.no-message-yet')}</p>
                <p className={one.sentOn ? 'text-pass' : 'text-muted'}>
                  {one.sentOn
                    ? say('change.told-on-2', { sentOn: String(one.sentOn) })
                    : one.plannedOn
                      ? say('change.planned-for-2', { plannedOn: String(one.plannedOn) })
                      : say('change.no-day-is-set')}
                  {one.by ? say('change.by', { by: String(one.by) }) : ''}
                  {one.channel ? `, ${one.channel}` : ''}
                </p>
              </div>
              {may('build') && <Button onClick={() => editing.open(String(one.name))}>{say('change.change')}</Button>}
            </li>
          ))}
        </ul>
        {editing.dialog}
      </Section>
      <Section title={say('change.adoption')} note={say('change.different-users-a-week-measured-from')}>
        <Loaded query={query} rows={3}>
          {(found) => <Weeks found={found} />}
        </Loaded>
      </Section>
      <DocumentPart
        name={name}
        which="change"
        title={say('change.plan')}
        note={say('change.kept-in-change-yaml')}
        fields={PLAN}
      />
    </PeopleFrame>
  )
}

function Weeks({ found: { weeks, people, goal, isReached } }: { found: Adoption }) {
  if (weeks.length === 0) return <p className="text-muted">{say('change.nobody-has-used-it-yet')}</p>
  const most = Math.max(...weeks.map(({ users }) => users))
  return (
    <>
      <p className="prose-width mb-3">
        {people === null
          ? say('change.say-how-many-people-each-audience')
          : goal === null
            ? say('change.people-were-meant-no-share-is', { people })
            : say('change.of-people-are-to-use-it', {
                goal: Math.round(goal * 100),
                people,
                isReachedSaid: isReached ? say('change.reached') : say('change.not-reached-yet'),
              })}
      </p>
      <ul>
        {weeks.map(({ from, users, requests, share }) => (
          <li key={from} className="grid grid-cols-[6rem_1fr_auto] items-center gap-3 py-1">
            <span className="text-muted">{from}</span>
            <span className="h-2 rounded bg-accent" style={{ width: `${Math.max(1, (users / most) * 100)}%` }} />
            <span className="tabular-nums">
              {say('many.user', { n: users })}
              {share !== null && ` (${Math.round(share * 100)} %)`}
              <span className="text-muted">, {say('many.request', { n: requests })}</span>
            </span>
          </li>
        ))}
      </ul>
    </>
  )
}
