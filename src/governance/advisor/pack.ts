/** The advisor's rules and what they rest on, as data with a date. A rule states a hypothesis and how to refute it. */
import { z } from 'zod'
import { Condition } from './condition.ts'

const Rating = z.number().int().min(1).max(5)

export const Source = z.strictObject({
  id: z.string(),
  title: z.string(),
  authors: z.string(),
  /** Empty when it has no public address that we know. */
  url: z.string(),
  year: z.number().int(),
  kind: z.enum(['law', 'standard', 'paper', 'benchmark', 'vendor', 'practice', 'computed']),
  /** 1 to 5 each (S3.45). */
  relevance: Rating,
  authority: Rating,
  recency: Rating,
  accuracy: Rating,
  /** What its figures are of. */
  note: z.string(),
  /** The day on which it was read for this pack; null when it is cited without having been opened. */
  opened: z.iso.date().nullable(),
  /** What of it was read, and where; empty where that was not written down. */
  where: z.string(),
})
export type Source = z.infer<typeof Source>

export const VariantKind = z.enum([
  'without-model',
  'with-passages',
  'more-passages',
  'whole-corpus',
  'few-shot',
  'step-by-step',
  'self-check',
  'another-model',
])
export type VariantKind = z.infer<typeof VariantKind>

export const RuleExperiment = z.strictObject({
  control: z.string(),
  candidate: z.string(),
  measure: z.string(),
  refutedWhen: z.string(),
  /** How many cases it takes to see a difference of about ten points. */
  minimumCases: z.number().int(),
  /** What can be made of a blueprint by itself; null when people have to build it. */
  variant: VariantKind.nullable(),
  /** What the comparison of candidate with control says when the rule is right. */
  supportedBy: z.array(z.enum(['better', 'worse', 'equivalent'])).min(1),
})
export type RuleExperiment = z.infer<typeof RuleExperiment>

export const Confidence = z.enum(['low', 'medium', 'high'])

export const Rule = z.strictObject({
  id: z.string().regex(/^[A-Z]\d+$/),
  title: z.string(),
  /** Rules of one topic speak of the same choice. */
  topic: z.string(),
  stance: z.enum(['adopt', 'avoid', 'require']),
  choice: z.string(),
  when: Condition,
  recommend: z.string(),
  reason: z.string(),
  sources: z.array(z.string()).min(1),
  confidence: Confidence,
  effort: z.strictObject({ days: z.number().min(0), skill: z.string() }),
  experiment: RuleExperiment.nullable(),
  /** Protects somebody: unknown answers count as the worst, and no worse answer may switch it off. */
  safeguard: z.boolean(),
  /** Checks of the catalogue that it rests on. */
  checks: z.array(z.string()),
  /** What it says to the whole question, where it decides it. */
  answer: z.enum(['stop', 'without-generative-ai']).nullable(),
  /** Choices that cannot be made beside this one. */
  excludes: z.array(z.string()),
})
export type Rule = z.infer<typeof Rule>

export const AdvisorPack = z
  .strictObject({
    name: z.string(),
    version: z.string(),
    asOf: z.iso.date(),
    /** After this day its figures are old, and the advice says so. */
    reviewBy: z.iso.date(),
    note: z.string(),
    sources: z.array(Source),
    rules: z.array(Rule),
  })
  .refine(
    ({ sources, rules }) => rules.every((rule) => rule.sources.every((id) => sources.some((one) => one.id === id))),
    'a rule names a source that is not in the pack',
  )
export type AdvisorPack = z.infer<typeof AdvisorPack>
