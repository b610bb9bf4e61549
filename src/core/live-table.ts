/**
 * The live table: which release answers in which stage of which application, and how a rollout splits it.
 * The gateway holds it in memory and swaps it whole; choosing an arm reads nothing else.
 */
import { z } from 'zod'
import { hash64 } from '../kernel/digest.ts'
import { isMeant } from './audience.ts'
import { LiveOversight } from './oversight.ts'
import { ReleaseId } from './release.ts'
import { type Arm, Audience, RolloutId } from './rollout.ts'
import { STAGES, Stage } from './stage.ts'

/** Who may use a stage. `otherwise`: the stable release, of a higher stage, or a refusal. */
export const StageAccess = Audience.extend({ otherwise: z.enum(['stable', 'refuse']).default('stable') })
export type StageAccess = z.infer<typeof StageAccess>

export const LiveStage = z.object({
  release: ReleaseId,
  rollout: z
    .object({
      id: RolloutId,
      candidate: ReleaseId,
      share: z.number(),
      salt: z.string(),
      /** A cohort's: whoever is not meant is answered by the release in force and counted in no arm. */
      audience: Audience.optional(),
      /** A shadow's: the share of users whose request the candidate answers too, unseen. */
      shadow: z.number().optional(),
    })
    .nullable(),
  /** Who may use the stage, and what others get; everybody when it is not said. */
  access: StageAccess.optional(),
})
export type LiveStage = z.infer<typeof LiveStage>

export const LiveTable = z.object({
  /** Rises with every change. */
  version: z.number().int(),
  applications: z.record(
    z.string(),
    z.object({
      stages: z.partialRecord(Stage, LiveStage),
      /** Which answers a person looks at; absent where none are named. */
      oversight: LiveOversight.optional(),
    }),
  ),
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
  metadata = {},
}: {
  table: LiveTable
  application: string
  stage?: Stage | undefined
  subject: string
  /** What the request says of whoever asks, for cohorts and stages that are for some. */
  metadata?: Readonly<Record<string, string>>
}): Assignment | undefined {
  const stages = table.applications[application]?.stages ?? {}
  const isOpen = (one: Stage) => {
    const access = stages[one]?.access
    return stages[one] !== undefined && (!access || isMeant(access, subject, metadata))
  }
  const at = stageFor({ stages, stage, isOpen })
  const live = at && stages[at]
  if (!live) return undefined
  const { rollout } = live
  if (!rollout || (rollout.audience && !isMeant(rollout.audience, subject, metadata)))
    return { stage: at, release: live.release, arm: 'control', rollout: null }
  if (rollout.shadow !== undefined) {
    const isSampled = bucketOf(rollout.salt, subject) < Math.round(rollout.shadow * BUCKETS)
    // Counted only when the candidate has answered too; until then it is under no share of the plan.
    const pair = isSampled ? { id: rollout.id, share: 0 } : null
    return { stage: at, release: live.release, arm: 'control', rollout: pair }
  }
  const isCandidate = bucketOf(rollout.salt, subject) < Math.round(rollout.share * BUCKETS)
  return {
    stage: at,
    release: isCandidate ? rollout.candidate : live.release,
    arm: isCandidate ? 'candidate' : 'control',
    rollout: { id: rollout.id, share: rollout.share },
  }
}

/** The stage that answers. Whoever is not meant gets a higher one that is open, or nothing where they are refused. */
function stageFor(given: {
  stages: Partial<Record<Stage, LiveStage>>
  stage: Stage | undefined
  isOpen: (stage: Stage) => boolean
}): Stage | undefined {
  const { stages, stage, isOpen } = given
  const asked = stage ?? STAGES.toReversed().find((one) => stages[one])
  if (asked === undefined || !stages[asked]) return undefined
  if (isOpen(asked)) return asked
  if (stages[asked]?.access?.otherwise === 'refuse') return undefined
  return STAGES.slice(STAGES.indexOf(asked) + 1)
    .toReversed()
    .find(isOpen)
}

export const BUCKETS = 10_000

/** SHA-256(salt ‖ subject) mod 10,000: fixed for a salt, so a growing share only adds subjects. */
export const bucketOf = (salt: string, subject: string): number => Number(hash64(salt, subject) % BigInt(BUCKETS))
