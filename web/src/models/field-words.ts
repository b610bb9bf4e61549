/** Fields of a card and their sources, as people say them. */
import type { CardField } from '../data/shapes.ts'

export const LABELS: Readonly<Record<CardField['name'], string>> = {
  description: 'description',
  identity: 'published as',
  licence: 'licence',
  licenceLink: 'text of the licence',
  card: 'card',
  modalitiesIn: 'takes',
  modalitiesOut: 'gives',
  contextTokens: 'tokens of context',
  outputTokens: 'tokens of an answer',
  tools: 'calls tools',
  structuredOutput: 'structured output',
  languages: 'languages',
  trainingData: 'training data',
  baseModel: 'made from',
  tunable: 'can be tuned',
  tuning: 'is tuned by',
  parameters: 'parameters',
  architecture: 'architecture',
  quantisation: 'numbers kept as',
  weightsDigest: 'digest of the weights',
  regions: 'processed in',
  trainsOnInputs: 'trains on what is sent',
  retentionDays: 'days it keeps what is sent',
  releasedOn: 'came out',
  deprecatedOn: 'is switched off',
  priceInput: '$ per million read',
  priceOutput: '$ per million written',
  snapshot: 'stays one model',
  benchmarks: 'public benchmarks',
}

export const SOURCES: Readonly<Record<NonNullable<CardField['source']>, string>> = {
  own: 'a person here',
  installation: 'this program',
  weights: 'the files themselves',
  'provider-list': 'the provider',
  card: 'the card',
  'price-book': 'the price book',
}

export function valueInWords(value: NonNullable<CardField['value']>): string {
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  if (typeof value === 'number') return value.toLocaleString('en')
  if (!Array.isArray(value)) return value
  return value.map((one) => (typeof one === 'string' ? one : `${one.dataset}: ${one.metric} ${one.value}`)).join(', ')
}
