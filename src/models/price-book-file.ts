/** A book of prices as it stands in a file: data with its source and date. */
import { z } from 'zod'
import { Price } from '../kernel/money.ts'
import { Instant } from '../kernel/time.ts'

/** What more a rate may name. What is not named costs what the sentence beside it says. */
const furtherRates = {
  /** Tokens read from the provider's cache; at the input price when not known. */
  cacheRead: Price.nullable().optional(),
  /** Tokens into the cache for minutes; at the input price when not known. */
  cacheWrite: Price.nullable().optional(),
  /** Tokens into the cache for an hour; unknown when only `cacheWrite` is known, for it costs more. */
  cacheWriteHour: Price.optional(),
  /** Tokens of reasoning inside the output; at the output price. */
  reasoning: Price.optional(),
  /** At the input price. */
  inputAudio: Price.optional(),
  /** At the price of cached tokens. */
  cacheReadAudio: Price.optional(),
  /** At the output price. */
  outputAudio: Price.optional(),
  /** Tokens of pictures in the prompt; at the input price. */
  inputImage: Price.optional(),
  /** Tokens of pictures in the answer; at the output price. */
  outputImage: Price.optional(),
  /** Dollars per thousand pictures made; unknown when pictures were counted and this is missing. */
  perThousandPictures: Price.optional(),
  /** Dollars per thousand requests, on top. */
  perThousandRequests: Price.optional(),
  /** Dollars per thousand calls of a provider's tool, by its name; unknown for a tool that is not named. */
  perThousandCalls: z.record(z.string(), Price).optional(),
}

/** Dollars per million tokens, where nothing else is said. */
export const Rates = z.strictObject({ input: Price, output: Price, ...furtherRates })
export type Rates = z.infer<typeof Rates>

const Overrides = Rates.partial()

const clockTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'a time of day in UTC is written HH:MM')

/** For prompts longer than this: other rates for the `whole` request, or for the plain input tokens in `excess` only. */
const longContext = z
  .array(z.strictObject({ above: z.number().int().positive(), applies: z.enum(['whole', 'excess']), rates: Overrides }))
  .optional()

/** The rates of one model, and what else they depend on but the day. */
export const Rating = Rates.extend({
  longContext,
  /** By the provider's word for how it served: `batch`, `flex`, `priority`. A way that is not named has no known price. */
  tiers: z.record(z.string(), Overrides.extend({ longContext })).optional(),
  /** By time of day in UTC, `from` included; may go over midnight. */
  hours: z.array(z.strictObject({ from: clockTime, until: clockTime, rates: Overrides })).optional(),
})
export type Rating = z.infer<typeof Rating>

const PriceInForce = Rating.extend({
  /** In force from this instant; null for as far back as the source knows. */
  from: Instant.nullable(),
  /** And before this one; null while it lasts. */
  until: Instant.nullable(),
  cacheRead: Price.nullable().default(null),
  cacheWrite: Price.nullable().default(null),
})

export type NameRule =
  | { readonly equals: string }
  | { readonly starts: string }
  | { readonly ends: string }
  | { readonly contains: string }
  | { readonly digits: string }
  | { readonly any: readonly NameRule[] }
  | { readonly all: readonly NameRule[] }

/** Which names of the provider mean this model; compared in lower case. */
export const NameRule: z.ZodType<NameRule> = z.lazy(() =>
  z.union([
    z.strictObject({ equals: z.string().min(1) }),
    z.strictObject({ starts: z.string().min(1) }),
    z.strictObject({ ends: z.string().min(1) }),
    z.strictObject({ contains: z.string().min(1) }),
    /** Literal but for `#`, which stands for one digit. */
    z.strictObject({ digits: z.string().min(1) }),
    z.strictObject({ any: z.array(NameRule).min(1) }),
    z.strictObject({ all: z.array(NameRule).min(1) }),
  ]),
)

export const PriceBookFile = z.strictObject({
  name: z.string().min(1),
  asOf: z.iso.date(),
  note: z.string(),
  sources: z.record(z.string(), z.string()),
  /** Names of providers that sell the same at the same prices, for example `vertex` → `gemini`. */
  sameAs: z.record(z.string(), z.string()).optional(),
  /** Whose models a provider sells at their maker's price where it has none of its own, in this order. */
  resells: z.record(z.string(), z.array(z.string())).optional(),
  models: z.array(
    z.strictObject({
      /** `provider/model`; `provider/*` for all of a provider. */
      model: z.string(),
      /** Other names of the same model at the same provider, for example dated ones. */
      also: z.array(z.string()).default([]),
      /** Further names; asked in the order of the file when no name is equal. */
      match: NameRule.optional(),
      source: z.string(),
      prices: z.array(PriceInForce).min(1),
    }),
  ),
})
export type PriceBookFile = z.infer<typeof PriceBookFile>
export type PriceEntry = PriceBookFile['models'][number]
