/** Applications and releases as they are served: what is kept, and what is computed from their standing. */
import type { GateCatalogue } from '../core/check.ts'
import type { Release, ReleaseId } from '../core/release.ts'
import { nextStage, STAGES, type Stage } from '../core/stage.ts'
import type { Instant } from '../kernel/time.ts'
import { gateUpTo, judgeRelease, overlayOf, summaryOf } from './release-gate.ts'
import { shareOf } from './rollouts/index.ts'
import type {
  GateSummary,
  ReleaseReference,
  ReleaseSummary,
  ServedApplication,
  ServedRelease,
  ServedStage,
} from './served.ts'
import { highestStage, type Standing } from './standing.ts'

type View = { readonly standing: Standing; readonly catalogue: GateCatalogue; readonly now: Instant }

export function servedRelease(release: Release, view: View): ServedRelease {
  const { standing } = view
  const stage = highestStage(standing, release.id)
  return {
    ...release,
    stage,
    live: STAGES.flatMap((one) => {
      const share = shareOfStage(standing, one, release.id)
      return share > 0 ? [{ stage: one, share }] : []
    }),
    scorecard: summaryInto(nextStage(stage), release, view),
  }
}

export function releaseSummary(release: Release, view: View): ReleaseSummary {
  const { manifest: _, ...rest } = servedRelease(release, view)
  return rest
}

/** @param live the releases in force, in full, because their gates are judged */
export function servedApplication(
  live: readonly Release[],
  view: View,
  { documents: isFull = false } = {},
): ServedApplication {
  const { standing } = view
  const { rollouts: _, frozenBlueprint, documents, ...application } = standing.application
  const [newest] = standing.releases
  return {
    ...application,
    documents: Object.fromEntries(
      Object.entries(documents).map(([name, { digest, value }]) => [name, isFull ? { digest, value } : { digest }]),
    ),
    stages: STAGES.map((stage) => servedStage(stage, live, view)),
    newest: newest ?? null,
    frozen: frozenBlueprint === application.blueprint,
  }
}

function servedStage(stage: Stage, releases: readonly Release[], view: View): ServedStage {
  const { standing } = view
  const live = standing.live.find((one) => one.stage === stage)
  const release = live && releases.find(({ id }) => id === live.release)
  const rollout = standing.rollouts.find((one) => one.stage === stage)
  return {
    stage,
    release: live ? reference(standing, live.release) : null,
    since: live?.since ?? null,
    rollout: rollout
      ? {
          id: rollout.id,
          candidate: reference(standing, rollout.candidate),
          share: shareOf(rollout),
          state: rollout.state,
          why: rollout.latest?.why.join(' ') ?? 'Nothing was decided yet.',
        }
      : null,
    next: release ? summaryInto(nextStage(stage), release, view) : null,
  }
}

function shareOfStage({ live, rollouts }: Standing, stage: Stage, release: ReleaseId): number {
  const rollout = rollouts.find((one) => one.stage === stage)
  const candidateShare = rollout ? shareOf(rollout) : 0
  if (rollout?.candidate === release) return candidateShare
  return live.some((one) => one.stage === stage && one.release === release) ? 1 - candidateShare : 0
}

function summaryInto(
  into: Stage | undefined,
  release: Release,
  { standing, catalogue, now }: View,
): GateSummary | null {
  const gate = into && gateUpTo(catalogue, into, overlayOf(standing.application.documents))
  return gate ? summaryOf(judgeRelease({ gate, catalogue, release, records: standing, now })) : null
}

function reference({ releases }: Standing, id: ReleaseId): ReleaseReference {
  const found = releases.find((one) => one.id === id)
  if (!found) throw new Error(`The release ${id} is live and is not there.`)
  return found
}
