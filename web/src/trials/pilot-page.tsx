/** The pilot: its plan, fixed before it begins, and the trials in which people say how it goes. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useLocation } from 'wouter'
import { client } from '../data/client.ts'
import { many } from '../data/format.ts'
import { useMay } from '../data/queries.ts'
import type { FieldPlan } from '../governance/row-form.tsx'
import { DocumentPart } from '../people/document-part.tsx'
import { PeopleFrame } from '../people/people-frame.tsx'
import { linesOf } from '../people/people-page.tsx'
import { Tag } from '../ui/bits.tsx'
import { Button, TextLink } from '../ui/button.tsx'
import { TextArea, TextField } from '../ui/field.tsx'
import { FormDialog } from '../ui/form-dialog.tsx'
import { Lead, Section } from '../ui/page.tsx'
import { Loaded } from '../ui/states.tsx'
import { type ServedTrial, trials } from './queries.ts'

const PLAN: readonly FieldPlan[] = [
  { key: 'cohort', label: 'Who takes part', kind: 'lines', hint: 'One group a line.' },
  { key: 'consent', label: 'What they agree to', kind: 'long' },
  { key: 'startsOn', label: 'Begins on', kind: 'date' },
  { key: 'durationDays', label: 'Lasts, in days', kind: 'number' },
  { key: 'volume', label: 'How much use is expected', kind: 'text', hint: 'For example 50 questions a day.' },
  { key: 'negativeRateAtMost', label: 'Bad ratings at most', kind: 'number', hint: 'A share: 0.2 is one in five.' },
  { key: 'exitCriteria', label: 'What lets it go on', kind: 'lines' },
  { key: 'killCriteria', label: 'What stops it', kind: 'lines' },
  { key: 'support', label: 'Where people get help', kind: 'text' },
]

export function PilotPage({ name }: { name: string }) {
  const query = useQuery(trials(name))
  const [beginning, setBeginning] = useState(false)
  const may = useMay()
  return (
    <PeopleFrame
      name={name}
      title="Pilot and trials"
      actions={
        may('build') && (
          <Button tone="primary" onClick={() => setBeginning(true)}>
            Begin a trial
          </Button>
        )
      }
    >
      <Loaded query={query} rows={3}>
        {({ items }) => <Lead>{leadOf(items)}</Lead>}
      </Loaded>
      <DocumentPart
        name={name}
        which="pilot"
        title="Plan of the pilot"
        note="written down before it begins, or it does not count"
        fields={PLAN}
      />
      <Loaded query={query} rows={3}>
        {({ items }) => (
          <Section title="Trials" count={items.length}>
            {items.length === 0 ? (
              <p className="prose-width text-muted">
                In a trial people try some tasks and say how it went: by a form behind a link, which needs no account,
                or in a talk that you write down.
              </p>
            ) : (
              <ul>
                {items.map((one) => (
                  <TrialItem key={one.trial.id} one={one} />
                ))}
              </ul>
            )}
          </Section>
        )}
      </Loaded>
      {beginning && <BeginTrial name={name} onClose={() => setBeginning(false)} />}
    </PeopleFrame>
  )
}

function leadOf(items: readonly ServedTrial[]): string {
  const answers = items.reduce((sum, { report }) => sum + report.answers, 0)
  const negative = items.reduce((sum, { report }) => sum + report.negative, 0)
  return answers === 0
    ? 'Nobody has said anything yet, so the check for feedback of users has no answer.'
    : `${many(answers, 'person', 'people')} said how it went; ${negative} of them rated it 2 of 5 or less.`
}

const TrialItem = ({ one: { trial, report } }: { one: ServedTrial }) => (
  <li className="border-t border-line py-3 first:border-0">
    <p className="flex flex-wrap items-center gap-2">
      <TextLink href={`/trials/${trial.id}`} className="font-medium">
        {trial.title}
      </TextLink>
      <Tag>{trial.closedAt === null ? 'open' : 'over'}</Tag>
    </p>
    <p className="text-muted">
      {many(report.answers, 'answer')}
      {report.responseRate !== null &&
        `, ${report.answeredOfInvited} of ${report.invited} who were asked (${Math.round(report.responseRate * 100)} %)`}
      {report.rating !== null && `, rating ${report.rating.toFixed(1)} of 5`}
      {report.themes.length > 0 && `. Many say: ${report.themes.map(({ words }) => words).join(', ')}`}
    </p>
  </li>
)

function BeginTrial({ name, onClose }: { name: string; onClose: () => void }) {
  const [title, setTitle] = useState('')
  const [tasks, setTasks] = useState('')
  const [consent, setConsent] = useState(
    'You try an assistant that is not finished yet. What you say here is read by the team that builds it, and by nobody else. You may stop at any time and take back what you said.',
  )
  const [days, setDays] = useState('90')
  const [, navigate] = useLocation()
  const cache = useQueryClient()
  const begin = useMutation({
    mutationFn: () =>
      client.createTrial({
        params: { name },
        body: {
          ...{ title, consent, retentionDays: Number(days) },
          tasks: linesOf(tasks).map((text, at) => ({ id: `task-${at + 1}`, text })),
        },
      }),
    onSuccess: async ({ trial }) => {
      await cache.invalidateQueries({ queryKey: ['trial'] })
      navigate(`/trials/${trial.id}`)
    },
  })
  return (
    <FormDialog title="Begin a trial" onClose={onClose} doing={begin} submit="Begin">
      <TextField label="What is tried" value={title} onChange={setTitle} required />
      <TextArea
        label="Tasks"
        hint="One a line, as you would say it to a person: “Find out how to return a parcel.”"
        value={tasks}
        onChange={setTasks}
      />
      <TextArea label="What people agree to" value={consent} onChange={setConsent} minLength={20} rows={4} />
      <TextField
        label="Names and comments go after so many days"
        hint="Counted from the end of the trial. Ratings and counts stay."
        type="number"
        min={1}
        max={730}
        value={days}
        onChange={setDays}
        required
      />
    </FormDialog>
  )
}
