/** What the advisor says: shapes of an answer. */
import { z } from 'zod'
import { Digest } from '../../kernel/digest.ts'
import { Confidence, Rule, RuleExperiment, Source } from './pack.ts'

/** What this installation's own experiments on a rule showed; it outranks papers. */
export const OwnEvidence = z.object({
  comparisons: z.number().int(),
  supports: z.number().int(),
  refutes: z.number().int(),
  /** Still running, undecided, or failed. */
  undecided: z.number().int(),
})
export type OwnEvidence = z.infer<typeof OwnEvidence>

export const RuleAdvice = Rule.pick({
  id: true,
  title: true,
  topic: true,
  stance: true,
  choice: true,
  recommend: true,
  reason: true,
  safeguard: true,
  checks: true,
  answer: true,
}).extend({
  /** `assumed`: a safeguard that holds until an unknown answer is known. */
  state: z.enum(['fires', 'assumed']),
  /** The answers that it read. */
  because: z.array(z.object({ question: z.string(), answer: z.string() })),
  sources: z.array(Source),
  confidence: z.object({ level: Confidence, rests: z.enum(['own experiments', 'sources']), says: z.string() }),
  own: OwnEvidence.nullable(),
  effort: z.object({
    days: z.number(),
    skill: z.string(),
    /** Builders with a training record of this skill; null when nobody asked for a team. */
    heldBy: z.array(z.string()).nullable(),
    says: z.string(),
  }),
  experiment: RuleExperiment.nullable(),
})
export type RuleAdvice = z.infer<typeof RuleAdvice>

export const Conflict = z.object({ topic: z.string(), rules: z.array(z.string()), says: z.string() })
export type Conflict = z.infer<typeof Conflict>

export const Advice = z.object({
  pack: z.object({
    name: z.string(),
    version: z.string(),
    asOf: z.string(),
    reviewBy: z.string(),
    isOld: z.boolean(),
    note: z.string(),
    digest: Digest,
  }),
  /** The answer to the whole question. */
  answer: z.enum(['stop', 'without-generative-ai', 'go-on', 'not-enough-known']),
  says: z.string(),
  rules: z.array(RuleAdvice),
  conflicts: z.array(Conflict),
  /** What is unknown, and what finds it out. */
  tests: z.array(z.object({ question: z.string(), label: z.string(), test: z.string() })),
  /** Questions that are open and would decide a rule, most rules first. */
  ask: z.array(z.object({ question: z.string(), label: z.string(), rules: z.array(z.string()) })),
  /** Suggested number of cases, from how much they vary. */
  minimumCases: z.number().int(),
  /** Into how many slices they should fall at least, so that each has enough. */
  slices: z.object({ least: z.number().int(), casesEach: z.number().int() }),
  checks: z.array(z.string()),
})
export type Advice = z.infer<typeof Advice>

export const AdviceDifference = z.object({
  added: z.array(z.string()),
  removed: z.array(z.string()),
  /** Whether the answer to the whole question changed. */
  answerChanged: z.boolean(),
  checksAdded: z.array(z.string()),
  checksRemoved: z.array(z.string()),
})
export type AdviceDifference = z.infer<typeof AdviceDifference>
