/**
 * The forms of exports that are known, as their makers publish them: which fields tell them apart, and which field each
 * figure is taken from. OpenAI counts cached tokens inside the input, Anthropic beside it; here they are inside, as in
 * our own records.
 */
import type { ExportFormat } from './contract.ts'

export type ExportRow = {
  readonly day: string
  /** As the provider names it; null when it does not say. */
  readonly model: string | null
  readonly requests: number | null
  readonly inputTokens: number | null
  readonly outputTokens: number | null
  /** Whole pico-dollars. */
  readonly pico: bigint | null
}

/** Cells by their column, or fields of a result with those of its bucket; nested names with dots. */
export type Cells = Readonly<Record<string, unknown>>

export type Form = {
  readonly format: ExportFormat
  readonly provider: string
  readonly isCsv: boolean
  /** Fields that no other form has together. */
  readonly needs: readonly string[]
  readonly taken: readonly { readonly figure: string; readonly from: string; readonly needs: string }[]
  /** Undefined when there is none. */
  day(cells: Cells): string | undefined
  /** Throws a sentence about what cannot be read. */
  read(cells: Cells): Omit<ExportRow, 'day'>
}

const taken = (...pairs: readonly (readonly [figure: string, from: string])[]): Form['taken'] =>
  pairs.map(([figure, from]) => ({ figure, from, needs: from.split(' + ')[0] ?? from }))

const ofUnixSeconds = ({ start_time: start }: Cells): string | undefined => {
  const seconds = Number(start)
  return start === '' || !Number.isFinite(seconds) || seconds <= 0 || seconds > LAST_SECOND
    ? undefined
    : new Date(seconds * 1000).toISOString().slice(0, 10)
}
/** The year 9999. */
const LAST_SECOND = 253_402_300_799

const ofDate =
  (name: string) =>
  (cells: Cells): string | undefined =>
    /^\d{4}-\d{2}-\d{2}/.exec(String(cells[name] ?? ''))?.[0]

const openAiUsage = (isCsv: boolean): Form => ({
  format: isCsv ? 'openai-usage-csv' : 'openai-usage-json',
  provider: 'openai',
  isCsv,
  needs: ['start_time', 'input_tokens', 'num_model_requests'],
  taken: taken(
    ['day', 'start_time'],
    ['model', 'model'],
    ['requests', 'num_model_requests'],
    ['input tokens', 'input_tokens'],
    ['output tokens', 'output_tokens'],
  ),
  day: ofUnixSeconds,
  read: (cells) => ({
    model: word(cells, 'model'),
    requests: count(cells, 'num_model_requests'),
    inputTokens: count(cells, 'input_tokens'),
    // Embeddings have none.
    outputTokens: cells.output_tokens === undefined ? 0 : count(cells, 'output_tokens'),
    pico: null,
  }),
})

const openAiCosts = (isCsv: boolean): Form => {
  const [value, currency] = isCsv ? ['amount_value', 'amount_currency'] : ['amount.value', 'amount.currency']
  return {
    format: isCsv ? 'openai-costs-csv' : 'openai-costs-json',
    provider: 'openai',
    isCsv,
    needs: ['start_time', value],
    taken: taken(['day', 'start_time'], ['model', 'line_item'], ['cost', value]),
    day: ofUnixSeconds,
    read(cells) {
      const item = word(cells, 'line_item')
      return { ...NO_TOKENS, model: item && modelOfItem(item), pico: dollars(cells, { value, currency }) }
    },
  }
}

