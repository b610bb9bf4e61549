/** The dialog that starts an attack run: how many attempts, and what they take. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { ServedRelease } from '../../../sdk/index.ts'
import { client } from '../data/client.ts'
import { minutes, money } from '../data/format.ts'
import { Choice } from '../ui/field.tsx'
import { FormDialog } from '../ui/form-dialog.tsx'
import { say } from '../words/say.ts'

const ATTEMPTS = [
  ['320', say('start-attack.320-of-each-kind-as-gates-ask')],
  ['40', say('start-attack.40-of-each-kind-for-a-first')],
  ['640', say('start-attack.640-of-each-kind-for-a-closer')],
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
    <FormDialog
      title={say('start-attack.attack-the-release')}
      submit={say('start-attack.attack-it')}
      onClose={onClose}
      doing={doing}
      disabled={!quote.data}
    >
      <Choice label={say('start-attack.attempts')} value={attempts} onChange={setAttempts} options={ATTEMPTS} />
      {took && (
        <p className="text-muted">
          {say('start-attack.in-about-the-orders-harm-nobody-tools', {
            realRequests: say('many.real-request', { n: took.calls }),
            minutes: minutes(took.minutes),
            costMicroUsd:
              took.costMicroUsd === null
                ? say('start-attack.for-a-price-that-is-not-known')
                : say('start-attack.for-about', { costMicroUsd: money(took.costMicroUsd) }),
          })}
        </p>
      )}
    </FormDialog>
  )
}
