/** What to do next with an application: where it stands, what holds it, and where to act. */

import type { Rollout, ServedApplication, ServedStage } from '../../../sdk/index.ts'
import { percent, sentence } from '../data/format.ts'
import { reasonWords } from '../data/metric-names.ts'
import { say } from '../words/say.ts'
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
      text: say('next-step.r-has-of-the-traffic-in', {
        number: rollout.candidate.number,
        share: percent(rollout.share, 0),
        stage: STAGE_WORDS[stage],
      }),
      detail: sentence(reasonWords(rollout.why)) || say('next-step.the-rollout-is', { state: rollout.state }),
      href: `/rollouts/${rollout.id}`,
      action: say('next-step.watch-the-rollout'),
    },
  ]
}

function freezeStep({ name, newest, frozen }: ServedApplication): NextStep[] {
  if (!newest)
    return [
      {
        key: 'freeze',
        text: say('next-step.nothing-is-frozen-yet'),
        detail: say('next-step.a-release-is-what-can-be-measured'),
        href: `/applications/${name}/blueprint`,
        action: say('next-step.freeze-the-first-release'),
      },
    ]
  if (frozen) return []
  return [
    {
      key: 'freeze',
      text: say('next-step.the-blueprint-has-changed-since-r', { number: newest.number }),
      detail: say('next-step.freezing-makes-a-new-release-what-did'),
      href: `/applications/${name}/blueprint`,
      action: say('next-step.see-and-freeze'),
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
        text: say('next-step.r-was-rolled-back-in', { number, into: STAGE_WORDS[into] }),
        detail: say('next-step.see-what-it-did-and-mend-it'),
        href: `/rollouts/${undone.id}`,
        action: say('next-step.see-why'),
      },
    ]
  const href = `/releases/${id}/gates/${into}`
  if (stage.next.decision === 'open')
    return [
      {
        key: href,
        text: say('next-step.the-gate-into-is-open-for-r', { into: STAGE_WORDS[into], number }),
        detail: gateWords(stage.next),
        href,
        action: say('next-step.promote'),
      },
    ]
  return [
    {
      key: href,
      text: say('next-step.r-is-held-before', { number, into: STAGE_WORDS[into] }),
      detail: `${sentence(holdingWords(stage.next.counts))} (${holding(stage.next.counts)} of ${total(stage.next.counts)} checks).`,
      href,
      action: say('next-step.see-what-holds-it'),
    },
  ]
}