const anthropicUsage = (isCsv: boolean): Form => {
  const inputs = isCsv
    ? [
        'usage_input_tokens_no_cache',
        'usage_input_tokens_cache_write_5m',
        'usage_input_tokens_cache_write_1h',
        'usage_input_tokens_cache_read',
      ]
    : [
        'uncached_input_tokens',
        'cache_creation.ephemeral_5m_input_tokens',
        'cache_creation.ephemeral_1h_input_tokens',
        'cache_read_input_tokens',
      ]
  const [day, model, output] = isCsv
    ? ['usage_date_utc', 'model_version', 'usage_output_tokens']
    : ['starting_at', 'model', 'output_tokens']
  return {
    format: isCsv ? 'anthropic-usage-csv' : 'anthropic-usage-json',
    provider: 'anthropic',
    isCsv,
    needs: [day, inputs[0] ?? '', output],
    taken: taken(['day', day], ['model', model], ['input tokens', inputs.join(' + ')], ['output tokens', output]),
    day: ofDate(day),
    read: (cells) => ({
      model: word(cells, model),
      requests: null,
      inputTokens: inputs.reduce((sum, name) => sum + (cells[name] === undefined ? 0 : count(cells, name)), 0),
      outputTokens: count(cells, output),
      pico: null,
    }),
  }
}

const anthropicCostsJson: Form = {
  format: 'anthropic-costs-json',
  provider: 'anthropic',
  isCsv: false,
  needs: ['starting_at', 'amount', 'currency'],
  taken: taken(['day', 'starting_at'], ['model', 'model'], ['cost', 'amount']),
  day: ofDate('starting_at'),
  read: (cells) => ({
    ...NO_TOKENS,
    model: word(cells, 'model'),
    // In the smallest unit of the currency: cents.
    pico: dollars(cells, { value: 'amount', currency: 'currency' }) / 100n,
  }),
}

const anthropicCostsCsv: Form = {
  format: 'anthropic-costs-csv',
  provider: 'anthropic',
  isCsv: true,
  needs: ['usage_date_utc', 'cost_usd'],
  taken: taken(['day', 'usage_date_utc'], ['model', 'model'], ['cost', 'cost_usd']),
  day: ofDate('usage_date_utc'),
  read: (cells) => ({ ...NO_TOKENS, model: word(cells, 'model'), pico: dollars(cells, { value: 'cost_usd' }) }),
}

export const FORMS: readonly Form[] = [
  openAiUsage(false),
  openAiUsage(true),
  openAiCosts(false),
  openAiCosts(true),
  anthropicUsage(false),
  anthropicUsage(true),
  anthropicCostsJson,
  anthropicCostsCsv,
]

const NO_TOKENS = { requests: null, inputTokens: null, outputTokens: null } as const

/** `gpt-4o-2024-08-06, input` → `gpt-4o-2024-08-06`; null for what is billed without a model. */
function modelOfItem(item: string): string | null {
  const [model = ''] = item.split(',')
  return item.includes(',') && /\d|gpt|embedding/i.test(model) ? model.trim() : null
}

function word(cells: Cells, name: string): string | null {
  const value = cells[name]
  return typeof value === 'string' && value !== '' ? value : null
}

function count(cells: Cells, name: string): number {
  const value = Number(cells[name] === '' || cells[name] === null ? 0 : cells[name])
  if (Number.isSafeInteger(value) && value >= 0) return value
  throw new Error(`${name} is ${JSON.stringify(cells[name])}, and not a number of tokens or requests`)
}

const DOLLAR_PLACES = 12

/** Whole pico-dollars; further places are rounded down. */
function dollars(cells: Cells, { value, currency }: { value: string; currency?: string }): bigint {
  const unit = currency === undefined ? 'usd' : String(cells[currency] ?? 'usd').toLowerCase()
  if (unit !== 'usd' && unit !== '') throw new Error(`${currency} is ${unit}; only dollars can be compared`)
  const [, sign = '', whole = '', fraction = '', exponent = '0'] =
    /^(-?)(\d+)(?:\.(\d+))?(?:e([+-]?\d{1,3}))?$/i.exec(String(cells[value] ?? '').trim()) ?? []
  if (whole === '') throw new Error(`${value} is ${JSON.stringify(cells[value])}, and not an amount`)
  const places = DOLLAR_PLACES + Number(exponent) - fraction.length
  const digits = BigInt(whole + fraction)
  const pico = places >= 0 ? digits * 10n ** BigInt(places) : digits / 10n ** BigInt(-places)
  return sign === '' ? pico : -pico
}
