/** The seven answers to one check, and the decision that follows for a gate. Missing is never green. */
import { z } from 'zod'
import { Digest } from '../kernel/digest.ts'
import { idOf } from '../kernel/ids.ts'
import { Instant } from '../kernel/time.ts'
import { AppliedRule, Tier } from './applicability.ts'
import { Pillar } from './check.ts'
import { Enforcement } from './enforcement.ts'
import { EvidenceId, Trust } from './evidence.ts'
import { Part } from './manifest.ts'
import { Stage } from './stage.ts'

export const VERDICTS = ['PASS', 'FAIL', 'MISSING', 'STALE', 'INCONCLUSIVE', 'WAIVED', 'NOT_APPLICABLE'] as const
export const Verdict = z.enum(VERDICTS)
export type Verdict = z.infer<typeof Verdict>

export const WaiverId = idOf('wai')
export type WaiverId = z.infer<typeof WaiverId>

export const Finding = z.object({
  check: z.string(),
  title: z.string(),
  pillar: Pillar,
  verdict: Verdict,
  /** Why, in sentences that a person can act on. */
  why: z.array(z.string()),
  /** What it read. */
  evidence: EvidenceId.nullable(),
  trust: Trust.nullable(),
  inputs: z.array(Part),
  /** How often it was answered for exactly these parts; more than once is worth a look. */
  runs: z.number().int(),
  /** What would make it pass, each with a figure. */
  wouldPassIf: z.array(z.string()),
  /** The verdict under a waiver, and the waiver. */
  waived: z.object({ waiver: WaiverId, instead: Verdict, until: Instant }).nullable(),
  /** By which rule it is asked or not; null when every application is asked. */
  rule: AppliedRule.nullable(),
  enforcement: Enforcement,
  effort: z.object({ who: z.string(), minutes: z.number() }),
})
export type Finding = z.infer<typeof Finding>

export const GateDecision = z.object({
  decision: z.enum(['open', 'held']),
  into: Stage,
  findings: z.array(Finding),
  tier: Tier,
  /** Pillars in which nothing was recorded; they hold the gate into production, whatever was waived. */
  neverVisited: z.array(Pillar),
  /** Over every verdict but those of approvals, which are bound to it. */
  verdictsDigest: Digest,
  catalogue: z.object({ name: z.string(), version: z.string() }),
  /** Over gate, parts, evidence and waivers as they were read: the same snapshot gives the same decision. */
  snapshotDigest: Digest,
  at: Instant,
})
export type GateDecision = z.infer<typeof GateDecision>

/** Verdicts that let a release through. */
export const opens = (verdict: Verdict): boolean =>
  verdict === 'PASS' || verdict === 'WAIVED' || verdict === 'NOT_APPLICABLE'

/** Does this finding hold the gate? A check that only warns does not, and stays what it is. */
export const holdsBack = ({ verdict, enforcement }: Pick<Finding, 'verdict' | 'enforcement'>): boolean =>
  !opens(verdict) && enforcement.mode === 'enforce'

export const Waiver = z.object({
  id: WaiverId,
  organisation: z.string(),
  application: z.string(),
  release: z.string(),
  into: Stage,
  check: z.string(),
  reason: z.string().min(10),
  residualRisk: z.string().min(3),
  /** What is done in place of the check. */
  compensatingControl: z.string(),
  /** `ended`: taken back before its time. One whose time is over stays `granted`, and counts for nothing. */
  state: z.enum(['requested', 'granted', 'refused', 'ended']),
  requestedBy: z.string(),
  requestedAt: Instant,
  decidedBy: z.string().nullable(),
  decidedAt: Instant.nullable(),
  endedBy: z.string().nullable().default(null),
  endedAt: Instant.nullable().default(null),
  /** Why it was taken back. */
  endReason: z.string().nullable().default(null),
  until: Instant,
  example: z.boolean(),
})
export type Waiver = z.infer<typeof Waiver>
