/** Signs or refuses, with a reason: a decision that stays. */
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { DecisionSheet } from '../../../sdk/index.ts'
import { client } from '../data/client.ts'
import { Button } from '../ui/button.tsx'
import { TextArea } from '../ui/field.tsx'
import { Trouble } from '../ui/states.tsx'

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
        You sign with your name that r{releaseNumber} of {approval.application} may enter {approval.into}, under the
        duties that you hold. It stays on the record, whatever becomes of it.
      </p>
      <TextArea
        label="On what this rests"
        value={reason}
        onChange={setReason}
        minLength={10}
        hint="At least ten characters; it stands on this page and in the dossier."
      />
      {sign.error && <Trouble failure={sign.error} />}
      <div className="flex gap-2">
        <Button
          tone="primary"
          busy={sign.isPending}
          disabled={reason.trim().length < 10}
          onClick={() => sign.mutate('approve')}
        >
          Approve
        </Button>
        <Button
          tone="danger"
          busy={sign.isPending}
          disabled={reason.trim().length < 10}
          onClick={() => sign.mutate('refuse')}
        >
          Refuse
        </Button>
      </div>
    </form>
  )
}
