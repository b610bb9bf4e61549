/** What one does with an incident: a line of the timeline, a report, the fix, a move. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { client } from '../data/client.ts'
import { releases } from '../data/queries.ts'
import { Choice, TextArea, TextField } from '../ui/field.tsx'
import { FormDialog } from '../ui/form-dialog.tsx'
import { say } from '../words/say.ts'
import type { Clock, Incident } from './queries.ts'

export type IncidentAct = { kind: 'note' | 'move' | 'fix' } | { kind: 'report'; clock: Clock }

const TITLES = {
  note: say('incident-acts.what-happened'),
  move: say('incident-acts.where-does-it-stand'),
  fix: say('incident-acts.what-keeps-it-from-coming-back'),
} as const
const MOVES = {
  open: [
    ['contain', say('incident-acts.it-does-no-harm-for-now')],
    ['close', say('incident-acts.it-cannot-happen-in-this-way')],
  ],
  contained: [
    ['close', say('incident-acts.it-cannot-happen-in-this-way')],
    ['reopen', say('incident-acts.it-does-harm-again')],
  ],
  closed: [['reopen', say('incident-acts.it-is-back')]],
} as const

export function IncidentActs({
  act,
  incident,
  onClose,
}: {
  act: IncidentAct
  incident: Incident
  onClose: () => void
}) {
  const options = {
    note: [
      ['note', say('incident-acts.it-happened')],
      ['measure', say('incident-acts.it-was-done-at-once')],
    ],
    report: [
      ['made', say('incident-acts.it-was-reported')],
      ['not-due', say('incident-acts.it-is-not-due')],
    ],
    move: MOVES[incident.state],
    fix: [],
  }[act.kind] as readonly (readonly [string, string])[]
  const [choice, setChoice] = useState(options[0]?.[0] ?? '')
  const [text, setText] = useState('')
  const [dataset, setDataset] = useState('')
  const [example, setExample] = useState(() => (incident.traces[0] ? `trace-${incident.traces[0]}` : ''))
  const [release, setRelease] = useState('')
  const there = useQuery({ ...releases(incident.application), enabled: act.kind === 'fix' }).data?.items ?? []
  const cache = useQueryClient()
  const params = { id: incident.id }
  const tell = useMutation({
    mutationFn: () => {
      if (act.kind === 'note') return client.noteIncident({ params, body: { kind: choice as 'note', text } })
      if (act.kind === 'move') return client.moveIncident({ params, body: { move: choice as 'close', note: text } })
      if (act.kind === 'report')
        return client.reportIncident({ params, body: { clock: act.clock.id, kind: choice as 'made', note: text } })
      const chosen = (release || there[0]?.id) as NonNullable<Incident['release']>
      return client.fixIncident({ params, body: { dataset, example, release: chosen } })
    },
    onSuccess: async () => {
      await cache.invalidateQueries({ queryKey: ['incident'] })
      onClose()
    },
  })
  return (
    <FormDialog
      title={act.kind === 'report' ? act.clock.title : TITLES[act.kind]}
      onClose={onClose}
      doing={tell}
      submit={say('incident-acts.put-it-on-record')}
    >
      {options.length > 0 && (
        <Choice label={say('incident-acts.what-is-it')} value={choice} onChange={setChoice} options={options} />
      )}
      {act.kind === 'fix' ? (
        <>
          <TextField label={say('incident-acts.dataset')} value={dataset} onChange={setDataset} required />
          <TextField
            label={say('incident-acts.case')}
            hint={say('incident-acts.its-id-in-the-dataset-a')}
            value={example}
            onChange={setExample}
            required
          />
          <Choice
            label={say('incident-acts.release-that-passes-it')}
            value={release || (there[0]?.id ?? '')}
            onChange={setRelease}
            options={there.map(({ id, number }) => [id, `r${number}`])}
          />
        </>
      ) : (
        <TextArea
          label={
            act.kind === 'report'
              ? say('incident-acts.to-whom-and-how-or-why')
              : say('incident-acts.in-a-sentence-or-two')
          }
          value={text}
          onChange={setText}
          minLength={10}
        />
      )}
    </FormDialog>
  )
}
