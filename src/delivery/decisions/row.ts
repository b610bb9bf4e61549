/** A decision of a gate as it was kept: what was decided, and everything that it read. */
import { z } from 'zod'
import { ActorId, Organisation } from '../../core/actor.ts'
import { Applicability } from '../../core/applicability.ts'
import { Challenge } from '../../core/challenge.ts'
import { Check } from '../../core/check.ts'
import { EvidenceId } from '../../core/evidence.ts'
import { Part } from '../../core/manifest.ts'
import { Name } from '../../core/names.ts'
import { ReleaseId } from '../../core/release.ts'
import { Stage } from '../../core/stage.ts'
import { GateDecision, Waiver } from '../../core/verdict.ts'
import { Digest } from '../../kernel/digest.ts'
import { idOf } from '../../kernel/ids.ts'
import { Instant } from '../../kernel/time.ts'

export const GateRecordId = idOf('gat')
export type GateRecordId = z.infer<typeof GateRecordId>

/** Why it was kept. */
export const Occasion = z.enum(['asked', 'run', 'held', 'promoted', 'approved'])
export type Occasion = z.infer<typeof Occasion>

/** What a decision read beside the gate itself; evidence by id, as a piece never changes. */
export const KeptSnapshot = z.object({
  parts: z.array(Part),
  evidence: z.array(EvidenceId),
  waivers: z.array(Waiver),
  challenges: z.array(Challenge),
  applicability: Applicability,
  inStageSince: Instant.nullable(),
})
export type KeptSnapshot = z.infer<typeof KeptSnapshot>

export const GateRecord = z.object({
  id: GateRecordId,
  organisation: Organisation,
  application: Name,
  release: ReleaseId,
  into: Stage,
  occasion: Occasion,
  decision: GateDecision,
  snapshot: KeptSnapshot,
  /** Of the gate with every check as it was then, overlay and all: the version that it stays pinned to. */
  gate: Digest,
  by: ActorId,
  at: Instant,
})
export type GateRecord = z.infer<typeof GateRecord>

/** A gate under its digest, kept once however many decisions were made by it. */
export const GateDefinition = z.object({
  digest: Digest,
  organisation: Organisation,
  gate: z.object({
    into: Stage,
    checks: z.array(Check),
    catalogue: z.object({ name: z.string(), version: z.string() }),
    graceDays: z.number(),
  }),
})
export type GateDefinition = z.infer<typeof GateDefinition>
