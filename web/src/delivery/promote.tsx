/** Promotes a release: a decision with what it binds, in sentences. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { Link, useLocation } from 'wouter'
import type { GateDecision, GatedStage, ServedRelease } from '../../../sdk/index.ts'
import { client } from '../data/client.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { Trouble } from '../ui/states.tsx'
import { say } from '../words/say.ts'
import { sayWith } from '../words/say-with.tsx'
import { STAGE_WORDS, STAGES } from './stages.ts'

export function PromoteButton({
  release,
  decision,
  stage,
}: {
  release: ServedRelease
  decision: GateDecision
  stage: GatedStage
}) {
  const [asking, setAsking] = useState(false)
  if (STAGES.indexOf(release.stage) >= STAGES.indexOf(stage))
    return <span className="text-muted">{say('promote.already-promoted-into', { stage: STAGE_WORDS[stage] })}</span>
  if (decision.decision === 'held') return null
  return (
    <>
      <Button tone="primary" onClick={() => setAsking(true)}>
        {sayWith('promote.promote-into', { stage })}
      </Button>
      {asking && <PromoteDialog release={release} decision={decision} stage={stage} onClose={() => setAsking(false)} />}
    </>
  )
}

function PromoteDialog({
  release,
  decision,
  stage,
  onClose,
}: {
  release: ServedRelease
  decision: GateDecision
  stage: GatedStage
  onClose: () => void
}) {
  const [, navigate] = useLocation()
  const cache = useQueryClient()
  const waived = decision.findings.filter(({ verdict }) => verdict === 'WAIVED')
  const forecast = useQuery({
    queryKey: ['rollout', 'forecast', release.application, stage, undefined],
    queryFn: () => client.forecastRollout({ params: { name: release.application, stage }, body: {} }),
  })
  const promote = useMutation({
    mutationFn: () => client.promoteRelease({ params: { id: release.id }, body: { into: stage } }),
    onSuccess: async ({ body }) => {
      await cache.invalidateQueries()
      if (body.kind === 'promoted' && body.rollout) navigate(`/rollouts/${body.rollout.id}`)
      else if (body.kind === 'promoted') navigate(`/applications/${release.application}`)
      else onClose()
    },
  })
  return (
    <Dialog
      title={say('promote.promote-r-into', { number: release.number, stage: STAGE_WORDS[stage] })}
      onClose={onClose}
    >
      <div className="flex flex-col gap-3">
        <p>
          {say('promote.r-gets-the-right-to-be-live', {
            application: release.application,
            number: release.number,
            stage: STAGE_WORDS[stage],
          })}
        </p>
        <p className="text-muted">
          {say('promote.the-record-keeps-this-gate-as-it', { findings: decision.findings.length })}
        </p>
        {waived.length > 0 && (
          <p className="text-stale">
            {say('promote.let-through-under-a-waiver-which-is', {
              waived: waived
                .map(({ check, waived: terms }) => `${check} (until ${terms?.until.slice(0, 10)})`)
                .join(', '),
            })}
          </p>
        )}
        {forecast.data?.words[0] && (
          <p>
            {forecast.data.words[0]}{' '}
            <Link href={`/applications/${release.application}/rollout-plan/${stage}`} className="rounded underline">
              {say('promote.what-the-plan-can-find-out')}
            </Link>
          </p>
        )}
        {promote.error && <Trouble failure={promote.error} />}
        <div className="flex gap-2">
          <Button tone="primary" busy={promote.isPending} onClick={() => promote.mutate()}>
            {say('promote.promote')}
          </Button>
          <Button onClick={onClose}>{say('promote.not-now')}</Button>
        </div>
      </div>
    </Dialog>
  )
}
