import { createHmac, timingSafeEqual } from 'node:crypto'
import { expect, test } from 'vitest'
import { seededBytes } from '../kernel/random.ts'
import { Secret } from '../kernel/secret.ts'
import { MOST_ATTEMPTS, waitAfter } from './schedule.ts'
import { newSigningSecret, signatureHeaders } from './sign.ts'

test("the example of the specification's own libraries gives their signature", () => {
  expect(
    signatureHeaders({
      id: 'msg_p5jXN8AQM9LWM0D4loKWxJek',
      timestamp: 1614265330,
      payload: '{"test": 2432232314}',
      secrets: [new Secret('whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw')],
    }),
  ).toEqual({
    'webhook-id': 'msg_p5jXN8AQM9LWM0D4loKWxJek',
    'webhook-timestamp': '1614265330',
    'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
  })
})

test('two secrets give two signatures, and either is enough', () => {
  const secrets = [newSigningSecret(seededBytes(1)), newSigningSecret(seededBytes(2))]
  const headers = signatureHeaders({ id: 'evt_1', timestamp: 1, payload: '{}', secrets })
  const signatures = headers['webhook-signature'].split(' ').map((signature) => signature.slice('v1,'.length))
  expect(signatures).toHaveLength(2)
  for (const [at, secret] of secrets.entries()) {
    const key = Buffer.from(secret.reveal().slice('whsec_'.length), 'base64')
    expect(key).toHaveLength(32)
    const expected = createHmac('sha256', key).update('evt_1.1.{}').digest()
    expect(timingSafeEqual(expected, Buffer.from(signatures[at] ?? '', 'base64'))).toBe(true)
  }
})

test('tries come soon at first, then over three days, and end', () => {
  const waits = Array.from({ length: MOST_ATTEMPTS }, (_, n) => waitAfter(n + 1, { chance: 0 }))
  expect(waits.at(0)).toBe(5_000)
  expect(waits.at(-1)).toBeUndefined()
  const days = waits.reduce<number>((sum, wait) => sum + (wait ?? 0), 0) / 86_400_000
  expect(days).toBeGreaterThan(3)
  expect(waitAfter(1, { chance: 1 })).toBe(5_500)
  expect(waitAfter(1, { chance: 0, askedMs: 60_000 })).toBe(60_000)
  expect(waitAfter(2, { chance: 0, askedMs: 1 })).toBe(300_000)
})
