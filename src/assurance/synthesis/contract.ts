/** Routes of synthetic cases: a model drafts them from documents, people let them in. */
import { z } from 'zod'
import { Name } from '../../core/names.ts'
import { ReleaseId } from '../../core/release.ts'
import { QuarantinedRow, VersionSummary } from '../../evals/index.ts'
import { Digest } from '../../kernel/digest.ts'
import { MicroUsd } from '../../kernel/money.ts'
import { Instant } from '../../kernel/time.ts'
import { route } from '../../wire/route.ts'

const one = z.object({ dataset: Name })
const Line = z.string().trim().min(1).max(200)

/**
 * fact: one passage answers it · multi-hop: it takes two passages · out-of-scope: it sounds as if the documents
 * answered it, and they do not.
 */
export const SyntheticKind = z.enum(['fact', 'multi-hop', 'out-of-scope'])
export type SyntheticKind = z.infer<typeof SyntheticKind>

const byKind = <Value extends z.ZodType>(value: Value) =>
  z.object({ fact: value, 'multi-hop': value, 'out-of-scope': value })

export const GenerationQuote = z.object({
  /** Calls of the model, one for each passage or pair of passages. */
  calls: z.number().int(),
  /** Cases at most; what has no ground in its passage or was there before falls away. */
  cases: z.number().int(),
  /** Null when the price is not known; unknown is never 0. */
  costMicroUsd: MicroUsd.nullable(),
  basis: z.string(),
})
export type GenerationQuote = z.infer<typeof GenerationQuote>

export const GenerationResult = z.object({
  /** Drafts that the model gave, and what became of them. */
  drafted: z.number().int(),
  held: z.number().int(),
  /** Nearly the same as a case that is there, waits, or was drafted before. */
  duplicates: z.number().int(),
  /** Its quotation does not stand in its passage. */
  ungrounded: z.number().int(),
  /** Calls whose answer could not be read, or that failed; the first of their reasons. */
  failed: z.number().int(),
  problem: z.string().nullable(),
  /** What the provider said answered. */
  snapshots: z.array(z.string()),
  /** Null when a price is not known. */
  spentMicroUsd: MicroUsd.nullable(),
  /** Why it ended before all calls were made; null when it did not. */
  stoppedEarly: z.string().nullable(),
})
export type GenerationResult = z.infer<typeof GenerationResult>

export const Generation = z.object({
  /** Id of its job, `job_…`. */
  id: z.string(),
  dataset: Name,
  application: Name,
  /** The release whose documents were read. */
  release: ReleaseId,
  model: z.string(),
  split: z.enum(['build', 'regress', 'calibration']),
  counts: byKind(z.number().int()),
  personas: z.array(z.string()),
  inputTypes: z.array(z.string()),
  /** Of the words that the model was asked with, by kind. */
  prompts: byKind(Digest),
  quote: GenerationQuote,
  state: z.string(),
  progress: z.object({ done: z.number().int(), total: z.number().int().nullable() }),
  error: z.string().nullable(),
  result: GenerationResult.nullable(),
  createdAt: Instant,
})
export type Generation = z.infer<typeof Generation>

export const startGeneration = route({
  name: 'startGeneration',
  method: 'POST',
  path: '/api/v1/datasets/:dataset/generations',
  summary:
    'Let a model draft cases from the documents of an application; they wait in quarantine until a person looked',
  permission: 'build',
  mcp: true,
  example: { model: 'openai/gpt-4o-mini', fact: 20, multiHop: 5, outOfScope: 5, dryRun: true },
  params: one,
  body: z.strictObject({
    /** Left out: the application of the dataset. */
    application: Name.optional(),
    model: z.string().regex(/^[^/]+\/.+/, 'is not of the form provider/model'),
    parameters: z.record(z.string(), z.unknown()).default({}),
    fact: z.number().int().min(0).max(2_000).default(0),
    multiHop: z.number().int().min(0).max(2_000).default(0),
    outOfScope: z.number().int().min(0).max(2_000).default(0),
    personas: z.array(Line).max(20).default([]),
    inputTypes: z.array(Line).max(20).default([]),
    /** Never the holdout: what a model made up is no exam. */
    split: z.enum(['build', 'regress', 'calibration']).default('regress'),
    maxCostMicroUsd: MicroUsd.optional(),
    dryRun: z.boolean().default(false),
  }),
  returns: {
    202: z.object({ kind: z.literal('started'), id: z.string(), quote: GenerationQuote }),
    200: z.object({ kind: z.literal('quote'), quote: GenerationQuote }),
    409: z.object({ kind: z.literal('over-budget'), quote: GenerationQuote }),
  },
})

export const listGenerations = route({
  name: 'listGenerations',
  method: 'GET',
  path: '/api/v1/datasets/:dataset/generations',
  summary: 'The last generations of cases for a dataset, newest first',
  permission: 'view',
  mcp: true,
  params: one,
  returns: { 200: z.object({ items: z.array(Generation) }) },
})

export const getGeneration = route({
  name: 'getGeneration',
  method: 'GET',
  path: '/api/v1/datasets/:dataset/generations/:id',
  summary: 'One generation with the sample of its cases that a person looks at before the rest is let in',
  permission: 'view',
  mcp: true,
  params: one.extend({ id: z.string().min(1) }),
  returns: {
    200: Generation.extend({
      /** Drawn by chance, the same each time. */
      sample: z.array(QuarantinedRow),
      waiting: z.number().int(),
      accepted: z.number().int(),
      discarded: z.number().int(),
    }),
  },
})

export const acceptGeneration = route({
  name: 'acceptGeneration',
  method: 'POST',
  path: '/api/v1/datasets/:dataset/generations/:id/acceptance',
  summary: 'Let in all cases of a generation that wait; refused until its sample was looked at and nine in ten held',
  permission: 'attest',
  params: one.extend({ id: z.string().min(1) }),
  body: z.strictObject({ reason: z.string().trim().min(1, 'say why').max(2000) }),
  returns: { 200: z.object({ accepted: z.number().int(), version: VersionSummary.nullable() }) },
})
