/**
 * Evidence: one statement about an application, bound to the digests it depends on.
 * It is appended and never changed; whether it is stale is computed, never stored.
 */
import { z } from 'zod'
import { Digest } from '../kernel/digest.ts'
import { idOf } from '../kernel/ids.ts'
import { MicroUsd } from '../kernel/money.ts'
import { Instant } from '../kernel/time.ts'
import { ActorId, Duty, Organisation } from './actor.ts'
import { Part } from './manifest.ts'
import { Name } from './names.ts'
import { ReleaseId } from './release.ts'

export const EvidenceId = idOf('evi')
export type EvidenceId = z.infer<typeof EvidenceId>

/** measured: our own runner · imported: a tool's report · attested: a person said so. In falling order of trust. */
export const TRUST = ['measured', 'imported', 'attested'] as const
export const Trust = z.enum(TRUST)
export type Trust = z.infer<typeof Trust>

export const isTrustedAtLeast = (trust: Trust, minimum: Trust): boolean =>
  trust === minimum || TRUST.indexOf(trust) <= TRUST.indexOf(minimum)

export const Interval = z.object({
  low: z.number(),
  high: z.number(),
  /** `wilson`, `clopper-pearson`, `bca-bootstrap`, `clustered-t`, … */
  method: z.string(),
  sides: z.union([z.literal(1), z.literal(2)]),
  /** Confidence level, for example 0.95. */
  level: z.number(),
})
export type Interval = z.infer<typeof Interval>

/** One figure of a piece of evidence, with what is needed to weigh it. */
export const Fact = z.object({
  value: z.union([z.number(), z.boolean(), z.string(), z.null()]),
  n: z.number().int().optional(),
  interval: Interval.optional(),
  unit: z.string().optional(),
})
export type Fact = z.infer<typeof Fact>

export const Evidence = z.object({
  id: EvidenceId,
  organisation: Organisation,
  application: Name,
  /** The release that it was made on; null for what concerns the application as a whole. */
  release: ReleaseId.nullable(),
  /** The check that it answers, for example `eval.smoke`; or a record of a decision, `rollout.decision`. */
  check: z.string(),
  /** One sentence for people. */
  summary: z.string(),
  facts: z.record(z.string(), Fact),
  /** What it depends on: it holds for every release that has all of these. */
  inputs: z.array(Part),
  producer: z.object({ name: z.string(), version: z.string() }),
  trust: Trust,
  by: ActorId,
  duty: Duty.nullable(),
  /** Where the rows behind it are: `experiment exp_…`, `rollout rol_…`; null when the facts are all. */
  source: z.string().nullable(),
  costMicroUsd: MicroUsd,
  /** Made by example people with example data, and marked so everywhere. */
  example: z.boolean(),
  at: Instant,
})
export type Evidence = z.infer<typeof Evidence>

/** What a producer says; the evidence slice adds id, organisation and signature. */
export type EvidenceDraft = Omit<
  Evidence,
  'id' | 'organisation' | 'at' | 'costMicroUsd' | 'example' | 'duty' | 'source'
> &
  Partial<Pick<Evidence, 'costMicroUsd' | 'example' | 'duty' | 'source'>>

/** An envelope as DSSE defines it; the payload is an in-toto Statement, base64. */
export const Envelope = z.object({
  payloadType: z.string(),
  payload: z.string(),
  signatures: z.array(z.object({ keyid: z.string(), sig: z.string() })),
})
export type Envelope = z.infer<typeof Envelope>

/** A piece of evidence with its signed statement. */
export const SignedEvidence = Evidence.extend({ statement: Digest, envelope: Envelope })
export type SignedEvidence = z.infer<typeof SignedEvidence>
