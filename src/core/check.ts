/** Checks and the catalogue that names them: data in `packs/gates/`, never code. */
import { z } from 'zod'
import { Duty } from './actor.ts'
import { Trust } from './evidence.ts'
import { PartKind } from './manifest.ts'
import { Stage } from './stage.ts'

export const PILLARS = ['business', 'data', 'people', 'security', 'responsible', 'development', 'operations'] as const
export const Pillar = z.enum(PILLARS)
export type Pillar = z.infer<typeof Pillar>

/** What one fact of the evidence must be. Exactly one of the four comparisons is given. */
export const Requirement = z.object({
  fact: z.string(),
  /** The fact in words, for example "share of exact duplicates". */
  label: z.string(),
  atLeast: z.number().optional(),
  atMost: z.number().optional(),
  above: z.number().optional(),
  equals: z.union([z.string(), z.boolean(), z.number()]).optional(),
  /** Which end of the interval is compared; `value` is the point estimate. */
  bound: z.enum(['value', 'low', 'high']).default('value'),
  /** The verdict when it does not hold: a harness error proves nothing, so it is INCONCLUSIVE. */
  otherwise: z.enum(['FAIL', 'INCONCLUSIVE']).default('FAIL'),
})
export type Requirement = z.infer<typeof Requirement>

export const Check = z.object({
  id: z.string().regex(/^[a-z]+\.[a-z-_]+$/),
  title: z.string(),
  pillar: Pillar,
  tier: z.enum(['A', 'L', 'H']),
  /** Why a release needs this, in a sentence or two. */
  rationale: z.string(),
  /** How it is met, with the command or the file. */
  howto: z.string(),
  standards: z.array(z.string()),
  requires: z.array(Requirement).min(1),
  minimumTrust: Trust,
  /** Evidence dies at this age even if nothing changed. */
  maxAgeDays: z.number().int().positive().nullable(),
  /** Kinds of parts that its evidence depends on, for people; the evidence itself names the digests. */
  boundTo: z.array(PartKind),
  signs: Duty.nullable(),
  mode: z.enum(['auto', 'auto+person', 'person']),
  /** Rule under which the check does not apply; computed from the release and the application. */
  notApplicableWhen: z.enum(['release-is-baseline', 'no-release-before', 'no-datasets']).nullable(),
  /** Who answers it, and what it takes. */
  effort: z.object({ who: z.enum(['machine', 'builder', 'owner', 'approver', 'security']), minutes: z.number() }),
})
export type Check = z.infer<typeof Check>

export const GateCatalogue = z.object({
  name: z.string(),
  version: z.string(),
  asOf: z.iso.date(),
  note: z.string(),
  checks: z.array(Check),
  gates: z.array(z.object({ into: Stage, checks: z.array(z.string()).min(1) })),
})
export type GateCatalogue = z.infer<typeof GateCatalogue>

/** The checks that stand before one stage, with the application's overlay applied. */
export type Gate = {
  readonly into: Stage
  readonly checks: readonly Check[]
  readonly catalogue: { readonly name: string; readonly version: string }
}
