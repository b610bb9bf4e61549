/** Routes of rewording: a model words the questions of a suite anew, and in other languages, for its stability. */
import { z } from 'zod'
import { Name } from '../../core/names.ts'
import { Digest } from '../../kernel/digest.ts'
import { MicroUsd } from '../../kernel/money.ts'
import { Instant } from '../../kernel/time.ts'
import { route } from '../../wire/route.ts'
import { LanguageTag, Perturbation } from '../stability/index.ts'
import { Flaw } from './check.ts'

const one = z.object({ name: Name })

export const RewordingQuote = z.object({
  /** Calls of the model, one for each question that lacks a variant. */
  calls: z.number().int(),
  /** Variants at most; what fails its check falls away. */
  variants: z.number().int(),
  /** Variants that are there already, by the same model asked in the same way about the same words. */
  there: z.number().int(),
  /** Null when the price is not known; unknown is never 0. */
  costMicroUsd: MicroUsd.nullable(),
  basis: z.string(),
})
export type RewordingQuote = z.infer<typeof RewordingQuote>

const DroppedVariant = z.object({
  /** Id of its question. */
  of: z.string(),
  /** What it should have been, such as `language:de`. */
  kind: z.string(),
  flaw: Flaw,
  /** The flaw as a sentence. */
  why: z.string(),
})

export const RewordingResult = z.object({
  /** Variants that the model gave, and how many of them were kept. */
  given: z.number().int(),
  kept: z.number().int(),
  /** How many were not, by what they failed, missing ones too. */
  dropped: z.partialRecord(Flaw, z.number().int()),
  /** The first five hundred of them. */
  droppedVariants: z.array(DroppedVariant),
  /** Calls whose answer could not be read, or that failed; the first of their reasons. */
  failed: z.number().int(),
  problem: z.string().nullable(),
  /** Calls whose question was changed or taken out while the model was asked. */
  outdated: z.number().int(),
  /** What the provider said answered. */
  snapshots: z.array(z.string()),
  /** Null when a price is not known. */
  spentMicroUsd: MicroUsd.nullable(),
  /** Why it ended before all calls were made; null when it did not. */
  stoppedEarly: z.string().nullable(),
  /** The suite over all variants; null when there is none to write. */
  suite: z.string().nullable(),
  originals: z.number().int(),
  /** By rule and by model together. */
  variants: z.number().int(),
})
export type RewordingResult = z.infer<typeof RewordingResult>

export const RewordingState = z.object({
  /** Id of its job, `job_…`. */
  id: z.string(),
  application: Name,
  suite: z.string(),
  model: z.string(),
  paraphrases: z.number().int(),
  languages: z.array(z.string()),
  /** Of the words that the model was asked with. */
  prompt: Digest,
  quote: RewordingQuote,
  state: z.string(),
  progress: z.object({ done: z.number().int(), total: z.number().int().nullable() }),
  error: z.string().nullable(),
  createdAt: Instant,
})
export type RewordingState = z.infer<typeof RewordingState>

export const startRewording = route({
  name: 'startRewording',
  method: 'POST',
  path: '/api/v1/applications/:name/rewordings',
  summary: 'Let a model word the questions of a suite anew and in other languages, beside the variants by rule',
  permission: 'build',
  mcp: true,
  example: { suite: 'questions', model: 'openai/gpt-4o-mini', languages: ['de', 'fr'], dryRun: true },
  params: one,
  body: z
    .strictObject({
      suite: z.string().min(1),
      model: z.string().regex(/^[^/]+\/.+/, 'is not of the form provider/model'),
      parameters: z.record(z.string(), z.unknown()).default({}),
      /** Of each question. */
      paraphrases: z.number().int().min(0).max(5).default(1),
      languages: z.array(LanguageTag).max(10).default([]),
      /** Rules by which questions are changed besides. */
      kinds: z.array(Perturbation).default([...Perturbation.options]),
      /** The most questions that are varied, in file order. */
      most: z.number().int().min(1).max(10_000).default(200),
      maxCostMicroUsd: MicroUsd.optional(),
      dryRun: z.boolean().default(false),
    })
    .refine(({ paraphrases, languages }) => paraphrases + languages.length > 0, {
      path: ['paraphrases'],
      error: 'is 0 and no language is named, so that there is nothing to ask for',
    })
    .refine(({ languages }) => new Set(languages).size === languages.length, {
      path: ['languages'],
      error: 'names a language twice',
    }),
  returns: {
    202: z.object({ kind: z.literal('started'), id: z.string(), quote: RewordingQuote }),
    200: z.object({ kind: z.literal('quote'), quote: RewordingQuote }),
    409: z.object({ kind: z.literal('over-budget'), quote: RewordingQuote }),
  },
})

export const listRewordings = route({
  name: 'listRewordings',
  method: 'GET',
  path: '/api/v1/applications/:name/rewordings',
  summary: 'The last hundred times that a model worded questions of an application anew, newest first',
  permission: 'view',
  mcp: true,
  params: one,
  returns: { 200: z.object({ items: z.array(RewordingState) }) },
})

export const getRewording = route({
  name: 'getRewording',
  method: 'GET',
  path: '/api/v1/applications/:name/rewordings/:id',
  summary: 'How far a rewording is, what was kept, and why the rest was not',
  permission: 'view',
  mcp: true,
  params: one.extend({ id: z.string().min(1) }),
  returns: { 200: RewordingState.extend({ result: RewordingResult.nullable() }) },
})
