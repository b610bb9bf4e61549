/** Signs or refuses, with a reason: a decision that stays. */
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { DecisionSheet } from '../../../sdk/index.ts'
import { client } from '../data/client.ts'
import { Button } from '../ui/button.tsx'
import { TextArea } from '../ui/field.tsx'
import { Trouble } from '../ui/states.tsx'
import { say } from '../words/say.ts'
import { sayWith } from '../words/say-with.tsx'

export function SignForm({ sheet: { approval, releaseNumber } }: { sheet: DecisionSheet }) {
  const [reason, setReason] = useState('')
  const cache = useQueryClient()
  const sign = useMutation({
    mutationFn: (decision: 'approve' | 'refuse') =>
      client.signApproval({ params: { id: approval.id }, body: { decision, reason } }),
    onSuccess: () => cache.invalidateQueries(),
  })
  return (
    <form className="prose-width flex flex-col gap-3" onSubmit={(event) => event.preventDefault()}>
      <p>
        {sayWith('sign-form.you-sign-with-your-name-that-r', {
          releaseNumber,
          application: approval.application,
          into: approval.into,
        })}
      </p>
      <TextArea
        label={say('sign-form.on-what-this-rests')}
        value={reason}
        onChange={setReason}
        minLength={10}
        hint={say('sign-form.at-least-ten-characters-it-stands-on')}
      />
      {sign.error && <Trouble failure={sign.error} />}
      <div className="flex gap-2">
        <Button
          tone="primary"
          busy={sign.isPending}
          disabled={reason.trim().length < 10}
          onClick={() => sign.mutate('approve')}
        >
          {say('sign-form.approve')}
        </Button>
        <Button
          tone="danger"
          busy={sign.isPending}
          disabled={reason.trim().length < 10}
          onClick={() => sign.mutate('refuse')}
        >
          {say('sign-form.refuse')}
        </Button>
      </div>
    </form>
  )
}
