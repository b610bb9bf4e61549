/** The dialog that starts a drill of faults: what can fail, what that takes, and whom it touches. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { ServedRelease } from '../../../sdk/index.ts'
import { client } from '../data/client.ts'
import { minutes, money } from '../data/format.ts'
import { TextField } from '../ui/field.tsx'
import { FormDialog } from '../ui/form-dialog.tsx'
import { say } from '../words/say.ts'

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
      if (told.body.kind === 'over-budget') throw new Error(say('start-faults.it-may-cost-more-than-that-allow'))
    },
    onSuccess: async () => {
      await cache.invalidateQueries({ queryKey: ['job'] })
      onClose()
    },
  })
  const doing = { mutate: start.mutate, isPending: start.isPending, error: start.error ?? quote.error }
  const took = quote.data?.quote
  return (
    <FormDialog
      title={say('start-faults.try-faults')}
      submit={say('start-faults.try-them')}
      onClose={onClose}
      doing={doing}
      disabled={!quote.data}
    >
      <TextField
        label={say('start-faults.question')}
        hint={say('start-faults.the-first-example-of-a-suite-that')}
        value={question}
        onChange={setQuestion}
      />
      <TextField
        label={say('start-faults.at-most-usd')}
        hint={say('start-faults.no-limit-when-left-empty')}
        value={most}
        onChange={setMost}
      />
      {took && (
        <p className="text-muted">
          {say('start-faults.in-about-provider-guardrails-and-index-fail', {
            requests: say('many.request', { n: took.calls }),
            seconds: minutes(took.seconds / 60),
            costMicroUsd:
              took.costMicroUsd === null
                ? say('start-faults.for-a-price-that-is-not-known')
                : say('start-faults.for-at-most', { costMicroUsd: money(took.costMicroUsd) }),
          })}
        </p>
      )}
    </FormDialog>
  )
}
