/** Rows that are kept and not shown as they are. */
import { z } from 'zod'
import { Organisation } from '../core/actor.ts'
import { Application, ApplicationId } from '../core/application.ts'
import { StageAccess } from '../core/live-table.ts'
import { Name } from '../core/names.ts'
import { ReleaseId } from '../core/release.ts'
import { RolloutPlan } from '../core/rollout.ts'
import { Stage } from '../core/stage.ts'
import { Digest } from '../kernel/digest.ts'
import { Instant } from '../kernel/time.ts'

/** An application with what its blueprint says about delivery. */
export const StoredApplication = Application.extend({
  /** Plans of rollouts by stage, from `airworthy.yaml`. */
  rollouts: z.partialRecord(Stage, RolloutPlan),
  /** The blueprint as it was frozen last; null before the first time. */
  frozenBlueprint: Digest.nullable(),
})
export type StoredApplication = z.infer<typeof StoredApplication>

export const BlueprintFileRow = z.object({
  organisation: Organisation,
  application: ApplicationId,
  path: z.string(),
  digest: Digest,
})
export type BlueprintFileRow = z.infer<typeof BlueprintFileRow>

export const LiveStageRow = z.object({
  organisation: Organisation,
  application: Name,
  stage: Stage,
  release: ReleaseId,
  since: Instant,
})
export type LiveStageRow = z.infer<typeof LiveStageRow>

/** Who may use which stage, as the blueprint says. */
export const StagesAccess = z.partialRecord(Stage, StageAccess)
export type StagesAccess = z.infer<typeof StagesAccess>

export const LiveVersionRow = z.object({ organisation: Organisation, version: z.number().int() })
