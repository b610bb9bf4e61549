/**
 * Reads the price list of pydantic/genai-prices (MIT) into a book of ours. A list of many hands, so what cannot be read
 * is refused by name and nothing is guessed; rates with more than six places are float noise and rounded.
 */
import { z } from 'zod'
import { Failure } from '../kernel/failure.ts'
import { microUsd, Price, picoOf } from '../kernel/money.ts'
import { Instant } from '../kernel/time.ts'
import { type NameRule, PriceBookFile, type PriceEntry, type Rates } from './price-book-file.ts'

type Match = {
  readonly [kind in 'equals' | 'starts_with' | 'ends_with' | 'contains' | 'regex']?: string | undefined
} & {
  readonly or?: readonly Match[] | undefined
  readonly and?: readonly Match[] | undefined
}
const Match: z.ZodType<Match> = z.lazy(() =>
  z.strictObject({
    equals: z.string().optional(),
    starts_with: z.string().optional(),
    ends_with: z.string().optional(),
    contains: z.string().optional(),
    regex: z.string().optional(),
    or: z.array(Match).optional(),
    and: z.array(Match).optional(),
  }),
)
const Tiered = z.strictObject({
  base: z.number(),
  tiers: z.array(z.strictObject({ start: z.number().int(), price: z.number() })),
})
const Amount = z.union([z.number(), Tiered])
type Amount = z.infer<typeof Amount>
const ListedRates = z.strictObject({
  input_mtok: Amount.optional(),
  output_mtok: Amount.optional(),
  cache_read_mtok: Amount.optional(),
  cache_write_mtok: Amount.optional(),
  input_audio_mtok: Amount.optional(),
  cache_audio_read_mtok: Amount.optional(),
  output_audio_mtok: Amount.optional(),
  requests_kcount: z.number().optional(),
})
const Listed = z.object({
  id: z.string(),
  models: z.array(
    z.object({
      id: z.string(),
      match: Match,
      prices: z.union([
        ListedRates,
        z.array(
          z.object({
            constraint: z
              .strictObject({
                start_date: z.iso.date().optional(),
                start_time: z.string().optional(),
                end_time: z.string().optional(),
              })
              .optional(),
            prices: ListedRates,
          }),
        ),
      ]),
    }),
  ),
  fallback_model_providers: z.array(z.string()).optional(),
})
type ListedRates = z.infer<typeof ListedRates>

/** What we call a provider that the list names otherwise. */
const OUR_NAMES: Readonly<Record<string, string>> = { aws: 'bedrock', google: 'gemini', 'x-ai': 'xai' }
const nameOf = (provider: string): string => OUR_NAMES[provider] ?? provider

/**
 * @param list the parsed list
 * @param providers those to take, under the list's names; all when left out
 * Throws `models.price-list-unreadable`.
 */
export function importPriceList(
  list: unknown,
  about: { name: string; asOf: string; note: string; source: string; providers?: readonly string[] | undefined },
): PriceBookFile {
  const parsed = z.array(Listed).safeParse(list)
  if (!parsed.success) throw unreadable(z.prettifyError(parsed.error))
  const taken = parsed.data.filter(({ id }) => !about.providers || about.providers.includes(id))
  const resells = taken.flatMap(({ id, fallback_model_providers: makers }) =>
    makers ? [[nameOf(id), makers.map(nameOf)] as const] : [],
  )
  return PriceBookFile.parse({
    name: about.name,
    asOf: about.asOf,
    note: about.note,
    sources: { list: about.source },
    resells: Object.fromEntries(resells),
    models: taken.flatMap(({ id: provider, models }) =>
      models.map(({ id, match, prices }) => ({
        model: `${nameOf(provider)}/${id}`,
        match: ruleOf(match),
        source: 'list',
        prices: inForceOf(Array.isArray(prices) ? prices : [{ prices }]),
      })),
    ),
  })
}

type Dated = {
  readonly constraint?:
    | { start_date?: string | undefined; start_time?: string | undefined; end_time?: string | undefined }
    | undefined
  readonly prices: ListedRates
}

/** One period a date, each with the hours that the list names for all of them. */
function inForceOf(listed: readonly Dated[]): PriceEntry['prices'] {
  const hours = listed.flatMap(({ constraint, prices }) =>
    constraint?.start_time && constraint.end_time
      ? [
          {
            from: constraint.start_time.slice(0, 5),
            until: constraint.end_time.slice(0, 5),
            rates: ratingOf(prices).rates,
          },
        ]
      : [],
  )
  const dated = listed
    .filter(({ constraint }) => !constraint?.start_time)
    .map(({ constraint, prices }) => ({
      from: constraint?.start_date ? midnight(constraint.start_date) : null,
      prices,
    }))
    .toSorted((a, b) => (a.from ?? '').localeCompare(b.from ?? ''))
  return dated.map(({ from, prices }, i) => {
    const { rates, longContext } = ratingOf(prices)
    const { cacheRead = null, cacheWrite = null } = rates
    return {
      from,
      until: dated[i + 1]?.from ?? null,
      ...rates,
      cacheRead,
      cacheWrite,
      ...(longContext.length > 0 && { longContext }),
      ...(hours.length > 0 && { hours }),
    }
  })
}

