/** An overseer's word on one answer: it stands, another stands in its place, or nothing is given. */
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { ServedHeldAnswer } from '../../../sdk/index.ts'
import { client } from '../data/client.ts'
import { Choice, TextArea } from '../ui/field.tsx'
import { FormDialog } from '../ui/form-dialog.tsx'

type Decision = 'release' | 'edit' | 'refuse'

const WORDS: Readonly<Record<ServedHeldAnswer['mode'], readonly (readonly [Decision, string])[]>> = {
  hold: [
    ['release', 'Give it as it is'],
    ['edit', 'Give my own words in its place'],
    ['refuse', 'Give nothing'],
  ],
  flag: [
    ['release', 'It was right'],
    ['edit', 'It should have been another'],
    ['refuse', 'Nothing should have been given'],
  ],
}

export function DecideAnswer({ answer, onClose }: { answer: ServedHeldAnswer; onClose: () => void }) {
  const [decision, setDecision] = useState<Decision>('release')
  const [text, setText] = useState(answer.answer)
  const [reason, setReason] = useState('')
  const cache = useQueryClient()
  const decide = useMutation({
    mutationFn: () =>
      client.decideHeldAnswer({
        params: { id: answer.id },
        body: { decision, reason, ...(decision === 'edit' && { text }) },
      }),
    onSuccess: async () => {
      await cache.invalidateQueries({ queryKey: ['held-answer'] })
      onClose()
    },
  })
  return (
    <FormDialog title={`An answer of ${answer.application}`} onClose={onClose} doing={decide} submit="Put it on record">
      <Choice
        label="What becomes of it"
        value={decision}
        onChange={(value) => setDecision(value as Decision)}
        options={WORDS[answer.mode]}
      />
      {decision === 'edit' && <TextArea label="In its place" value={text} onChange={setText} minLength={1} />}
      <TextArea
        label="Why"
        value={reason}
        onChange={setReason}
        minLength={10}
        hint="It stays on record, with your name."
      />
    </FormDialog>
  )
}
