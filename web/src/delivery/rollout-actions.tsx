/** Pause, resume, and the one button that must never be far: abort and roll back. */
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { ServedRollout } from '../../../sdk/index.ts'
import { useParameter } from '../data/address.ts'
import { client } from '../data/client.ts'
import { percent } from '../data/format.ts'
import { useMay } from '../data/queries.ts'
import { Button } from '../ui/button.tsx'
import { TextField } from '../ui/field.tsx'
import { FormDialog } from '../ui/form-dialog.tsx'

export function RolloutActions({ rollout }: { rollout: ServedRollout }) {
  const may = useMay()
  const [wish, setWish] = useParameter('do')
  const cache = useQueryClient()
  const params = { id: rollout.id }
  const move = useMutation({
    mutationFn: (to: 'pause' | 'resume') =>
      to === 'pause' ? client.pauseRollout({ params }) : client.resumeRollout({ params }),
    onSuccess: (changed) => cache.setQueryData(['rollout', rollout.id], changed),
  })
  const advance = useMutation({
    mutationFn: () => client.advanceRollout({ params }),
    onSuccess: (changed) => cache.setQueryData(['rollout', rollout.id], changed),
  })
  if (!may('operate')) return null
  const isStopped = rollout.state === 'paused' || rollout.state === 'holding'
  return (
    <>
      {advance.error && <span className="text-fail">{advance.error.message}</span>}
      {may('promote') && (rollout.plan.advance === 'person' || rollout.plan.strategy === 'cohort') && (
        <Button tone="primary" busy={advance.isPending} onClick={() => advance.mutate()}>
          Take the next step
        </Button>
      )}
      {move.error && <span className="text-fail">{move.error.message}</span>}
      <Button busy={move.isPending} onClick={() => move.mutate(isStopped ? 'resume' : 'pause')}>
        {isStopped ? 'Resume' : 'Pause'}
      </Button>
      <Button tone="danger" onClick={() => setWish('abort')}>
        Abort and roll back
      </Button>
      {wish === 'abort' && <AbortDialog rollout={rollout} onClose={() => setWish(undefined)} />}
    </>
  )
}

function AbortDialog({ rollout, onClose }: { rollout: ServedRollout; onClose: () => void }) {
  const [reason, setReason] = useState('')
  const cache = useQueryClient()
  const abort = useMutation({
    mutationFn: () => client.abortRollout({ params: { id: rollout.id }, body: { reason } }),
    onSuccess: async (changed) => {
      cache.setQueryData(['rollout', rollout.id], changed)
      onClose()
      await cache.invalidateQueries({
        predicate: ({ queryKey }) => ['live', 'application', 'rollout'].includes(String(queryKey[0])),
      })
    },
  })
  return (
    <FormDialog title="Abort and roll back" onClose={onClose} doing={abort} submit="Abort and roll back" tone="danger">
      <p>
        r{rollout.candidateNumber} answers {percent(rollout.share, 0)} of the requests to {rollout.application} in{' '}
        {rollout.stage}. From this moment r{rollout.controlNumber} answers all of them. Requests under way are finished.
        It takes less than a second, and it cannot be undone: another try is a new rollout.
      </p>
      <TextField
        label="Why"
        value={reason}
        onChange={setReason}
        required
        hint="A few words; they stay in the record."
      />
    </FormDialog>
  )
}
