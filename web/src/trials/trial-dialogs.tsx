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
      <Dialog title="Send these on" onClose={onClose}>
        <p className="text-muted">They are shown once. Whoever has a link may answer it.</p>
        <ul className="my-4 flex flex-col gap-3">
          {make.data.links.map((link) => (
            <li key={link.id}>
              <p className="font-medium">
                {link.label}, {link.mostUses === 1 ? 'once' : `${link.mostUses} times`}
              </p>
              <LongText text={link.url} what="link" />
            </li>
          ))}
        </ul>
        <Button tone="primary" onClick={onClose}>
          I have them
        </Button>
      </Dialog>
    )
  return (
    <FormDialog title="Ask people" onClose={onClose} doing={make} submit="Make links">
      <TextArea
        label="People"
        hint="One name or address a line. Each gets a link that is good once, so that you see how many answer."
        rows={5}
        value={people}
        onChange={setPeople}
      />
      <TextField
        label="Or one link for many"
        hint="Say where it hangs, for example a page or a poster. Nobody knows how many see it."
        value={label}
        onChange={setLabel}
      />
      {label.trim() && (
        <TextField
          label="How often it may be used"
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
      title="What somebody said"
      onClose={onClose}
      doing={keep}
      submit="Put it on record"
      disabled={!said.consent}
    >
      <TextField label="Who" hint="Leave it empty where they would rather not." value={who} onChange={setWho} />
      <SaidFields trial={trial} said={said} onChange={setSaid} agree="The person agreed to this:" />
    </FormDialog>
  )
}
