/** An attestation: a page of its own for one decision, with what it binds, in sentences. */
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { Check, Duty } from '../../../sdk/index.ts'
import { client } from '../data/client.ts'
import { list } from '../data/format.ts'
import { Choice, TextArea } from '../ui/field.tsx'
import { FormDialog } from '../ui/form-dialog.tsx'
import { say } from '../words/say.ts'
import { sayWith } from '../words/say-with.tsx'

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
    <FormDialog
      title={say('attest-form.attest', { title: check.title })}
      onClose={onClose}
      doing={attest}
      submit={say('attest-form.attest-2')}
    >
      <p>
        {sayWith('attest-form.you-state-with-your-name-that-for', {
          application: application ?? say('attest-form.the-application'),
          requires: list(check.requires.map(words)),
          boundTo:
            check.boundTo.length > 0
              ? say('attest-form.its', { boundTo: list(check.boundTo) })
              : say('attest-form.what-it-rests-on'),
        })}
      </p>
      <Choice
        label={say('attest-form.as')}
        value={duty}
        onChange={(value) => setDuty(value as Duty)}
        options={DUTIES.map((one) => [one, one] as const)}
        {...(check.signs && { hint: say('attest-form.this-check-is-signed-by-the', { signs: check.signs }) })}
      />
      <TextArea
        label={say('attest-form.on-what-this-rests')}
        value={reason}
        onChange={setReason}
        minLength={10}
        hint={say('attest-form.at-least-ten-characters-others-will-read')}
      />
    </FormDialog>
  )
}

function words({ label, atLeast, atMost, above, equals }: Check['requires'][number]): string {
  if (equals !== undefined) return `${label}: ${equals === true ? 'yes' : equals === false ? 'no' : equals}`
  if (above !== undefined) return `${label}: above ${above}`
  return atLeast !== undefined
    ? say('attest-form.at-least', { label, atLeast })
    : say('attest-form.at-most', { label, atMost })
}
