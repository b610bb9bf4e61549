/**
 * Approvals: what several people sign before a release enters a stage. One binds the digest of the release and the
 * verdicts of its gate; when either changes, it no longer counts.
 */
import { z } from 'zod'
import { ActorId, Duty, Organisation } from '../../core/actor.ts'
import { Tier } from '../../core/applicability.ts'
import { Pillar } from '../../core/check.ts'
import { EvidenceId } from '../../core/evidence.ts'
import { Name } from '../../core/names.ts'
import { ReleaseId } from '../../core/release.ts'
import { Digest } from '../../kernel/digest.ts'
import { idOf } from '../../kernel/ids.ts'
import { Instant } from '../../kernel/time.ts'
import { GatedStage } from '../gated-stage.ts'

export const ApprovalId = idOf('apr')
export type ApprovalId = z.infer<typeof ApprovalId>

export const Approval = z.object({
  id: ApprovalId,
  organisation: Organisation,
  application: Name,
  release: ReleaseId,
  releaseDigest: Digest,
  into: GatedStage,
  /** Over the verdict of every other check of the gate: one that changes ends the approval. */
  verdicts: Digest,
  /** Of the gate decision that stood when it was asked for. */
  snapshotDigest: Digest,
  tier: Tier,
  /** Each line needs one of its duties. */
  quorum: z.array(z.array(Duty)),
  /** Whether somebody outside the team has to be among those who sign. */
  outsider: z.boolean(),
  /** One person holds every duty: after the cooling-off they may sign, and it is never independent. */
  solo: z.boolean(),
  state: z.enum(['asked', 'given', 'refused', 'withdrawn']),
  note: z.string(),
  /** Who froze the release and who asked: they do not sign. */
  authors: z.array(ActorId),
  askedBy: ActorId,
  askedAt: Instant,
  /** In solo mode nobody signs before. */
  coolsUntil: Instant.nullable(),
  /** Asked for: until when it may be signed. Given: until when it counts. */
  until: Instant,
  endedAt: Instant.nullable(),
  /** The evidence that it became. */
  evidence: EvidenceId.nullable(),
  remindedAt: Instant.nullable(),
  example: z.boolean(),
})
export type Approval = z.infer<typeof Approval>

export const SignatureId = idOf('sgn')

/** One person's word, under the duties that they hold. */
export const Signature = z.object({
  id: SignatureId,
  organisation: Organisation,
  approval: ApprovalId,
  by: ActorId,
  /** As written when it was signed. */
  name: z.string(),
  duties: z.array(Duty),
  /** Who delegated the duties; null when they are the person's own. */
  onBehalfOf: z.string().nullable(),
  decision: z.enum(['approve', 'refuse']),
  reason: z.string(),
  /** False when the person is an author of what they sign, which only solo mode allows. */
  independent: z.boolean(),
  /** Neither an author nor one of the application's builders. */
  outside: z.boolean(),
  at: Instant,
})
export type Signature = z.infer<typeof Signature>

export const ViewId = idOf('dis')

/** The strongest reason against, by pillar, asked for before production. */
export const DisconfirmingView = z.object({
  id: ViewId,
  organisation: Organisation,
  approval: ApprovalId,
  pillar: Pillar,
  view: z.string(),
  by: ActorId,
  name: z.string(),
  at: Instant,
})
export type DisconfirmingView = z.infer<typeof DisconfirmingView>

export const DelegationId = idOf('del')
export type DelegationId = z.infer<typeof DelegationId>

/** A holder lends a duty of one application to another person, until a day. */
export const Delegation = z.object({
  id: DelegationId,
  organisation: Organisation,
  application: Name,
  duty: Duty,
  from: ActorId,
  to: ActorId,
  reason: z.string(),
  at: Instant,
  until: Instant,
  endedAt: Instant.nullable(),
})
export type Delegation = z.infer<typeof Delegation>
