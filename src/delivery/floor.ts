/**
 * The floor: the way back to an earlier release is open while its evidence holds and its state fits. Below it nobody
 * goes, whoever asks: an earlier release that nothing speaks for any more is a new risk, not a safe place.
 */
import type { Release, ReleaseId } from '../core/release.ts'
import type { Stage } from '../core/stage.ts'
import { Failure } from '../kernel/failure.ts'
import type { Tx } from '../store/database.ts'
import { incompatibleParts } from './compatibility.ts'
import { findRelease, listLiveStages } from './store.ts'

export type StaleOf = (tx: Tx, ask: { release: ReleaseId; application: string; stage: Stage }) => Promise<string[]>

/** Throws `delivery.below-floor` when the candidate is older than what is live and may not be gone back to. */
export async function demandAboveFloor(
  tx: Tx,
  given: { organisation: string; candidate: Release; stage: Stage; staleOf: StaleOf },
): Promise<void> {
  const { organisation, candidate, stage, staleOf } = given
  const { application } = candidate
  const live = (await listLiveStages(tx, organisation, application)).find((one) => one.stage === stage)
  const inForce = live && (await findRelease(tx, live.release))
  if (!inForce || candidate.number >= inForce.number) return
  const why = [
    ...incompatibleParts(inForce.manifest, candidate.manifest).map(({ words }) => words),
    ...(await staleOf(tx, { release: candidate.id, application, stage })),
  ]
  if (why.length === 0) return
  throw new Failure(
    'conflict',
    'delivery.below-floor',
    `r${candidate.number} lies below the floor of ${stage}, so traffic cannot go back to it. ${why.join(' ')} Renew its evidence, or freeze a release that fits.`,
    { facts: { release: candidate.id, why } },
  )
}
