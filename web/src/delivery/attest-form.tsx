/** An attestation: a page of its own for one decision, with what it binds, in sentences. */
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { Check, Duty } from '../../../sdk/index.ts'
import { client } from '../data/client.ts'
import { list } from '../data/format.ts'
import { Choice, TextArea } from '../ui/field.tsx'
import { FormDialog } from '../ui/form-dialog.tsx'

const DUTIES: readonly Duty[] = [
  'business-owner',
  'technical-lead',
  'security',
  'privacy',
  'risk',
  'executive',
  'operations',
  'data-steward',
  'training',
]

export function AttestForm({
  check,
  release,
  application,
  onClose,
}: {
  check: Check
  release: string
  application: string | undefined
  onClose: () => void
}) {
  const [duty, setDuty] = useState<Duty>(check.signs ?? 'technical-lead')
  const [reason, setReason] = useState('')
  const cache = useQueryClient()
  const attest = useMutation({
    mutationFn: () => client.attestEvidence({ body: { release, check: check.id, duty, reason } }),
    onSuccess: async () => {
      await cache.invalidateQueries({ queryKey: ['gate', release] })
      onClose()
    },
  })
  return (
    <FormDialog title={`Attest: ${check.title}`} onClose={onClose} doing={attest} submit="Attest">
      <p>
        You state with your name that for this release of {application ?? 'the application'} this holds:{' '}
        {list(check.requires.map(words))}. It is kept signed and for good, weighs less than a measurement, and goes
        stale when {check.boundTo.length > 0 ? `its ${list(check.boundTo)}` : 'what it rests on'} changes.
      </p>
      <Choice
        label="As"
        value={duty}
        onChange={(value) => setDuty(value as Duty)}
        options={DUTIES.map((one) => [one, one] as const)}
        {...(check.signs && { hint: `This check is signed by the ${check.signs}.` })}
      />
      <TextArea
        label="On what this rests"
        value={reason}
        onChange={setReason}
        minLength={10}
        hint="At least ten characters; others will read it when they ask why this passed."
      />
    </FormDialog>
  )
}

function words({ label, atLeast, atMost, above, equals }: Check['requires'][number]): string {
  if (equals !== undefined) return `${label}: ${equals === true ? 'yes' : equals === false ? 'no' : equals}`
  if (above !== undefined) return `${label}: above ${above}`
  return atLeast !== undefined ? `${label}: at least ${atLeast}` : `${label}: at most ${atMost}`
}
