/** The dialog that starts a load run: what it is held against, how far it goes, and what that takes. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { ServedRelease } from '../../../sdk/index.ts'
import { client } from '../data/client.ts'
import { minutes, money, number } from '../data/format.ts'
import { Choice, TextField } from '../ui/field.tsx'
import { FormDialog } from '../ui/form-dialog.tsx'
import { say } from '../words/say.ts'

const FACTORS = [
  ['2', say('start-load.twice-the-peak-for-the-pilot')],
  ['3', say('start-load.three-times-for-production')],
] as const

export function StartLoad({ release, onClose }: { release: ServedRelease; onClose: () => void }) {
  const { serving } = release.manifest
  const [peak, setPeak] = useState(String(serving?.peakPerSecond ?? ''))
  const [p95, setP95] = useState(String(serving?.p95Ms ?? ''))
  const [first, setFirst] = useState(String(serving?.firstTokenMs ?? ''))
  const [factor, setFactor] = useState<string>(FACTORS[0][0])
  const cache = useQueryClient()
  const params = { id: release.id }
  const body = {
    factor: Number(factor),
    ...(Number(peak) > 0 && { peakPerSecond: Number(peak) }),
    ...(Number(p95) > 0 && { p95Ms: Number(p95) }),
    ...(Number(first) > 0 && serving?.mode !== 'batch' && { firstTokenMs: Number(first) }),
  }
  const quote = useQuery({
    queryKey: ['quote', 'load', release.id, body],
    queryFn: async () => (await client.startLoadRun({ params, body: { ...body, dryRun: true } })).body,
    enabled: Number(peak) > 0,
    retry: false,
  })
  const start = useMutation({
    mutationFn: () => client.startLoadRun({ params, body }),
    onSuccess: async () => {
      await cache.invalidateQueries({ queryKey: ['job'] })
      onClose()
    },
  })
  const doing = { mutate: start.mutate, isPending: start.isPending, error: start.error ?? quote.error }
  const took = quote.data?.quote
  return (
    <FormDialog
      title={say('start-load.load-the-release')}
      submit={say('start-load.load-it')}
      onClose={onClose}
      doing={doing}
      disabled={!quote.data}
    >
      <TextField
        label={say('start-load.expected-peak-requests-a-second')}
        hint={say('start-load.in-the-busiest-minute-of-all-users')}
        value={peak}
        onChange={setPeak}
        required
      />
      <TextField label={say('start-load.95-of-100-answers-within-ms')} value={p95} onChange={setP95} />
      {serving?.mode !== 'batch' && (
        <TextField label={say('start-load.95-of-100-streams-begin-within-ms')} value={first} onChange={setFirst} />
      )}
      <Choice label={say('start-load.up-to')} value={factor} onChange={setFactor} options={FACTORS} />
      {took && (
        <p className="text-muted">
          {say('start-load.in-about-the-questions-are-those-of', {
            realRequests: say('many.real-request', { n: took.calls }),
            minutes: minutes(took.minutes),
            costMicroUsd:
              took.costMicroUsd === null
                ? say('start-load.for-a-price-that-is-not-known')
                : say('start-load.for-about', { costMicroUsd: money(took.costMicroUsd) }),
            questions: number(quote.data?.plan.questions ?? 0),
          })}
        </p>
      )}
    </FormDialog>
  )
}
