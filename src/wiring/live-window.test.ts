import { expect, test } from 'vitest'
import { DRILL_MARK } from '../core/fault.ts'
import type { Settled } from '../telemetry/index.ts'
import { createLiveWindow } from './live-window.ts'

const settled = (change: Partial<Settled> = {}): Settled =>
  ({
    status: 'complete',
    httpStatus: 200,
    errorCode: null,
    latencyMs: 20,
    firstTokenMs: null,
    overheadMs: 0.5,
    servedBy: 'a/m',
    steps: [],
    metadata: {},
    ...change,
  }) as Settled

test('the last seconds are counted by outcome, and what is older goes', () => {
  let now = 100_000
  const live = createLiveWindow({ nowMs: () => now })
  live.observe(settled({ status: 'errored', httpStatus: 502, metadata: { [DRILL_MARK]: 'provider-503' } }))
  for (const latencyMs of [10, 20, 30]) live.observe(settled({ latencyMs, firstTokenMs: latencyMs / 10 }))
  now += 1_000
  live.observe(settled({ status: 'errored', httpStatus: 502, errorCode: 'models.stream-cut', servedBy: 'b/m' }))
  const attributes = { 'airworthy.guardrail.verdict': 'redacted', 'airworthy.guardrail.count': 2 }
  const said = { id: 'mail', kind: 'guardrail', attributes } as unknown as Settled['steps'][number]
  live.observe(settled({ status: 'cancelled', httpStatus: 499, steps: [said] }))
  now += 1_000
  expect(live.read().window).toEqual({
    seconds: 10,
    requests: 5,
    cancelled: 1,
    errors: { 'models.stream-cut': 1 },
    servedBy: { 'a/m': 4, 'b/m': 1 },
    guardrails: { 'mail redacted': 1 },
    latencyMs: { p50: 20, p95: 30, p99: 30 },
    firstTokenMs: { p50: 2, p95: 3, p99: 3 },
    overheadMs: { p50: 0.5, p95: 0.5, p99: 0.5 },
  })
  expect(live.read().perSecond.slice(-2)).toEqual([3, 2])
  now += 10_000
  expect(live.read()).toMatchObject({ window: { requests: 0, latencyMs: null } })
  expect(live.read().perSecond.reduce((sum, count) => sum + count)).toBe(5)
  now += 60_000
  expect(live.read().perSecond.every((count) => count === 0)).toBe(true)
})
