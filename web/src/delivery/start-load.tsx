/** The dialog that starts a load run: what it is held against, how far it goes, and what that takes. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { ServedRelease } from '../../../sdk/index.ts'
import { client } from '../data/client.ts'
import { many, minutes, money, number } from '../data/format.ts'
import { Choice, TextField } from '../ui/field.tsx'
import { FormDialog } from '../ui/form-dialog.tsx'

const FACTORS = [
  ['2', 'twice the peak, for the pilot'],
  ['3', 'three times, for production'],
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
    <FormDialog title="Load the release" submit="Load it" onClose={onClose} doing={doing} disabled={!quote.data}>
      <TextField
        label="Expected peak, requests a second"
        hint="In the busiest minute, of all users together; `serving` in airworthy.yaml says it for good."
        value={peak}
        onChange={setPeak}
        required
      />
      <TextField label="95 of 100 answers within, ms" value={p95} onChange={setP95} />
      {serving?.mode !== 'batch' && (
        <TextField label="95 of 100 streams begin within, ms" value={first} onChange={setFirst} />
      )}
      <Choice label="Up to" value={factor} onChange={setFactor} options={FACTORS} />
      {took && (
        <p className="text-muted">
          {many(took.calls, 'real request')} in about {minutes(took.minutes)},{' '}
          {took.costMicroUsd === null ? 'for a price that is not known' : `for about ${money(took.costMicroUsd)}`}. The
          questions are those of a suite, {number(quote.data?.plan.questions ?? 0)} of them; nobody is counted as a
          user.
        </p>
      )}
    </FormDialog>
  )
}
