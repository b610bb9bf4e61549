/** Asking people by a link, and writing down what somebody said in a talk. */
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { client } from '../data/client.ts'
import { linesOf } from '../people/people-page.tsx'
import { LongText } from '../ui/bits.tsx'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { TextArea, TextField } from '../ui/field.tsx'
import { FormDialog } from '../ui/form-dialog.tsx'
import { say } from '../words/say.ts'
import type { WholeTrial } from './queries.ts'
import { NOTHING_SAID, SaidFields } from './said-fields.tsx'

type Trial = WholeTrial['trial']

export function MakeLinks({ trial: { id }, onClose }: { trial: Trial; onClose: () => void }) {
  const [people, setPeople] = useState('')
  const [label, setLabel] = useState('')
  const [mostUses, setMostUses] = useState('100')
  const cache = useQueryClient()
  const make = useMutation({
    mutationFn: () =>
      client.createTrialLinks({
        params: { id },
        body: { people: linesOf(people), ...(label.trim() && { shared: { label, mostUses: Number(mostUses) } }) },
      }),
    onSuccess: () => cache.invalidateQueries({ queryKey: ['trial'] }),
  })
  if (make.data)
    return (
      <Dialog title={say('trial-dialogs.send-these-on')} onClose={onClose}>
        <p className="text-muted">{say('trial-dialogs.they-are-shown-once-whoever-has')}</p>
        <ul className="my-4 flex flex-col gap-3">
          {make.data.links.map((link) => (
            <li key={link.id}>
              <p className="font-medium">
                {link.label},{' '}
                {link.mostUses === 1
                  ? say('trial-dialogs.once')
                  : say('trial-dialogs.times', { mostUses: link.mostUses })}
              </p>
              <LongText text={link.url} what={say('trial-dialogs.link')} />
            </li>
          ))}
        </ul>
        <Button tone="primary" onClick={onClose}>
          {say('trial-dialogs.i-have-them')}
        </Button>
      </Dialog>
    )
  return (
    <FormDialog
      title={say('trial-dialogs.ask-people')}
      onClose={onClose}
      doing={make}
      submit={say('trial-dialogs.make-links')}
    >
      <TextArea
        label={say('trial-dialogs.people')}
        hint={say('trial-dialogs.one-name-or-address-a-line')}
        rows={5}
        value={people}
        onChange={setPeople}
      />
      <TextField
        label={say('trial-dialogs.or-one-link-for-many')}
        hint={say('trial-dialogs.say-where-it-hangs-for-example')}
        value={label}
        onChange={setLabel}
      />
      {label.trim() && (
        <TextField
          label={say('trial-dialogs.how-often-it-may-be-used')}
          type="number"
          min={2}
          max={1000}
          value={mostUses}
          onChange={setMostUses}
          required
        />
      )}
    </FormDialog>
  )
}

export function WriteInterview({ trial, onClose }: { trial: Trial; onClose: () => void }) {
  const [who, setWho] = useState('')
  const [said, setSaid] = useState(NOTHING_SAID)
  const cache = useQueryClient()
  const keep = useMutation({
    mutationFn: () =>
      client.recordInterview({
        params: { id: trial.id },
        body: { ...said, consent: true, who: who.trim() || null, comment: said.comment.trim() || null },
      }),
    onSuccess: async () => {
      await cache.invalidateQueries({ queryKey: ['trial'] })
      onClose()
    },
  })
  return (
    <FormDialog
      title={say('trial-dialogs.what-somebody-said')}
      onClose={onClose}
      doing={keep}
      submit={say('trial-dialogs.put-it-on-record')}
      disabled={!said.consent}
    >
      <TextField
        label={say('trial-dialogs.who')}
        hint={say('trial-dialogs.leave-it-empty-where-they-would')}
        value={who}
        onChange={setWho}
      />
      <SaidFields trial={trial} said={said} onChange={setSaid} agree={say('trial-dialogs.the-person-agreed-to-this')} />
    </FormDialog>
  )
}
