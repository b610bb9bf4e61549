/** What to do next with an application: where it stands, what holds it, and where to act. */

import type { Rollout, ServedApplication, ServedStage } from '../../../sdk/index.ts'
import { percent, sentence } from '../data/format.ts'
import { reasonWords } from '../data/metric-names.ts'
import { gateWords, holding, holdingWords, total } from './gate-bar.tsx'
import { nextStage, STAGE_WORDS } from './stages.ts'

export type NextStep = { key: string; text: string; detail: string; href: string; action: string }

/** All steps that could be taken, the most urgent first. */
export function nextSteps(
  application: ServedApplication,
  rollouts: readonly Pick<Rollout, 'id' | 'candidate' | 'stage' | 'state'>[],
): NextStep[] {
  return [
    ...application.stages.flatMap(rolloutStep),
    ...freezeStep(application),
    ...application.stages.flatMap((stage, index) => gateStep(stage, application.stages[index + 1], rollouts)),
  ]
}

function rolloutStep({ stage, rollout }: ServedStage): NextStep[] {
  if (!rollout || ['completed', 'rolled-back', 'aborted'].includes(rollout.state)) return []
  return [
    {
      key: rollout.id,
      text: `r${rollout.candidate.number} has ${percent(rollout.share, 0)} of the traffic in ${STAGE_WORDS[stage]}`,
      detail: sentence(reasonWords(rollout.why)) || `The rollout is ${rollout.state}.`,
      href: `/rollouts/${rollout.id}`,
      action: 'Watch the rollout',
    },
  ]
}

function freezeStep({ name, newest, frozen }: ServedApplication): NextStep[] {
  if (!newest)
    return [
      {
        key: 'freeze',
        text: 'Nothing is frozen yet',
        detail: 'A release is what can be measured and go live.',
        href: `/applications/${name}/blueprint`,
        action: 'Freeze the first release',
      },
    ]
  if (frozen) return []
  return [
    {
      key: 'freeze',
      text: `The blueprint has changed since r${newest.number}`,
      detail: 'Freezing makes a new release; what did not change keeps its evidence.',
      href: `/applications/${name}/blueprint`,
      action: 'See and freeze',
    },
  ]
}

function gateStep(
  stage: ServedStage,
  after: ServedStage | undefined,
  rollouts: readonly Pick<Rollout, 'id' | 'candidate' | 'stage' | 'state'>[],
): NextStep[] {
  const into = nextStage(stage.stage)
  if (!stage.release || !stage.next || !into) return []
  const { id, number } = stage.release
  if (after?.release?.id === id || after?.rollout?.candidate.id === id) return []
  const undone = rollouts.find(
    (rollout) =>
      rollout.candidate === id && rollout.stage === into && ['rolled-back', 'aborted'].includes(rollout.state),
  )
  if (undone)
    return [
      {
        key: undone.id,
        text: `r${number} was rolled back in ${STAGE_WORDS[into]}`,
        detail: 'See what it did, and mend it in a new release.',
        href: `/rollouts/${undone.id}`,
        action: 'See why',
      },
    ]
  const href = `/releases/${id}/gates/${into}`
  if (stage.next.decision === 'open')
    return [
      {
        key: href,
        text: `The gate into ${STAGE_WORDS[into]} is open for r${number}`,
        detail: gateWords(stage.next),
        href,
        action: 'Promote',
      },
    ]
  return [
    {
      key: href,
      text: `r${number} is held before ${STAGE_WORDS[into]}`,
      detail: `${sentence(holdingWords(stage.next.counts))} (${holding(stage.next.counts)} of ${total(stage.next.counts)} checks).`,
      href,
      action: 'See what holds it',
    },
  ]
}
