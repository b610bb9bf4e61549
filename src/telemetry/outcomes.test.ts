import { expect, test } from 'vitest'
import { Instant } from '../kernel/time.ts'
import type { Feedback } from './index.ts'
import { outcomesOf, outcomesOfFeedback } from './index.ts'
import { example, release, rollout } from './settled.example.ts'

const values = (change: Parameters<typeof example>[0]) =>
  Object.fromEntries(outcomesOf(example(change)).map(({ metric, value }) => [metric, value]))
const fine = {
  ...{
    error: 0,
    'latency-ms': 42.5,
    'cost-micro-usd': 12.5,
    'session-cost-micro-usd': 12.5,
    'invalid-citation': 0,
    'guardrail-hit': 0,
    abstained: 0,
    refused: 0,
    escalated: 0,
  },
}
const HELD = {
  ...{ id: 'oversight', name: 'hold for a person', kind: 'hold', startedAt: '2026-03-01T10:00:00.000Z' },
  ...{ durationMs: 0, attributes: {}, error: null },
}
const GUARD = (verdict: string, count: number) => ({
  ...{ id: 'mail', name: 'apply_guardrail mail', kind: 'guardrail', startedAt: '2026-03-01T10:00:00.000Z' },
  ...{ durationMs: 0, error: null },
  attributes: { 'airworthy.guardrail.verdict': verdict, 'airworthy.guardrail.count': count },
})
const { 'cost-micro-usd': _, ...withoutPrice } = fine

test.for([
  ['a complete answer gives one of each', {}, fine],
  ['an abstention is counted', { abstained: true }, { ...fine, abstained: 1 }],
  [
    'a citation that points nowhere is counted',
    { invalidCitations: ['[7]', '[8]'] },
    { ...fine, 'invalid-citation': 1 },
  ],
  ['a refusal is counted', { finishReason: 'refusal' }, { ...fine, refused: 1 }],
  ['an answer that waits for a person is counted', { steps: [HELD] }, { ...fine, escalated: 1 }],
  ['what a guardrail took out is a hit', { steps: [GUARD('redacted', 2)] }, { ...fine, 'guardrail-hit': 1 }],
  ['a guardrail that found nothing is none', { steps: [GUARD('passed', 0)] }, fine],
  ['what the filter of a provider cut off is one too', { finishReason: 'filtered' }, { ...fine, 'guardrail-hit': 1 }],
  ['a stream has a first token', { stream: true, firstTokenMs: 7 }, { ...fine, 'first-token-ms': 7 }],
  [
    'an unknown price is no cost of nothing',
    { costMicroUsd: null },
    { ...withoutPrice, 'session-cost-micro-usd': null },
  ],
  [
    'what broke is an error and no quick answer',
    { status: 'errored', latencyMs: 1 },
    { error: 1, 'session-cost-micro-usd': 12.5 },
  ],
  ['what the client gave up says nothing', { status: 'cancelled' }, {}],
  ['without a rollout nothing is observed', { rollout: null }, {}],
  ['a model used directly is no arm', { rollout: null, release: null, arm: null }, {}],
] as const)('%s', ([, change, expected]) => {
  expect(values(change as Parameters<typeof example>[0])).toEqual(expected)
})

test('an outcome names its trace, arm, share and unit, at the moment the answer ended', () => {
  const event = example({ at: Instant.parse('2026-03-01T10:00:00.000Z') })
  expect(outcomesOf(event)[0]).toEqual({
    eventId: `${event.traceId}:error`,
    rollout: rollout.id,
    release,
    arm: 'candidate',
    share: 0.2,
    unit: event.unit,
    metric: 'error',
    value: 0,
    at: '2026-03-01T10:00:00.042Z',
  })
})

test.for([
  ['helpful', true, 'feedback.unhelpful', 0],
  ['helpful', false, 'feedback.unhelpful', 1],
  ['helpful', 0.25, 'feedback.unhelpful', 0.75],
  ['low-token-f1', true, 'feedback.low-token-f1', 1],
  ['low-token-f1', 0, 'feedback.low-token-f1', 0],
  ['kpi-solved', true, 'missed-kpi.solved', 0],
  ['tone', 'rude', undefined, undefined],
] as const)('feedback %s = %s becomes %s = %s', ([name, value, metric, amount]) => {
  const feedback = { name, value, at: '2026-03-01T10:00:00.000Z' } as unknown as Feedback
  const [outcome] = outcomesOfFeedback(feedback, example())
  expect(outcome?.metric).toBe(metric)
  expect(outcome?.value).toBe(amount)
})
