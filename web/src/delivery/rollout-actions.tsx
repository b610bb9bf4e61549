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
import { say } from '../words/say.ts'
import { sayWith } from '../words/say-with.tsx'

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
          {say('rollout-actions.take-the-next-step')}
        </Button>
      )}
      {move.error && <span className="text-fail">{move.error.message}</span>}
      <Button busy={move.isPending} onClick={() => move.mutate(isStopped ? 'resume' : 'pause')}>
        {isStopped ? say('rollout-actions.resume') : say('rollout-actions.pause')}
      </Button>
      <Button tone="danger" onClick={() => setWish('abort')}>
        {say('rollout-actions.abort-and-roll-back')}
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
    <FormDialog
      title={say('rollout-actions.abort-and-roll-back')}
      onClose={onClose}
      doing={abort}
      submit={say('rollout-actions.abort-and-roll-back')}
      tone="danger"
    >
      <p>
        {sayWith('rollout-actions.r-answers-of-the-requests-to-in', {
          candidateNumber: rollout.candidateNumber,
          share: percent(rollout.share, 0),
          application: rollout.application,
          stage: rollout.stage,
          controlNumber: rollout.controlNumber,
        })}
      </p>
      <TextField
        label={say('rollout-actions.why')}
        value={reason}
        onChange={setReason}
        required
        hint={say('rollout-actions.a-few-words-they-stay-in-the')}
      />
    </FormDialog>
  )
}
