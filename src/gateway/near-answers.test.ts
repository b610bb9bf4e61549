/** S1.17c · The nearest of kept questions: what looking at each would find, within bounds; and vectors that changed. */
import http from 'node:http'
import fc from 'fast-check'
import { afterEach, expect, test } from 'vitest'
import type { Release } from '../core/release.ts'
import type { Instant } from '../kernel/time.ts'
import { candidate, control } from './gateway.example.ts'
import { listening } from './listening.example.ts'
import { createNearAnswers } from './near-answers.ts'

const unit = (parts: readonly number[]): Float32Array => {
  const length = Math.hypot(...parts)
  return Float32Array.from(parts, (one) => one / length)
}
const vector = (size: number) =>
  fc
    .array(fc.integer({ min: -100, max: 100 }), { minLength: size, maxLength: size })
    .filter((parts) => parts.some((one) => one !== 0))
    .map(unit)
const dot = (a: Float32Array, b: Float32Array) => a.reduce((sum, one, at) => sum + one * (b[at] ?? 0), 0)

test('what is found is the nearest of all, whatever is given up on the way', () => {
  const sizes = fc.constantFrom(3, 64, 65, 200)
  fc.assert(
    fc.property(
      sizes.chain((size) => fc.tuple(fc.array(vector(size), { maxLength: 30 }), vector(size))),
      fc.double({ min: 0.01, max: 1, noNaN: true }),
      ([kept, asked], threshold) => {
        const near = createNearAnswers({ nowMs: () => 0 })
        for (const [at, one] of kept.entries()) near.keep('scope', { vector: one, key: `${at}`, untilMs: 1 })
        const best = Math.max(Number.NEGATIVE_INFINITY, ...kept.map((one) => dot(one, asked)))
        const found = near.find('scope', asked, threshold)
        if (best > threshold + 1e-5) expect(found?.similarity).toBeCloseTo(best, 4)
        if (best < threshold - 1e-5) expect(found).toBeUndefined()
      },
    ),
    { numRuns: 200 },
  )
})

test('scopes, time and bytes bound what is found; the scope unused for longest loses its oldest', () => {
  let now = 0
  const [x, y] = [unit([1, 0]), unit([0, 1])]
  const near = createNearAnswers({ nowMs: () => now, mostBytes: 1200 })
  near.keep('a', { vector: x, key: 'first', untilMs: 10 })
  expect(near.find('a', x, 1)).toEqual({ key: 'first', similarity: 1 })
  expect([near.find('b', x, 0.5), near.find('a', y, 0.5), near.find('a', unit([1, 0, 0]), 0.5)]).toEqual([
    ...[undefined, undefined, undefined],
  ])
  near.keep('b', { vector: x, key: 'second', untilMs: 100 })
  near.find('a', x, 1)
  near.keep('c', { vector: x, key: 'third', untilMs: 100 })
  expect(['a', 'b', 'c'].map((scope) => near.find(scope, x, 1)?.key)).toEqual(['first', undefined, 'third'])
  now = 10
  expect(near.find('a', x, 1)).toBeUndefined()
  near.forget('c', 'third')
  near.forget('a', 'first')
  expect(near.figures()).toEqual({ entries: 0, bytes: 0 })
})

test('vectors of other dimensions than were measured are compared with nothing, and the answer is asked', async () => {
  const { open } = listening({ http, afterEach, connect: () => undefined })
  const keeps = ({ manifest, ...release }: Release): Release => ({
    ...release,
    manifest: { ...manifest, cache: { minutes: 5, sharedBy: 'everybody' } },
  })
  const releases = [keeps(control), keeps(candidate)]
  let parts = [1, 0]
  const { url, settled } = await open({
    releaseOf: (id) => releases.find((one) => one.id === id),
    byMeaning: {
      ruleFor: () => ({ model: 'priced/vectors', threshold: 0.9, dimensions: 2 }),
      embed: async ({ model }) => ({
        vectors: [unit(parts)],
        costMicroUsd: '0' as never,
        charge: {
          ...{ model, at: '2026-03-01T00:00:00.000Z' as Instant },
          usage: { inputTokens: 1, outputTokens: 0, estimated: false },
        },
      }),
    },
  })
  const ask = async (content: string) => {
    const body = JSON.stringify({ model: 'helpdesk@sandbox', messages: [{ role: 'user', content }] })
    const headers = { authorization: 'Bearer builder', 'content-type': 'application/json' }
    const answered = await fetch(`${url}/v1/chat/completions`, { method: 'POST', body, headers })
    await answered.text()
    return answered.headers.get('airworthy-cache')
  }
  expect([await ask('Where?'), await ask('Where is it?')]).toEqual(['miss', 'near'])
  parts = [1, 0, 0]
  expect(await ask('Where is it now?')).toBe('miss')
  expect(settled.at(-1)?.steps.at(-1)?.error?.code).toBe('gateway.vectors-changed')
})
