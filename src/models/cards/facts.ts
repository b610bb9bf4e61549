/** What can be known of a model, field by field, in the words of the API. A field that is absent is unknown. */
import { z } from 'zod'
import { Digest } from '../../kernel/digest.ts'
import { Price } from '../../kernel/money.ts'

const text = z.string().trim().min(1).max(4000)
const word = z.string().trim().min(1).max(200)
const words = z.array(word).min(1).max(200)
const tokens = z.number().int().positive().max(1_000_000_000)

export const Modality = z.enum(['text', 'image', 'audio', 'video', 'file', 'embedding'])

/** One public figure; whoever trained the model may have seen the test. */
export const Benchmark = z.object({ task: word, dataset: word, metric: word, value: z.number() })
export type Benchmark = z.infer<typeof Benchmark>

export const ModelFacts = z
  .strictObject({
    description: text,
    /** `organisation/name` where it was published; two models with the same one are the same model. */
    identity: z
      .string()
      .regex(/^[\w.-]{1,100}\/[\w.-]{1,200}$/, 'an identity is organisation/name, as on Hugging Face'),
    /** SPDX id, or `LicenseRef-…` for one that SPDX does not list; `LicenseRef-proprietary` for a provider's terms. */
    licence: z.string().regex(/^[A-Za-z0-9.+-]{1,100}$/, 'a licence is an SPDX id such as Apache-2.0, or LicenseRef-…'),
    licenceLink: z.url().max(2000),
    /** Where its card is to be read. */
    card: z.url().max(2000),
    modalitiesIn: z.array(Modality).min(1),
    modalitiesOut: z.array(Modality).min(1),
    contextTokens: tokens,
    outputTokens: tokens,
    tools: z.boolean(),
    structuredOutput: z.boolean(),
    languages: words,
    /** Datasets that it was trained on, or a sentence about them. */
    trainingData: words,
    /** What it was made from; `none` for a model trained from nothing. */
    baseModel: words,
    tunable: z.boolean(),
    /** How, for example `full`, `LoRA`, `by the provider`. */
    tuning: words,
    /** Numbers that it was trained to, in all. */
    parameters: z.number().int().positive().max(Number.MAX_SAFE_INTEGER),
    /** For example `llama`, `qwen2`. */
    architecture: word,
    /** How its numbers are kept, for example `BF16`, `Q4_K_M`. */
    quantisation: word,
    /** Over the files that it is served from. */
    weightsDigest: Digest,
    /** Where requests are processed, for example `eu`, `us-east-1`. */
    regions: words,
    /** Whether the provider may train on what is sent. */
    trainsOnInputs: z.boolean(),
    /** How long the provider keeps what is sent; 0 for not at all. */
    retentionDays: z.number().int().min(0).max(36_500),
    releasedOn: z.iso.date(),
    /** When the provider switches it off; `none` when none is announced. */
    deprecatedOn: z.union([z.iso.date(), z.literal('none')]),
    /** Dollars per million tokens. */
    priceInput: Price,
    priceOutput: Price,
    /** True for a name that stays one model: dated, or of fixed weights. */
    snapshot: z.boolean(),
    benchmarks: z.array(Benchmark).min(1).max(500),
  })
  .partial()
export type ModelFacts = z.infer<typeof ModelFacts>

export const FactName = ModelFacts.keyof()
export type FactName = z.infer<typeof FactName>
export const FACT_NAMES = FactName.options

/** Those that a card must have to be complete. */
export const COUNTED: readonly FactName[] = [
  'licence',
  'card',
  'modalitiesIn',
  'modalitiesOut',
  'contextTokens',
  'outputTokens',
  'tools',
  'structuredOutput',
  'trainingData',
  'baseModel',
  'tunable',
  'regions',
  'trainsOnInputs',
  'retentionDays',
  'deprecatedOn',
  'priceInput',
  'priceOutput',
  'snapshot',
]

/** Those that belong to the model wherever it is served, so that the same model elsewhere may say them. */
export const INTRINSIC: ReadonlySet<FactName> = new Set([
  'description',
  'licence',
  'licenceLink',
  'card',
  'languages',
  'trainingData',
  'baseModel',
  'parameters',
  'architecture',
  'releasedOn',
  'benchmarks',
])
