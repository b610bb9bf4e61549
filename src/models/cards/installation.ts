/** What the program itself knows: of models that run inside it, of names that carry a date, and of prices. */
import type { Instant } from '../../kernel/time.ts'
import type { ModelCard } from '../contract.ts'
import type { FactName, ModelFacts } from './facts.ts'
import type { ModelSource } from './source.ts'

export function installationSources(
  card: ModelCard,
  { organisation, at }: { organisation: string; at: Instant },
): ModelSource[] {
  const common = { organisation, model: card.model, recordedAt: at, recordedBy: null }
  const facts = card.kind === 'remote' ? {} : INSIDE
  const own: ModelFacts = { ...facts, ...(card.kind === 'local' && OWN_READER), snapshot: card.mutable === null }
  const how =
    card.kind === 'remote'
      ? 'Its name was looked at: a date in it stands for one model.'
      : 'It is part of this program.'
  const verified = Object.fromEntries(Object.keys(own).map((name) => [name as FactName, how]))
  return [
    { ...common, kind: 'installation', place: 'this program', facts: own, verified },
    ...(card.price
      ? [
          {
            ...common,
            kind: 'price-book' as const,
            place: card.price.source,
            recordedAt: dateIn(card.price.source) ?? at,
            facts: { priceInput: card.price.input, priceOutput: card.price.output },
            verified: {},
          },
        ]
      : []),
  ]
}

const INSIDE: ModelFacts = {
  modalitiesIn: ['text'],
  modalitiesOut: ['text'],
  tools: false,
  structuredOutput: false,
  tunable: false,
  regions: ['this machine'],
  trainsOnInputs: false,
  retentionDays: 0,
  deprecatedOn: 'none',
}
/** The readers are rules that were written, not models that were trained. */
const OWN_READER: ModelFacts = { licence: 'Apache-2.0', trainingData: ['none'], baseModel: ['none'] }

const dateIn = (text: string): Instant | undefined => {
  const day = /\d{4}-\d{2}-\d{2}/.exec(text)?.[0]
  return day === undefined ? undefined : (`${day}T00:00:00.000Z` as Instant)
}
