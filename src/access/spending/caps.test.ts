/** Every cap, through the door: set, shown, refused, and what a new key has by itself. */
import { expect, test } from 'vitest'
import type { MicroUsd } from '../../kernel/money.ts'
import { stoppedClock } from '../../kernel/time.ts'
import { CAPS, type LimitScope } from '../cap.ts'
import { type Limits, NO_LIMITS } from '../limits.ts'
import { createLimiter, type ReserveAsk } from './limiter.ts'

const ASK: ReserveAsk = {
  application: 'helper',
  key: 'key_1',
  release: 'rel_1',
  models: ['remote/gpt'],
  tokens: 10,
  costMicroUsd: '10' as MicroUsd,
}
const SCOPES = [
  { scope: 'organisation', name: 'us' },
  { scope: 'application', name: 'helper' },
  { scope: 'key', name: 'key_1' },
  { scope: 'team', name: 'search' },
  { scope: 'release', name: 'rel_1' },
] as const

function limiterWith(limited: LimitScope, limits: Limits) {
  const clock = stoppedClock()
  const limiter = createLimiter({
    clock,
    limitsOf: (scope) => (scope === limited ? limits : NO_LIMITS),
    scopesOf: () => SCOPES,
    onStateChange: () => {},
    sharing: undefined,
  })
  return { clock, reserve: limiter.reserve }
}

test.for(
  CAPS.flatMap((cap) =>
    (['model', 'team', 'release', 'key', 'organisation'] as const).map((scope) => ({ ...cap, scope })),
  ),
)(
  'a cap of $kind on a $scope lets two requests through and refuses the third by name',
  ({ kind, field, measure, scope }) => {
    const cap = measure === 'cost' ? ('25' as MicroUsd) : measure === 'tokens' ? 25 : 2
    const { reserve } = limiterWith(scope, { ...NO_LIMITS, [field]: cap })
    expect([reserve(ASK), reserve(ASK), reserve(ASK)]).toMatchObject([
      { kind: 'granted' },
      { kind: 'granted' },
      { kind: 'refused', limit: { scope, kind, cap } },
    ])
  },
)

test.for(CAPS.filter(({ measure }) => measure !== 'requests'))(
  'what was reserved of $kind and not used comes back when the request settles',
  ({ field, measure }) => {
    const cap = measure === 'cost' ? ('15' as MicroUsd) : measure === 'tokens' ? 15 : 1
    const { reserve } = limiterWith('application', { ...NO_LIMITS, [field]: cap })
    for (let i = 0; i < 5; i++) {
      const held = reserve(ASK)
      expect(held.kind).toBe('granted')
      expect(reserve(ASK).kind).toBe('refused')
      if (held.kind === 'granted') held.settle('1' as MicroUsd, { tokens: 1, model: 'remote/gpt' })
    }
  },
)

test('a model that did not answer gets back what was held for it', () => {
  const { reserve } = limiterWith('model', { ...NO_LIMITS, tokensPerDay: 15 })
  const held = reserve({ ...ASK, models: ['remote/gpt', 'other/gpt'] })
  if (held.kind === 'granted') held.settle('1' as MicroUsd, { tokens: 10, model: 'other/gpt' })
  expect(reserve({ ...ASK, models: ['remote/gpt'] }).kind).toBe('granted')
  expect(reserve({ ...ASK, models: ['other/gpt'] })).toMatchObject({ kind: 'refused', limit: { name: 'other/gpt' } })
})
