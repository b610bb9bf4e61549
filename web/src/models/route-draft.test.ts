import { expect, test } from 'vitest'
import type { ModelRoute } from '../data/shapes.ts'
import { draftOf, emptyTarget, routeOf } from './route-draft.ts'

/** Every field that a route has. */
const whole: ModelRoute = {
  name: 'fast',
  updatedAt: '2026-11-22T09:00:00.000Z' as ModelRoute['updatedAt'],
  strategy: 'weighted',
  targets: [
    {
      ...{ model: 'openai/gpt-4o-mini', weight: 3 },
      when: { tasks: ['sum up', 'title'], inputTokens: { atLeast: 10, atMost: 4_000 }, languages: ['de', 'fr'] },
    },
    { model: 'ollama/llama3.2', weight: 0.5 },
  ],
  retries: 0,
  timeouts: { connectMs: 300, firstTokenMs: 2_500, totalMs: 60_000 },
  affinity: 'none',
  onDisconnect: 'drain',
  cache: { ttlMs: 90_000, sharedBy: 'organisation' },
  onUnsupported: 'reject',
  onUnknownPrice: 'flag',
}
const plain: ModelRoute = {
  ...{ name: 'one', updatedAt: whole.updatedAt, strategy: 'priority', onDisconnect: 'cancel' },
  targets: [{ model: 'ollama/llama3.2', weight: 1 }],
}

test.for([whole, plain])('a route that is opened and saved is as it was: $name', (route) => {
  const { name: _, updatedAt: __, ...input } = route
  expect(routeOf(draftOf(route), route)).toEqual(input)
})

test('what is emptied is taken away, and what the form does not show stays', () => {
  const draft = { ...draftOf(whole), firstTokenSeconds: '', cacheMinutes: '', retries: '', onUnknownPrice: '' as const }
  const saved = routeOf(draft, whole)
  expect(saved.timeouts).toEqual({ connectMs: 300, totalMs: 60_000 })
  expect(saved).not.toHaveProperty('cache')
  expect(saved).not.toHaveProperty('retries')
  expect(saved).not.toHaveProperty('onUnknownPrice')
})

test('a row without a model is no target', () => {
  expect(routeOf({ ...draftOf(plain), targets: [...draftOf(plain).targets, emptyTarget(7)] }, plain).targets).toEqual(
    plain.targets,
  )
})