const midnight = (date: string): Instant => Instant.parse(`${date}T00:00:00.000Z`)

const FIELDS = {
  input_mtok: 'input',
  output_mtok: 'output',
  cache_read_mtok: 'cacheRead',
  cache_write_mtok: 'cacheWrite',
  input_audio_mtok: 'inputAudio',
  cache_audio_read_mtok: 'cacheReadAudio',
  output_audio_mtok: 'outputAudio',
} as const

/** The list's tiers hold for the whole request, by its input tokens. What a model does not do costs nothing there. */
function ratingOf({ requests_kcount: requests, ...listed }: ListedRates) {
  const rates: Rates = { input: '0', output: '0', ...(requests && { perThousandRequests: priceOf(requests) }) }
  const steps = new Map<number, Partial<Rates>>()
  for (const [theirs, ours] of Object.entries(FIELDS) as [
    keyof typeof FIELDS,
    (typeof FIELDS)[keyof typeof FIELDS],
  ][]) {
    const amount: Amount | undefined = listed[theirs]
    if (amount === undefined) continue
    rates[ours] = priceOf(typeof amount === 'number' ? amount : amount.base)
    for (const { start, price } of typeof amount === 'number' ? [] : amount.tiers)
      steps.set(start, { ...steps.get(start), [ours]: priceOf(price) })
  }
  return {
    rates,
    longContext: [...steps].map(([above, changed]) => ({ above, applies: 'whole' as const, rates: changed })),
  }
}

const priceOf = (dollars: number): Price => Price.parse(dollars.toFixed(6).replace(/\.?0+$/, ''))

function ruleOf(match: Match): NameRule {
  const { equals, starts_with: starts, ends_with: ends, contains, regex, or, and } = match
  if (equals !== undefined) return { equals }
  if (starts !== undefined) return { starts }
  if (ends !== undefined) return { ends }
  if (contains !== undefined) return { contains }
  if (or) return { any: or.map(ruleOf) }
  if (and) return { all: and.map(ruleOf) }
  if (regex !== undefined) return digitsOf(regex)
  throw unreadable('a rule for names says nothing')
}

/** Of regular expressions the list uses literal names with digits at the end; only those are taken. */
function digitsOf(regex: string): NameRule {
  const [, literal, many, isWhole] = /^\^((?:[\w/-]|\\\.)+)\\d(?:\{(\d+)\})?(\$)?$/.exec(regex) ?? []
  if (literal === undefined) throw unreadable(`the rule ${regex} for names is of no known form`)
  const name = literal.replaceAll('\\.', '.')
  if (isWhole) return { digits: name + '#'.repeat(Number(many ?? 1)) }
  return { any: [...'0123456789'].map((digit) => ({ starts: `${name}${digit}` })) }
}

/**
 * What Anthropic says of all its models and no list holds: an hour in the cache costs twice the input, a batch half of
 * everything, a thousand web searches ten dollars, and a fetched page nothing but its tokens.
 */
export function withAnthropicRules(file: PriceBookFile): PriceBookFile {
  const models = file.models.map((entry) =>
    entry.model.startsWith('anthropic/') ? { ...entry, prices: entry.prices.map(withRules) } : entry,
  )
  return { ...file, models }
}

function withRules(price: PriceEntry['prices'][number]): PriceEntry['prices'][number] {
  if (price.cacheWrite === null) return price
  const longContext = price.longContext?.map((step) => ({ ...step, rates: withHour(step.rates) }))
  const usual = { ...withHour(price), perThousandCalls: { web_search: '10', web_fetch: '0' } }
  return {
    ...usual,
    ...(longContext && { longContext }),
    tiers: {
      batch: {
        ...halved(usual),
        ...(longContext && { longContext: longContext.map((step) => ({ ...step, rates: halved(step.rates) })) }),
      },
    },
  }
}

type TokenRates = {
  readonly [name in 'input' | 'output' | 'cacheRead' | 'cacheWrite' | 'cacheWriteHour']?: Price | null | undefined
}

const withHour = <Rated extends TokenRates>(rates: Rated): Rated =>
  rates.input == null ? rates : { ...rates, cacheWriteHour: microUsd(picoOf(rates.input) * 2n) }

const halved = ({ input, output, cacheRead, cacheWrite, cacheWriteHour }: TokenRates): Partial<Rates> =>
  Object.fromEntries(
    Object.entries({ input, output, cacheRead, cacheWrite, cacheWriteHour }).flatMap(([name, rate]) =>
      rate == null ? [] : [[name, microUsd(picoOf(rate) / 2n)]],
    ),
  )

const unreadable = (why: string): Failure =>
  new Failure('invalid', 'models.price-list-unreadable', `The price list cannot be read: ${why}.`)
