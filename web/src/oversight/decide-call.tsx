/** An overseer's word on one call of a tool: it is made now, or never. */
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { ServedHeldCall } from '../../../sdk/index.ts'
import { client } from '../data/client.ts'
import { Choice, TextArea } from '../ui/field.tsx'
import { FormDialog } from '../ui/form-dialog.tsx'
import { say } from '../words/say.ts'
import { CallArguments } from './call-arguments.tsx'

type Decision = 'make' | 'refuse'

export function DecideCall({ call, onClose }: { call: ServedHeldCall; onClose: () => void }) {
  const [decision, setDecision] = useState<Decision>('refuse')
  const [reason, setReason] = useState('')
  const cache = useQueryClient()
  const decide = useMutation({
    mutationFn: () => client.decideHeldCall({ params: { id: call.id }, body: { decision, reason } }),
    onSuccess: onClose,
    // Also where it failed: somebody else may have decided.
    onSettled: () => cache.invalidateQueries({ queryKey: ['held-answer'] }),
  })
  return (
    <FormDialog
      title={say('decide-call.a-call-of', { tool: call.tool, application: call.application })}
      onClose={onClose}
      doing={decide}
      submit={say('decide-call.put-it-on-record')}
    >
      <div className="max-h-60 overflow-auto">
        <CallArguments text={call.arguments} />
      </div>
      <Choice
        label={say('decide-call.what-becomes-of-it')}
        value={decision}
        onChange={(value) => setDecision(value as Decision)}
        options={[
          ['refuse', say('decide-call.never-make-it')],
          ['make', say('decide-call.make-it-now')],
        ]}
      />
      <TextArea
        label={say('decide-call.why')}
        value={reason}
        onChange={setReason}
        minLength={10}
        hint={say('decide-call.it-stays-on-record')}
      />
    </FormDialog>
  )
}
