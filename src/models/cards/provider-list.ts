/**
 * What a provider's own list of models says of each: the answer to `/models`, in the spellings of OpenAI, Anthropic,
 * OpenRouter, Mistral, Groq, Together, Gemini and vLLM. What does not look like a fact is left out, not guessed.
 */
import { z } from 'zod'
import { FACT_NAMES, Modality, ModelFacts } from './facts.ts'

export type Listed = { readonly id: string; readonly facts: ModelFacts }

/** Undefined when the answer is no list of models. */
export function readProviderList(answer: unknown): Listed[] | undefined {
  const items = Lists.safeParse(answer).data
  return items?.flatMap((item) => {
    const id = textAt(item, 'id') ?? textAt(item, 'name')?.replace(/^models\//, '')
    return id === undefined || /\s/.test(id) ? [] : [{ id, facts: factsOf(item) }]
  })
}

const Item = z.record(z.string(), z.unknown())
type Item = z.infer<typeof Item>
const Lists = z.union([
  z.array(Item),
  z.object({ data: z.array(Item) }).transform(({ data }) => data),
  z.object({ models: z.array(Item) }).transform(({ models }) => models),
])

function factsOf(item: Item): ModelFacts {
  const architecture = itemAt(item, 'architecture')
  const capabilities = itemAt(item, 'capabilities')
  const supported = textsAt(item, 'supported_parameters')
  const pricing = itemAt(item, 'pricing')
  const deprecation = textAt(item, 'deprecation') ?? textAt(item, 'expiration_date')
  const found: Record<string, unknown> = {
    description: textAt(item, 'description')?.slice(0, 4000),
    identity: textAt(item, 'hugging_face_id') ?? textAt(item, 'root'),
    licence: licenceOf(textAt(item, 'license')),
    modalitiesIn:
      modalities(textsAt(architecture, 'input_modalities')) ??
      (capabilities?.vision === true ? ['text', 'image'] : undefined),
    modalitiesOut: modalities(textsAt(architecture, 'output_modalities')),
    contextTokens:
      wholeAt(item, 'context_length') ??
      wholeAt(item, 'context_window') ??
      wholeAt(item, 'max_context_length') ??
      wholeAt(item, 'max_model_len') ??
      wholeAt(item, 'max_input_tokens') ??
      wholeAt(item, 'inputTokenLimit'),
    outputTokens:
      wholeAt(itemAt(item, 'top_provider'), 'max_completion_tokens') ??
      wholeAt(item, 'max_completion_tokens') ??
      wholeAt(item, 'max_tokens') ??
      wholeAt(item, 'outputTokenLimit'),
    tools: supported?.includes('tools') ?? flagAt(capabilities, 'function_calling'),
    structuredOutput: supported?.includes('structured_outputs'),
    tunable: flagAt(capabilities, 'fine_tuning'),
    releasedOn: dayOf(item.created ?? item.created_at),
    deprecatedOn: deprecation === undefined ? undefined : dayOf(deprecation),
    priceInput: perMillion(pricing?.prompt),
    priceOutput: perMillion(pricing?.completion),
  }
  return keepFacts(found)
}

/** Those that are facts; one that has the wrong shape is unknown. */
export function keepFacts(found: Readonly<Record<string, unknown>>): ModelFacts {
  const kept: Record<string, unknown> = {}
  for (const name of FACT_NAMES) {
    const parsed = ModelFacts.shape[name].safeParse(found[name])
    if (parsed.success && parsed.data !== undefined) kept[name] = parsed.data
  }
  return ModelFacts.parse(kept)
}

/** Names of licences as Hugging Face writes them, as SPDX ids. */
export function licenceOf(name: string | undefined): string | undefined {
  if (name === undefined || name.trim() === '') return undefined
  const known = SPDX[name.trim().toLowerCase()]
  return known ?? `LicenseRef-${name.trim().replace(/[^A-Za-z0-9.-]+/g, '-')}`
}

const SPDX: Readonly<Record<string, string>> = Object.fromEntries(
  [
    'Apache-2.0',
    'MIT',
    'BSD-2-Clause',
    'BSD-3-Clause',
    'BSD-3-Clause-Clear',
    'ISC',
    'GPL-2.0',
    'GPL-3.0',
    'AGPL-3.0',
    'LGPL-2.1',
    'LGPL-3.0',
    'MPL-2.0',
    'EPL-2.0',
    'Artistic-2.0',
    'CC0-1.0',
    'CC-BY-2.0',
    'CC-BY-3.0',
    'CC-BY-4.0',
    'CC-BY-SA-3.0',
    'CC-BY-SA-4.0',
    'CC-BY-NC-2.0',
    'CC-BY-NC-3.0',
    'CC-BY-NC-4.0',
    'CC-BY-ND-4.0',
    'CC-BY-NC-ND-3.0',
    'CC-BY-NC-ND-4.0',
    'CC-BY-NC-SA-2.0',
    'CC-BY-NC-SA-3.0',
    'CC-BY-NC-SA-4.0',
    'Unlicense',
    'WTFPL',
    'Zlib',
    'ODbL-1.0',
    'CDLA-Permissive-2.0',
  ].map((id) => [id.toLowerCase(), id]),
)

const textAt = (item: Item | undefined, name: string): string | undefined => {
  const value = item?.[name]
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined
}
const wholeAt = (item: Item | undefined, name: string): number | undefined => {
  const value = item?.[name]
  return typeof value === 'number' && Number.isInteger(value) && value > 0 ? value : undefined
}
const flagAt = (item: Item | undefined, name: string): boolean | undefined => {
  const value = item?.[name]
  return typeof value === 'boolean' ? value : undefined
}
const itemAt = (item: Item | undefined, name: string): Item | undefined => Item.safeParse(item?.[name]).data
const textsAt = (item: Item | undefined, name: string): string[] | undefined =>
  z.array(z.string()).safeParse(item?.[name]).data

export function modalities(names: readonly string[] | undefined): string[] | undefined {
  const known = names?.map((name) => name.toLowerCase()).filter((name) => Modality.safeParse(name).success)
  return known && known.length > 0 ? [...new Set(known)] : undefined
}

/** Seconds since 1970, or a date as text. */
function dayOf(value: unknown): string | undefined {
  const date =
    typeof value === 'number' ? new Date(value * 1000) : typeof value === 'string' ? new Date(value) : undefined
  // A server that does not know says 0.
  return date && date.getTime() > 0 ? date.toISOString().slice(0, 10) : undefined
}

/** Dollars per token, in text, as dollars per million; exact, by moving the point. */
function perMillion(value: unknown): string | undefined {
  const match = /^(\d+)(?:\.(\d+))?$/.exec(typeof value === 'string' ? value : '')
  if (!match) return undefined
  const [, whole = '0', fraction = ''] = match
  const digits = fraction.padEnd(6, '0')
  const moved = `${whole}${digits.slice(0, 6)}`.replace(/^0+(?=\d)/, '')
  const rest = digits.slice(6).replace(/0+$/, '')
  return rest === '' ? moved : `${moved}.${rest}`
}
