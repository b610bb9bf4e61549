/** Checks and the catalogue that names them: data in `packs/gates/`, never code. */
import { z } from 'zod'
import { Duty } from './actor.ts'
import { ProfileRule, Tier, Trait } from './applicability.ts'
import { Schedule } from './enforcement.ts'
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
  /** Rule under which this one figure is not asked, though the check is. */
  unless: Trait.optional(),
  /** The verdict when it does not hold: a harness error proves nothing, so it is INCONCLUSIVE. */
  otherwise: z.enum(['FAIL', 'INCONCLUSIVE']).default('FAIL'),
  /** Stricter figures of higher tiers. */
  forTier: z
    .partialRecord(Tier, z.object({ atLeast: z.number().optional(), atMost: z.number().optional() }))
    .optional(),
  /**
   * Where the figure comes from. `default`: our own start, which no standard prescribes; `rule`: it follows from what is
   * asked; `charter`: the application's own target; `overlay`: the application tightened it.
   */
  basis: z.enum(['default', 'rule', 'charter', 'overlay']).default('default'),
})
export type Requirement = z.infer<typeof Requirement>

export const Check = z.object({
  id: z.string().regex(/^[a-z]+\.[a-z-_]+$/),
  title: z.string(),
  pillar: Pillar,
  tier: Tier,
  /** Traits for which it is asked below its tier, too. */
  alsoFor: z.array(Trait).default([]),
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
  notApplicableWhen: Trait.nullable(),
  /**
   * How it is confirmed after a FAIL on the same inputs: a repetition counts only when this fact is at least so many times
   * as large. Null: the newest counts, because nothing is sampled.
   */
  confirmedBy: z
    .object({ fact: z.string(), factor: z.number().gt(1) })
    .nullable()
    .default(null),
  /** Tools whose own reports answer it: `airworthy import <tool> <file>`. */
  imports: z.array(z.string()).default([]),
  /** What of it is our own invention; null when it is common practice. */
  invention: z.string().nullable().default(null),
  /** When it came into the catalogue. */
  since: z.iso.date().default('2026-03-01'),
  /** Dates on which it becomes stricter; none: it is enforced. */
  enforcement: Schedule.default([]),
  /** Who answers it, and what it takes. */
  effort: z.object({ who: z.enum(['machine', 'builder', 'owner', 'approver', 'security']), minutes: z.number() }),
})
export type Check = z.infer<typeof Check>

/** Stricter thresholds for some facts of a check, or a shorter life. */
export const Tighter = z.strictObject({
  facts: z
    .record(z.string(), z.strictObject({ atLeast: z.number().optional(), atMost: z.number().optional() }))
    .default({}),
  maxAgeDays: z.number().int().positive().optional(),
})

export const GateCatalogue = z.object({
  name: z.string(),
  version: z.string(),
  asOf: z.iso.date(),
  note: z.string(),
  checks: z.array(Check),
  gates: z.array(
    z.object({
      into: Stage,
      checks: z.array(z.string()).min(1),
      /** What this stage asks more of checks of the stages before. */
      tighten: z.record(z.string(), Tighter).default({}),
    }),
  ),
  /** Checks of what is in production already; they hold no promotion. */
  standing: z.array(z.string()).default([]),
  profileRules: z.array(ProfileRule).default([]),
  /** How long a new check only warns in an application that was in the stage before it. */
  graceDays: z.number().int().nonnegative().default(90),
})
export type GateCatalogue = z.infer<typeof GateCatalogue>

/** The checks that stand before one stage, with the application's overlay applied. */
export type Gate = {
  readonly into: Stage
  readonly checks: readonly Check[]
  readonly catalogue: { readonly name: string; readonly version: string }
  readonly graceDays: number
}
