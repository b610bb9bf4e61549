/** Platforms beside each other, from providers, cards and what was asked here. */
import { expect, test } from 'vitest'
import { csvOf } from '../../kernel/paper.ts'
import { platformPaper, platformsOf } from './platform.ts'

const provider = (name: string, baseUrl: string) => ({
  name,
  baseUrl,
  dialect: 'openai' as const,
  speaks: ['chat' as never],
})
const card = (model: string, price: [string, string] | null, works = true) => ({
  ...{ model, provider: model.split('/')[0] ?? '', works, mutable: price ? null : 'an alias' },
  kind: model.startsWith('local') ? ('local' as const) : ('remote' as const),
  price: price && ({ input: price[0], output: price[1] } as never),
})

test('those that work come first; price, region and what was measured stand beside each other', () => {
  const found = platformsOf({
    providers: [
      provider('azure', 'https://westeurope.api.cognitive.microsoft.com'),
      provider('ollama', 'http://127.0.0.1:11434/v1'),
    ],
    cards: [card('azure/a', ['1', '6'], false), card('azure/b', ['10', '10'], false), card('local/x', null)],
    used: [
      { model: 'azure/a', requests: 30, errors: 3, latencyP50Ms: 400 },
      { model: 'azure/b', requests: 10, errors: 1, latencyP50Ms: 900 },
    ],
  })
  expect(found.map(({ provider: name, runs, region, works }) => [name, runs, region, works])).toEqual([
    ['local', 'inside', null, true],
    ['azure', 'others', 'westeurope', false],
    ['ollama', 'own', null, false],
  ])
  expect(found[1]).toMatchObject({
    models: 2,
    cheapestUsdPerMillion: 2,
    requests: 40,
    errorShare: 0.1,
    latencyP50Ms: 400,
  })
  expect(found[0]).toMatchObject({ cheapestUsdPerMillion: null, mutable: 1, errorShare: null, isEncrypted: null })
  expect(found[2]).toMatchObject({ models: 0, isEncrypted: false })
  expect(csvOf(platformPaper(found, '2026-11-22'))).toContain(
    'azure,others,westeurope.api.cognitive.microsoft.com,westeurope,chat,no,2,2,40,10 %,400',
  )
})
