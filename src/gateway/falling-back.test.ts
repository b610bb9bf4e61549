/** S4.25 · Which models of a release may answer in which stage, and what is told of who did. */
import { expect, test } from 'vitest'
import type { Release } from '../core/release.ts'
import type { Stage } from '../core/stage.ts'
import type { Candidate } from '../flows/index.ts'
import type { GatewayDeps } from './deps.ts'
import type { Exchange } from './exchange.ts'
import { fallingBackOf } from './falling-back.ts'
import { createTargets } from './targets.ts'

const release = (suites: readonly object[], more: object = { fallbacks: ['spare', 'last'] }) =>
  ({
    id: 'rel_1',
    application: 'shop',
    manifest: {
      flow: { name: 'main', steps: [{ id: 'answer', use: 'generate', prompt: 'p', model: 'meant', ...more }] },
      models: [],
      suites,
    },
  }) as unknown as Release
const OUTAGE = [{ name: 'outage', fallback: 'spare', threshold: 0.8 }]

function fallingBack({ suites = OUTAGE as readonly object[], stage = 'pilot' as Stage, off = '', unpriced = '' } = {}) {
  const headers = new Map<string, string | undefined>()
  const exchange = {
    at: '2026-03-01T00:00:00.000Z',
    caller: { key: 'key_1' },
    setAttempts: (made: number) => void headers.set('airworthy-attempts', String(made)),
    setHeader: (name: string, value: string | undefined) => void headers.set(name, value),
  } as unknown as Exchange
  const deps = {
    whyOff: (_: string, name: string) => (name === off ? `${name} is off.` : undefined),
    whyUnpriced: ({ model }: { model: string }) => `Nobody has said what ${model} costs.`,
    models: { costOf: (model: string) => (model === unpriced ? null : '0'), priceBook: {} },
  } as unknown as GatewayDeps
  const found = fallingBackOf({
    ...{ exchange, deps, stage, release: release(suites), targets: createTargets(() => 0) },
    asks: () => {},
  })
  if (!found) throw new Error('This release falls back.')
  return { found, headers }
}
const one = (name: string, as: Candidate['as'] = name === 'meant' ? 'meant' : 'fallback'): Candidate => ({
  ...{ name, model: `acme/${name}`, as },
  reason: as === 'fallback' ? undefined : 'task größe: no condition holds',
})

test.for([
  ['the model that is meant', 'meant', {}, undefined],
  ['a fallback with a suite of its own', 'spare', {}, undefined],
  ['a fallback without one', 'last', {}, /no suite of its own/],
  ['a fallback without one, in the sandbox', 'last', { stage: 'sandbox' }, undefined],
  ['a fallback whose suite has no threshold', 'spare', { suites: [{ name: 's', fallback: 'spare' }] }, /no suite/],
  ['one that is switched off', 'meant', { off: 'acme/meant' }, /is off/],
  ['one whose provider is switched off', 'spare', { off: 'acme' }, /is off/],
  ['one whose price nobody knows', 'spare', { unpriced: 'acme/spare' }, /Nobody has said/],
] as const)('%s may answer in a pilot, or not with a reason', ([, name, given, why]) => {
  const said = fallingBack(given as Parameters<typeof fallingBack>[0]).found.whyNot(one(name))
  if (why) expect(said).toMatch(why)
  else expect(said).toBeUndefined()
})

test('a target answers in a pilot with a suite of its own; its name and why stand in headers that are ASCII', () => {
  const { found, headers } = fallingBack({ suites: [{ name: 's', target: 'spare', threshold: 0.8 }] })
  const [spare, last] = [one('spare', 'target'), one('last', 'target')]
  expect([found.whyNot(spare), found.whyNot(last)]).toEqual([undefined, expect.stringContaining('no suite of its own')])
  found.began(spare)
  expect([...headers.values()]).toContain('task gr%C3%B6%C3%9Fe: no condition holds')
  expect([headers.get('airworthy-target'), headers.get('airworthy-fallback')]).toEqual(['spare', undefined])
})

test('the header names who answered, and nobody who failed', () => {
  const { found, headers } = fallingBack()
  const fallback = () => headers.get('airworthy-fallback')
  const failed = { how: 'failed', ms: 1, errorCode: 'models.upstream-failed', retryAfterMs: 9_000 } as const
  found.began(one('meant'))
  found.ended(one('meant'), failed)
  expect([fallback(), found.isResting('acme/meant')]).toEqual([undefined, true])
  found.began(one('spare'))
  expect([fallback(), headers.get('airworthy-attempts')]).toEqual(['spare', '2'])
  found.ended(one('spare'), { ...failed, retryAfterMs: undefined })
  expect(fallback()).toBeUndefined()
  found.began(one('last'))
  found.ended(one('last'), { how: 'answered', ms: 1, errorCode: null, retryAfterMs: undefined })
  expect([fallback(), headers.get('airworthy-attempts')]).toEqual(['last', '3'])
})

test('a release that has nobody to choose and asks nobody again asks as before', () => {
  const unused = {} as Omit<Parameters<typeof fallingBackOf>[0], 'release' | 'stage'>
  expect(fallingBackOf({ ...unused, stage: 'pilot', release: release([], {}) })).toBeUndefined()
})
