/**
 * The live table: which release answers in which stage of which application, and how a rollout splits it.
 * The gateway holds it in memory and swaps it whole; choosing an arm reads nothing else.
 */
import { z } from 'zod'
import { hash64 } from '../kernel/digest.ts'
import { ReleaseId } from './release.ts'
import { type Arm, RolloutId } from './rollout.ts'
import { STAGES, Stage } from './stage.ts'

export const LiveStage = z.object({
  release: ReleaseId,
  rollout: z.object({ id: RolloutId, candidate: ReleaseId, share: z.number(), salt: z.string() }).nullable(),
})
export type LiveStage = z.infer<typeof LiveStage>

export const LiveTable = z.object({
  /** Rises with every change. */
  version: z.number().int(),
  applications: z.record(z.string(), z.object({ stages: z.partialRecord(Stage, LiveStage) })),
})
export type LiveTable = z.infer<typeof LiveTable>

export type Assignment = {
  readonly stage: Stage
  readonly release: ReleaseId
  readonly arm: Arm
  readonly rollout: { readonly id: RolloutId; readonly share: number } | null
}

/** The release that answers this subject; undefined when the application has none in the stage (or in any). */
export function assign({
  table,
  application,
  stage,
  subject,
}: {
  table: LiveTable
  application: string
  stage?: Stage | undefined
  subject: string
}): Assignment | undefined {
  const stages = table.applications[application]?.stages ?? {}
  const at = stage ?? STAGES.toReversed().find((one) => stages[one])
  const live = at && stages[at]
  if (!live) return undefined
  const { rollout } = live
  if (!rollout) return { stage: at, release: live.release, arm: 'control', rollout: null }
  const isCandidate = bucketOf(rollout.salt, subject) < Math.round(rollout.share * BUCKETS)
  return {
    stage: at,
    release: isCandidate ? rollout.candidate : live.release,
    arm: isCandidate ? 'candidate' : 'control',
    rollout: { id: rollout.id, share: rollout.share },
  }
}

export const BUCKETS = 10_000

/** SHA-256(salt ‖ subject) mod 10,000: fixed for a salt, so a growing share only adds subjects. */
export const bucketOf = (salt: string, subject: string): number => Number(hash64(salt, subject) % BigInt(BUCKETS))
