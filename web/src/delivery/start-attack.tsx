/** The dialog that starts an attack run: how many attempts, and what they take. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { ServedRelease } from '../../../sdk/index.ts'
import { client } from '../data/client.ts'
import { many, minutes, money } from '../data/format.ts'
import { Choice } from '../ui/field.tsx'
import { FormDialog } from '../ui/form-dialog.tsx'

const ATTEMPTS = [
  ['320', '320 of each kind, as gates ask'],
  ['40', '40 of each kind, for a first look'],
  ['640', '640 of each kind, for a closer bound'],
] as const

export function StartAttack({ release, onClose }: { release: ServedRelease; onClose: () => void }) {
  const [attempts, setAttempts] = useState<string>(ATTEMPTS[0][0])
  const cache = useQueryClient()
  const params = { id: release.id }
  const body = { attempts: Number(attempts) }
  const quote = useQuery({
    queryKey: ['quote', 'attack', release.id, body],
    queryFn: async () => (await client.startAttackRun({ params, body: { ...body, dryRun: true } })).body,
    retry: false,
  })
  const start = useMutation({
    mutationFn: () => client.startAttackRun({ params, body }),
    onSuccess: async () => {
      await cache.invalidateQueries({ queryKey: ['job'] })
      onClose()
    },
  })
  const doing = { mutate: start.mutate, isPending: start.isPending, error: start.error ?? quote.error }
  const took = quote.data?.quote
  return (
    <FormDialog title="Attack the release" submit="Attack it" onClose={onClose} doing={doing} disabled={!quote.data}>
      <Choice label="Attempts" value={attempts} onChange={setAttempts} options={ATTEMPTS} />
      {took && (
        <p className="text-muted">
          {many(took.calls, 'real request')} in about {minutes(took.minutes)},{' '}
          {took.costMicroUsd === null ? 'for a price that is not known' : `for about ${money(took.costMicroUsd)}`}. The
          orders harm nobody, tools that change something are not called, and nobody is counted as a user.
        </p>
      )}
    </FormDialog>
  )
}
