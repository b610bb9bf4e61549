/** Who is connected, and what about it should be looked at. */
import { expect, test } from 'vitest'
import { integrationsOf, type KeyUse } from './integration.ts'

const key = (id: string, more: Partial<KeyUse> = {}): KeyUse => ({
  ...{ id, name: id, application: null, isRevoked: false, lastUsedAt: null, ...more },
})
const NOTHING = { keys: [], asked: new Map(), endpoints: [], within: [], tools: [], webhooks: [] }
const hook = (more: object) => ({
  url: 'https://tickets.example.com/x',
  description: '',
  enabled: true,
  application: null,
  ...more,
})

test('programs stand in the order of how often they ask; one that never asks is told', () => {
  const keys = [key('site'), key('app', { application: 'shop' }), key('other'), key('old', { isRevoked: true })]
  const asked = new Map<string | null, number>([
    ['site', 5],
    ['old', 9],
    [null, 2],
  ])
  expect(
    integrationsOf('shop', { ...NOTHING, keys, asked }).map(({ name, requests, says }) => [name, requests, says]),
  ).toEqual([
    ['old', 9, 'Its key was revoked.'],
    ['site', 5, ''],
    ['app', 0, 'It has a key and did not ask in 28 days: is it connected?'],
    ['people in a browser', 2, ''],
  ])
})

test('models, targets, tools and webhooks are told with their hosts, and hooks of other applications are not', () => {
  const endpoints = [
    { provider: 'openai', model: 'gpt', url: 'https://api.openai.com/v1' },
    { provider: 'target', model: 'target', url: 'https://app.example.com/ask' },
  ]
  const webhooks = [hook({}), hook({ application: 'other' }), hook({ description: 'tickets', enabled: false })]
  const tools = [
    { name: 'orders', url: 'https://shop.example.com/orders' },
    { name: 'tickets', url: null },
  ]
  const found = integrationsOf('shop', { ...NOTHING, endpoints, within: ['local/extractive'], tools, webhooks })
  expect(found.map(({ direction, name, host, says }) => [direction, name, host, says])).toEqual([
    ['is-asked', 'openai/gpt', 'api.openai.com', ''],
    ['is-asked', 'target', 'app.example.com', ''],
    ['is-asked', 'local/extractive', null, ''],
    ['is-asked', 'orders', 'shop.example.com', ''],
    ['is-asked', 'tickets', null, 'A stub stands in for it: it is not connected yet.'],
    ['is-told', 'a webhook', 'tickets.example.com', ''],
    ['is-told', 'tickets', 'tickets.example.com', 'It is switched off.'],
  ])
})
