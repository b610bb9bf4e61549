/** The dialog that starts a drill of faults: what can fail, what that takes, and whom it touches. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { ServedRelease } from '../../../sdk/index.ts'
import { client } from '../data/client.ts'
import { many, minutes, money } from '../data/format.ts'
import { TextField } from '../ui/field.tsx'
import { FormDialog } from '../ui/form-dialog.tsx'

const MICRO = 1_000_000

export function StartFaults({ release, onClose }: { release: ServedRelease; onClose: () => void }) {
  const [question, setQuestion] = useState('')
  const [most, setMost] = useState('')
  const cache = useQueryClient()
  const params = { id: release.id }
  const asked = question.trim() === '' ? {} : { question: question.trim() }
  const body = { ...asked, ...(Number(most) > 0 && { maxCostMicroUsd: String(Math.round(Number(most) * MICRO)) }) }
  const quote = useQuery({
    queryKey: ['quote', 'faults', release.id, asked],
    queryFn: async () => (await client.startFaultDrill({ params, body: { ...asked, dryRun: true } })).body,
    retry: false,
  })
  const start = useMutation({
    mutationFn: async () => {
      const told = await client.startFaultDrill({ params, body })
      if (told.body.kind === 'over-budget') throw new Error('It may cost more than that. Allow more, or fewer faults.')
    },
    onSuccess: async () => {
      await cache.invalidateQueries({ queryKey: ['job'] })
      onClose()
    },
  })
  const doing = { mutate: start.mutate, isPending: start.isPending, error: start.error ?? quote.error }
  const took = quote.data?.quote
  return (
    <FormDialog title="Try faults" submit="Try them" onClose={onClose} doing={doing} disabled={!quote.data}>
      <TextField
        label="Question"
        hint="The first example of a suite that is not held out, when left empty."
        value={question}
        onChange={setQuestion}
      />
      <TextField label="At most, USD" hint="No limit when left empty." value={most} onChange={setMost} />
      {took && (
        <p className="text-muted">
          {many(took.calls, 'request')} in about {minutes(took.seconds / 60)},{' '}
          {took.costMicroUsd === null ? 'for a price that is not known' : `for at most ${money(took.costMicroUsd)}`}.
          Provider, guardrails and index fail for these requests alone; users notice nothing.
        </p>
      )}
    </FormDialog>
  )
}
