/** Applications and releases as they are served: what is kept, and what is computed from their position. */
import type { Release, ReleaseId } from '../core/release.ts'
import { nextStage, STAGES, type Stage } from '../core/stage.ts'
import { shareOf } from './rollouts/index.ts'
import type {
  GateSummary,
  ReleaseReference,
  ReleaseSummary,
  ServedApplication,
  ServedRelease,
  ServedStage,
} from './served.ts'
import { highestStage, type Position } from './standing.ts'

/** @property summaryInto how a release stands at the gate into a stage; null when there is no such gate */
export type View = {
  readonly position: Position
  readonly summaryInto: (into: Stage | undefined, release: ReleaseId) => GateSummary | null
}

export function servedRelease(release: Release, view: View): ServedRelease {
  const { position } = view
  const stage = highestStage(position, release.id)
  return {
    ...release,
    stage,
    live: STAGES.flatMap((one) => {
      const share = shareOfStage(position, one, release.id)
      return share > 0 ? [{ stage: one, share }] : []
    }),
    scorecard: view.summaryInto(nextStage(stage), release.id),
  }
}

export function releaseSummary(release: Release, view: View): ReleaseSummary {
  const { manifest: _, ...rest } = servedRelease(release, view)
  return rest
}

export function servedApplication(view: View, { documents: isFull = false } = {}): ServedApplication {
  const { position } = view
  const { rollouts: _, frozenBlueprint, documents, ...application } = position.application
  const [newest] = position.releases
  return {
    ...application,
    documents: Object.fromEntries(
      Object.entries(documents).map(([name, { digest, value }]) => [name, isFull ? { digest, value } : { digest }]),
    ),
    stages: STAGES.map((stage) => servedStage(stage, view)),
    newest: newest ?? null,
    frozen: frozenBlueprint === application.blueprint,
  }
}

function servedStage(stage: Stage, { position, summaryInto }: View): ServedStage {
  const live = position.live.find((one) => one.stage === stage)
  const rollout = position.rollouts.find((one) => one.stage === stage)
  return {
    stage,
    release: live ? reference(position, live.release) : null,
    since: live?.since ?? null,
    rollout: rollout
      ? {
          id: rollout.id,
          candidate: reference(position, rollout.candidate),
          share: shareOf(rollout),
          state: rollout.state,
          why: rollout.latest?.why.join(' ') ?? 'Nothing was decided yet.',
        }
      : null,
    next: live ? summaryInto(nextStage(stage), live.release) : null,
  }
}

function shareOfStage({ live, rollouts }: Position, stage: Stage, release: ReleaseId): number {
  const rollout = rollouts.find((one) => one.stage === stage)
  const candidateShare = rollout ? shareOf(rollout) : 0
  if (rollout?.candidate === release) return candidateShare
  return live.some((one) => one.stage === stage && one.release === release) ? 1 - candidateShare : 0
}

function reference({ releases }: Position, id: ReleaseId): ReleaseReference {
  const found = releases.find((one) => one.id === id)
  if (!found) throw new Error(`The release ${id} is live and is not there.`)
  return found
}
