import { expect, test } from 'vitest'
import { Instant } from '../kernel/time.ts'
import type { Experiment, QuotePart } from './experiment.ts'
import { timeOf } from './quote-time.ts'

test('an experiment takes as long as the quickest one like it, whichever was paused', () => {
  const earlier = [took('exp_paused', 40), took('exp_quick', 2), took('exp_slower', 3)]
  expect(timeOf({ ...ask, rows: 400, earlier })).toEqual({ minutes: 8, basis: 'Time as exp_quick took.' })
})

test('one that asked others, took answers again, or came in a batch says nothing of how long this one takes', () => {
  const earlier = [
    took('exp_other', 2, { quote: { parts: [partOf('openai/b', 100)] } }),
    took('exp_reused', 2, { arms: [{ rows: 100, reused: 1 }] }),
    took('exp_batch', 2, { serving: 'batch' }),
    took('exp_open', 2, { finishedAt: null }),
  ]
  expect(timeOf({ ...ask, earlier })).toEqual({
    minutes: 0.417,
    basis: 'How long openai/a takes was not measured here: time at 2 seconds a call.',
  })
})

test('models that run in the process take no time to speak of, and judges elsewhere do', () => {
  const embedded = partOf('local/extractive', 100)
  expect(timeOf({ ...ask, parts: [embedded] })).toEqual({ minutes: 0, basis: '' })
  const judge = { ...partOf('anthropic/judge', 240), of: 'judges' as const }
  expect(timeOf({ ...ask, parts: [embedded, judge] })).toEqual({
    minutes: 1,
    basis: 'How long anthropic/judge takes was not measured here: time at 2 seconds a call.',
  })
})

const partOf = (model: string, calls: number): QuotePart => ({
  ...{ of: 'answers', model, calls },
  ...{ tokens: null, costMicroUsd: null },
})
const ask = {
  parts: [partOf('openai/a', 100)],
  rows: 100,
  concurrency: 8,
  earlier: [],
  isEmbedded: (model: string) => model.startsWith('local/'),
}

/** Two arms of fifty rows. */
const took = (id: string, minutes: number, more: object = {}) =>
  ({
    id,
    serving: 'real-time',
    quote: { parts: [partOf('openai/a', 7)] },
    arms: [
      { rows: 50, reused: 0 },
      { rows: 50, reused: 0 },
    ],
    startedAt: Instant.parse('2026-01-01T00:00:00.000Z'),
    finishedAt: Instant.parse(new Date(Date.UTC(2026, 0, 1, 0, minutes)).toISOString()),
    ...more,
  }) as unknown as Experiment
