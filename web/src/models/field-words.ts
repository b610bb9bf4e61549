/** Fields of a card and their sources, as people say them. */
import { number } from '../data/format.ts'
import type { CardField } from '../data/shapes.ts'
import { say } from '../words/say.ts'

export const LABELS: Readonly<Record<CardField['name'], string>> = {
  description: 'description',
  identity: say('field-words.published-as'),
  licence: 'licence',
  licenceLink: say('field-words.text-of-the-licence'),
  card: 'card',
  modalitiesIn: 'takes',
  modalitiesOut: 'gives',
  contextTokens: say('field-words.tokens-of-context'),
  outputTokens: say('field-words.tokens-of-an-answer'),
  tools: say('field-words.calls-tools'),
  structuredOutput: say('field-words.structured-output'),
  languages: 'languages',
  trainingData: say('field-words.training-data'),
  baseModel: say('field-words.made-from'),
  tunable: say('field-words.can-be-tuned'),
  tuning: say('field-words.is-tuned-by'),
  parameters: 'parameters',
  architecture: 'architecture',
  quantisation: say('field-words.numbers-kept-as'),
  weightsDigest: say('field-words.digest-of-the-weights'),
  regions: say('field-words.processed-in'),
  trainsOnInputs: say('field-words.trains-on-what-is-sent'),
  retentionDays: say('field-words.days-it-keeps-what-is-sent'),
  releasedOn: say('field-words.came-out'),
  deprecatedOn: say('field-words.is-switched-off'),
  priceInput: say('field-words.per-million-read'),
  priceOutput: say('field-words.per-million-written'),
  snapshot: say('field-words.stays-one-model'),
  benchmarks: say('field-words.public-benchmarks'),
}

export const SOURCES: Readonly<Record<NonNullable<CardField['source']>, string>> = {
  own: say('field-words.a-person-here'),
  installation: say('field-words.this-program'),
  weights: say('field-words.the-files-themselves'),
  training: say('field-words.the-record-of-its-training'),
  'provider-list': say('field-words.the-provider'),
  card: say('field-words.the-card'),
  'price-book': say('field-words.the-price-book'),
}

export function valueInWords(value: NonNullable<CardField['value']>): string {
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  if (typeof value === 'number') return number(value)
  if (!Array.isArray(value)) return value
  return value.map((one) => (typeof one === 'string' ? one : `${one.dataset}: ${one.metric} ${one.value}`)).join(', ')
}
