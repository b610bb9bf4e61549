/** The pilot: its plan, fixed before it begins, and the trials in which people say how it goes. */

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useLocation } from 'wouter'
import { client } from '../data/client.ts'
import { number } from '../data/format.ts'
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
import { say } from '../words/say.ts'
import { type ServedTrial, trials } from './queries.ts'

const PLAN: readonly FieldPlan[] = [
  { key: 'cohort', label: say('pilot.who-takes-part'), kind: 'lines', hint: say('pilot.one-group-a-line') },
  { key: 'consent', label: say('pilot.what-they-agree-to'), kind: 'long' },
  { key: 'startsOn', label: say('pilot.begins-on'), kind: 'date' },
  { key: 'durationDays', label: say('pilot.lasts-in-days'), kind: 'number' },
  {
    key: 'volume',
    label: say('pilot.how-much-use-is-expected'),
    kind: 'text',
    hint: say('pilot.for-example-50-questions-a-day'),
  },
  {
    key: 'negativeRateAtMost',
    label: say('pilot.bad-ratings-at-most'),
    kind: 'number',
    hint: say('pilot.a-share-0-2-is-one'),
  },
  { key: 'exitCriteria', label: say('pilot.what-lets-it-go-on'), kind: 'lines' },
  { key: 'killCriteria', label: say('pilot.what-stops-it'), kind: 'lines' },
  { key: 'support', label: say('pilot.where-people-get-help'), kind: 'text' },
]

export function PilotPage({ name }: { name: string }) {
  const query = useQuery(trials(name))
  const [beginning, setBeginning] = useState(false)
  const may = useMay()
  return (
    <PeopleFrame
      name={name}
      title={say('pilot.pilot-and-trials')}
      actions={
        may('build') && (
          <Button tone="primary" onClick={() => setBeginning(true)}>
            {say('pilot.begin-a-trial')}
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
        title={say('pilot.plan-of-the-pilot')}
        note={say('pilot.written-down-before-it-begins-or')}
        fields={PLAN}
      />
      <Loaded query={query} rows={3}>
        {({ items }) => (
          <Section title={say('pilot.trials')} count={items.length}>
            {items.length === 0 ? (
              <p className="prose-width text-muted">{say('pilot.in-a-trial-people-try-some')}</p>
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
    ? say('pilot.nobody-has-said-anything-yet-so')
    : say('pilot.said-how-it-went-of-them', { answers: say('many.person', { n: answers }), negative })
}

const TrialItem = ({ one: { trial, report } }: { one: ServedTrial }) => (
  <li className="border-t border-line py-3 first:border-0">
    <p className="flex flex-wrap items-center gap-2">
      <TextLink href={`/trials/${trial.id}`} className="font-medium">
        {trial.title}
      </TextLink>
      <Tag>{trial.closedAt === null ? say('pilot.open') : say('pilot.over')}</Tag>
    </p>
    <p className="text-muted">
      {say('many.answer', { n: report.answers })}
      {report.responseRate !== null &&
        say('pilot.of-who-were-asked', {
          answeredOfInvited: report.answeredOfInvited,
          invited: report.invited,
          responseRate: Math.round(report.responseRate * 100),
        })}
      {report.rating !== null && say('pilot.rating-of-5', { rating: number(report.rating, 1) })}
      {report.themes.length > 0 &&
        say('pilot.many-say', { themes: report.themes.map(({ words }) => words).join(', ') })}
    </p>
  </li>
)

function BeginTrial({ name, onClose }: { name: string; onClose: () => void }) {
  const [title, setTitle] = useState('')
  const [tasks, setTasks] = useState('')
  const [consent, setConsent] = useState(say('pilot.you-try-an-assistant-that-is'))
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
    <FormDialog title={say('pilot.begin-a-trial')} onClose={onClose} doing={begin} submit={say('pilot.begin')}>
      <TextField label={say('pilot.what-is-tried')} value={title} onChange={setTitle} required />
      <TextArea
        label={say('pilot.tasks')}
        hint={say('pilot.one-a-line-as-you-would')}
        value={tasks}
        onChange={setTasks}
      />
      <TextArea
        label={say('pilot.what-people-agree-to')}
        value={consent}
        onChange={setConsent}
        minLength={20}
        rows={4}
      />
      <TextField
        label={say('pilot.names-and-comments-go-after-so')}
        hint={say('pilot.counted-from-the-end-of-the')}
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
