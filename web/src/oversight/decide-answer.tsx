/** An overseer's word on one answer: it stands, another stands in its place, or nothing is given. */
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { ServedHeldAnswer } from '../../../sdk/index.ts'
import { client } from '../data/client.ts'
import { Choice, TextArea } from '../ui/field.tsx'
import { FormDialog } from '../ui/form-dialog.tsx'
import { say } from '../words/say.ts'

type Decision = 'release' | 'edit' | 'refuse'

const WORDS: Readonly<Record<ServedHeldAnswer['mode'], readonly (readonly [Decision, string])[]>> = {
  hold: [
    ['release', say('decide-answer.give-it-as-it-is')],
    ['edit', say('decide-answer.give-my-own-words-in-its-place')],
    ['refuse', say('decide-answer.give-nothing')],
  ],
  flag: [
    ['release', say('decide-answer.it-was-right')],
    ['edit', say('decide-answer.it-should-have-been-another')],
    ['refuse', say('decide-answer.nothing-should-have-been-given')],
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
    <FormDialog
      title={say('decide-answer.an-answer-of', { application: answer.application })}
      onClose={onClose}
      doing={decide}
      submit={say('decide-answer.put-it-on-record')}
    >
      <Choice
        label={say('decide-answer.what-becomes-of-it')}
        value={decision}
        onChange={(value) => setDecision(value as Decision)}
        options={WORDS[answer.mode]}
      />
      {decision === 'edit' && (
        <TextArea label={say('decide-answer.in-its-place')} value={text} onChange={setText} minLength={1} />
      )}
      <TextArea
        label={say('decide-answer.why')}
        value={reason}
        onChange={setReason}
        minLength={10}
        hint={say('decide-answer.it-stays-on-record-with-your-name')}
      />
    </FormDialog>
  )
}
