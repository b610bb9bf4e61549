import { afterAll, expect, test } from 'vitest'
import type { Usage } from '../../core/usage.ts'
import type { Digest } from '../../kernel/digest.ts'
import type { Instant } from '../../kernel/time.ts'
import { givenModels } from '../models.example.ts'

const { openModels, closeModels } = await givenModels()
afterAll(closeModels)

const usage: Usage = { inputTokens: 1000, outputTokens: 100, estimated: false }
const LATER = '2030-01-01T00:00:00.000Z' as Instant
const price = (input: string, more = {}) => ({ rates: { input, output: '1' }, reason: 'our own cards', ...more })

test('a price of your own holds from its instant on, and an old request keeps its amount for ever', async () => {
  const { models, call, audit, organisation } = await openModels()
  const model = 'vllm/llama-3.3-70b'
  expect(models.costOf(model, usage, LATER)).toBeNull()
  const before = models.priceBook

  const put = await call('PUT', `/api/v1/prices/${model}`, price('0.4'))
  expect(put).toMatchObject({
    status: 200,
    body: { model, version: 1, rates: { input: '0.4' }, reason: 'our own cards' },
  })
  const first = models.priceBook
  expect(first).not.toEqual(before)
  expect(models.costOf(model, usage, LATER)).toBe('500')

  await call('PUT', `/api/v1/prices/${model}`, price('0.8', { from: '2029-01-01T00:00:00.000Z' }))
  expect(models.costOf(model, usage, LATER)).toBe('900')
  expect(models.costOf(model, usage, '2028-12-31T23:59:59.999Z' as Instant)).toBe('500')

  const charge = { model, at: LATER, usage }
  const under = (digest: Digest) => models.prices.costUnder(digest, [charge])
  expect([await under(before.digest), await under(first.digest), await under(models.priceBook.digest)]).toEqual([
    [null],
    ['500'],
    ['900'],
  ])

  const again = await openModels({ organisation })
  expect(again.models.priceBook).toEqual(models.priceBook)
  expect(await again.models.prices.costUnder(first.digest, [charge])).toEqual(['500'])
  expect((await again.call('GET', `/api/v1/price-books/${first.digest}`)).body).toMatchObject({
    digest: first.digest,
    content: { own: [{ model, version: 1 }] },
  })
  expect((await call('GET', '/api/v1/prices')).body.items).toHaveLength(2)
  expect(audit.map(({ action }) => action)).toEqual(['models.put-price', 'models.put-price'])
})

test('a negotiated price comes before the public one, and taken back the public one holds again', async () => {
  const { models, call, audit } = await openModels()
  const at = () => models.costOf('openai/gpt-4o', usage, LATER)
  expect(at()).toBe('3500')
  await call('PUT', '/api/v1/prices/openai/gpt-4o', price('1'))
  expect(at()).toBe('1100')
  expect((await call('DELETE', '/api/v1/prices/openai/gpt-4o')).status).toBe(204)
  expect(at()).toBe('3500')
  expect((await call('DELETE', '/api/v1/prices/openai/gpt-4o')).body.code).toBe('models.price-unknown')
  expect(audit.map(({ action }) => action)).toEqual(['models.put-price', 'models.delete-price'])
})

test.for([
  ['a model without its provider', 'gpt-4o', price('1')],
  ['a rate below zero', 'openai/gpt-4o', price('-1')],
  ['a rate that is a number', 'openai/gpt-4o', { rates: { input: 1, output: 1 }, reason: 'because' }],
  ['no reason', 'openai/gpt-4o', { rates: { input: '1', output: '1' } }],
] as const)('a price with %s is refused', async ([, model, body]) => {
  const { call } = await openModels()
  expect((await call('PUT', `/api/v1/prices/${model}`, body)).status).toBe(400)
})

test('the book in force says what it is and where it is from; one that never was is said to be unknown', async () => {
  const { call, models } = await openModels()
  const { body } = await call('GET', '/api/v1/price-books/current')
  expect(body).toMatchObject({
    ...models.priceBook,
    asOf: '2026-11-21',
    sources: { list: expect.stringMatching(/genai-prices.*MIT/) },
  })
  expect(body.models).toBeGreaterThan(1200)
  const unknown = await call('GET', `/api/v1/price-books/sha256:${'0'.repeat(64)}`)
  expect(unknown).toMatchObject({ status: 404, body: { code: 'models.price-book-unknown' } })
})
