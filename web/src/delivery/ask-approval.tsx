/** Asks the holders of duties to sign, where people are all that a gate waits for. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useLocation } from 'wouter'
import type { GateDecision, GatedStage } from '../../../sdk/index.ts'
import { client } from '../data/client.ts'
import { approvals, useMay } from '../data/queries.ts'
import { Button, ButtonLink } from '../ui/button.tsx'
import { Trouble } from '../ui/states.tsx'
import { say } from '../words/say.ts'
import { holdsBack } from './gate-bar.tsx'

export function AskApproval({
  decision,
  release,
  stage,
}: {
  decision: GateDecision
  release: string
  stage: GatedStage
}) {
  const [, navigate] = useLocation()
  const may = useMay()
  const cache = useQueryClient()
  const asked = useQuery(approvals).data?.items.find(
    (one) => one.release === release && one.into === stage && one.state === 'asked',
  )
  const ask = useMutation({
    mutationFn: () => client.askApproval({ body: { release, into: stage } }),
    onSuccess: async ({ id }) => {
      await cache.invalidateQueries({ queryKey: ['approval'] })
      navigate(`/approvals/${id}`)
    },
  })
  const held = decision.findings.filter(holdsBack)
  const isForPeople = held.length > 0 && held.every(({ check }) => check.startsWith('appr.'))
  if (asked) return <ButtonLink href={`/approvals/${asked.id}`}>{say('ask-approval.open-the-approval')}</ButtonLink>
  if (!isForPeople || !may('promote')) return null
  return (
    <>
      <Button tone="primary" busy={ask.isPending} onClick={() => ask.mutate()}>
        {say('ask-approval.ask-for-the-approval')}
      </Button>
      {ask.error && <Trouble failure={ask.error} />}
    </>
  )
}
