import { expect, test } from 'vitest'
import { Failure } from '../../kernel/failure.ts'
import { readHuggingFaceCard } from './hugging-face.ts'
import { joinFields } from './join.ts'
import { licenceOf, readProviderList } from './provider-list.ts'
import type { ModelSource } from './source.ts'

test.for([
  [
    'OpenAI',
    { data: [{ id: 'gpt-4o', object: 'model', created: 1715367049, owned_by: 'system' }] },
    { id: 'gpt-4o', facts: { releasedOn: '2024-05-10' } },
  ],
  [
    'Anthropic',
    {
      data: [
        {
          type: 'model',
          id: 'claude-x',
          display_name: 'X',
          created_at: '2025-02-19T00:00:00Z',
          max_input_tokens: 200000,
        },
      ],
    },
    { id: 'claude-x', facts: { releasedOn: '2025-02-19', contextTokens: 200000 } },
  ],
  [
    'OpenRouter',
    {
      data: [
        {
          id: 'acme/one',
          hugging_face_id: 'acme/One-7B',
          context_length: 131072,
          architecture: { input_modalities: ['text', 'image', 'smell'], output_modalities: ['text'] },
          top_provider: { max_completion_tokens: 8192 },
          supported_parameters: ['tools', 'temperature'],
          pricing: { prompt: '0.00000015', completion: '0.0000006' },
        },
      ],
    },
    {
      id: 'acme/one',
      facts: {
        identity: 'acme/One-7B',
        contextTokens: 131072,
        outputTokens: 8192,
        modalitiesIn: ['text', 'image'],
        modalitiesOut: ['text'],
        tools: true,
        structuredOutput: false,
        priceInput: '0.15',
        priceOutput: '0.6',
      },
    },
  ],
  [
    'Mistral',
    {
      data: [
        {
          id: 'm',
          max_context_length: 32768,
          capabilities: { function_calling: true, fine_tuning: false, vision: true },
          deprecation: '2027-03-30T12:00:00Z',
        },
      ],
    },
    {
      id: 'm',
      facts: {
        contextTokens: 32768,
        tools: true,
        tunable: false,
        modalitiesIn: ['text', 'image'],
        deprecatedOn: '2027-03-30',
      },
    },
  ],
  [
    'Together',
    [{ id: 't', context_length: 4096, license: 'apache-2.0' }],
    { id: 't', facts: { contextTokens: 4096, licence: 'Apache-2.0' } },
  ],
  [
    'Gemini',
    { models: [{ name: 'models/g', inputTokenLimit: 1000, outputTokenLimit: 10 }] },
    { id: 'g', facts: { contextTokens: 1000, outputTokens: 10 } },
  ],
  [
    'vLLM',
    { data: [{ id: 'v', root: 'acme/V', max_model_len: 2048 }] },
    { id: 'v', facts: { identity: 'acme/V', contextTokens: 2048 } },
  ],
  [
    'a server that says nonsense',
    {
      data: [
        {
          id: 'n',
          context_length: -1,
          max_tokens: 'many',
          created: 0,
          pricing: { prompt: '-1' },
          root: '/srv/models/n',
        },
      ],
    },
    { id: 'n', facts: {} },
  ],
] as const)('the list of %s is read, and what is no fact is left out', ([, answer, first]) => {
  expect(readProviderList(answer)).toEqual([first])
})

test.for([{ error: 'no' }, 'text', null, { data: 'x' }])('%j is no list', (answer) => {
  expect(readProviderList(answer)).toBeUndefined()
})

test.for([
  ['apache-2.0', 'Apache-2.0'],
  ['cc-by-nc-4.0', 'CC-BY-NC-4.0'],
  ['llama3.1', 'LicenseRef-llama3.1'],
  ['My own, for research', 'LicenseRef-My-own-for-research'],
  ['', undefined],
] as const)('the licence %s is %s', ([name, id]) => {
  expect(licenceOf(name)).toBe(id)
})

test('a card with a licence of its own name, Windows line ends and broken figures keeps what is right', () => {
  const card = [
    '---',
    'license: other',
    'license_name: mistral-research',
    'license_link: LICENSE',
    'language: en',
    'model-index: [{results: [{metrics: [{type: acc, value: 0.5}, {type: f1, value: many}]}]}]',
    '---',
    '',
  ].join('\r\n')
  expect(readHuggingFaceCard(card)).toEqual({
    licence: 'LicenseRef-mistral-research',
    languages: ['en'],
    benchmarks: [{ task: 'not said', dataset: 'not said', metric: 'acc', value: 0.5 }],
  })
})

test('an alias in the front matter is refused, as a few can grow into gigabytes', () => {
  expect(() => readHuggingFaceCard('---\na: &a [x]\nb: *a\n---\n')).toThrow(Failure)
})

const source = (
  kind: ModelSource['kind'],
  facts: ModelSource['facts'],
  more: Partial<ModelSource> = {},
): ModelSource => ({
  organisation: 'default',
  model: 'a/b',
  kind,
  place: kind,
  facts,
  verified: {},
  recordedAt: '2026-01-01T00:00:00.000Z' as ModelSource['recordedAt'],
  recordedBy: null,
  ...more,
})
const licenceFrom = (own: ModelSource[], same: ModelSource[] = []) =>
  joinFields(own, same).find(({ name }) => name === 'licence')

test('verified goes before self-reported, what a model says of itself before what is said elsewhere, and differences show', () => {
  const card = source('card', { licence: 'MIT' })
  const verified = source('card', { licence: 'Apache-2.0' }, { model: 'c/b', verified: { licence: 'read the file' } })
  const own = source('own', { licence: 'ISC' })
  expect(licenceFrom([card, own])).toMatchObject({
    value: 'ISC',
    standing: 'self-reported',
    otherwise: [{ value: 'MIT', source: 'card' }],
  })
  expect(licenceFrom([card], [source('own', { licence: 'ISC' }, { model: 'c/b' })])).toMatchObject({
    value: 'MIT',
    via: null,
  })
  expect(licenceFrom([card, own], [verified])).toMatchObject({ value: 'Apache-2.0', standing: 'verified', via: 'c/b' })
  expect(licenceFrom([])).toMatchObject({ value: null, standing: 'unknown', source: null })
})
