import { describe, expect, test } from 'vitest'
import { type ArmEvent, countEvent, type EventStep, eventEProcess, logEventEvidence } from './event-e-process.ts'
import { unitsWithoutEventNeeded } from './one-arm-ceiling.ts'
import { riskRatioSequence } from './risk-ratio-sequence.ts'

const event = (arm: 'canary' | 'control', weight: number): ArmEvent => ({ arm, weight })

test('knows the whole process from two counts a weight', () => {
  const events = [event('canary', 0.05), event('control', 0.05), event('canary', 0.5), event('canary', 0.05)]
  const steps = events.reduce<readonly EventStep[]>(countEvent, [])

  expect(steps).toEqual([
    { weight: 0.05, canary: 2, control: 1 },
    { weight: 0.5, canary: 1, control: 0 },
  ])
  expect(logEventEvidence({ steps })).toBeCloseTo(eventEProcess({ events }).logE.at(-1) ?? Number.NaN, 12)
})

test('starts with no evidence and learns nothing while one arm has all the traffic', () => {
  expect(logEventEvidence({ steps: [] })).toBeCloseTo(0, 12)
  expect(logEventEvidence({ steps: [{ weight: 1, canary: 50, control: 0 }] })).toBeCloseTo(0, 12)
})

test('stays finite where the product of the factors would overflow', () => {
  const logE = logEventEvidence({ steps: [{ weight: 0.01, canary: 100_000, control: 10 }] })
  expect(logE).toBeGreaterThan(1000)
  expect(logE).toBeLessThan(Number.POSITIVE_INFINITY)
})

test('has mean 1 when the canary is as risky as the null ratio says', () => {
  const events = 12
  for (const nullRatio of [1, 1.5]) {
    const share = (0.2 * nullRatio) / (0.2 * nullRatio + 0.8)
    let mean = 0
    let ways = 1
    for (let canary = 0; canary <= events; canary += 1) {
      const control = events - canary
      const logE = logEventEvidence({ steps: [{ weight: 0.2, canary, control }], nullRatio })
      mean += ways * share ** canary * (1 - share) ** control * Math.exp(logE)
      ways *= control / (canary + 1)
    }
    expect(mean).toBeCloseTo(1, 10)
  }
})

test('falls as the null ratio grows', () => {
  const steps = [{ weight: 0.25, canary: 40, control: 60 }]
  const evidence = [0.5, 1, 1.5, 3, 10].map((nullRatio) => logEventEvidence({ steps, nullRatio }))
  expect(evidence).toEqual(evidence.toSorted((a, b) => b - a))
})

test('encloses the observed risk ratio, the more tightly the more events there are', () => {
  const widths = [1, 4, 16, 64].map((times) => {
    const { low, high } = riskRatioSequence({ steps: [{ weight: 0.5, canary: 20 * times, control: 10 * times }] })
    expect(low).toBeLessThan(2)
    expect(high).toBeGreaterThan(2)
    return Math.log((high ?? Number.NaN) / low)
  })
  expect(widths).toEqual(widths.toSorted((a, b) => b - a))
})

test('excludes no risk ratio without an event', () => {
  expect(riskRatioSequence({ steps: [] })).toEqual({ low: 0, high: null })
  expect(riskRatioSequence({ steps: [{ weight: 1, canary: 9, control: 0 }] })).toEqual({ low: 0, high: null })
})

describe('A/A rollouts with a look after every event', () => {
  const RAMP = [
    { weight: 0.01, until: 0.25 },
    { weight: 0.05, until: 0.5 },
    { weight: 0.25, until: 0.75 },
    { weight: 0.5, until: 1 },
  ]

  test.for([
    { traffic: 'a constant weight of one half', steps: [{ weight: 0.5, until: 1 }], seed: 11 },
    { traffic: 'a constant weight of one twentieth', steps: [{ weight: 0.05, until: 1 }], seed: 12 },
    { traffic: 'a ramp from 1 to 50 %', steps: RAMP, seed: 13 },
  ])('alarm at most at the level alpha under $traffic', ({ steps, seed }) => {
    const random = mulberry32(seed)
    const alpha = 0.05
    const rollouts = 1500
    const events = 120
    let alarms = 0
    for (let rollout = 0; rollout < rollouts; rollout += 1) {
      const drawn = Array.from({ length: events }, (_, i) => {
        const weight = steps.find(({ until }) => i < until * events)?.weight ?? Number.NaN
        return event(random() < weight ? 'canary' : 'control', weight)
      })
      if (eventEProcess({ events: drawn, alpha }).firstCrossing !== undefined) alarms += 1
    }
    expect(alarms / rollouts).toBeLessThanOrEqual(alpha)
  })

  test('alarm within a dozen events when the canary fails always', () => {
    const events = Array.from({ length: 12 }, () => event('canary', 0.5))
    expect(eventEProcess({ events, alpha: 0.01 }).firstCrossing).toBe(11)
  })
})

test.for([
  { ceiling: 0.01, a: 1, b: 1, isTruncated: false, units: 984 },
  { ceiling: 0.02, a: 1, b: 1, isTruncated: false, units: 451 },
  { ceiling: 0.01, a: 0.5, b: 50, isTruncated: false, units: 409 },
  { ceiling: 0.02, a: 0.5, b: 50, isTruncated: false, units: 187 },
  { ceiling: 0.01, a: 1, b: 1, isTruncated: true, units: 449 },
  { ceiling: 0.02, a: 1, b: 1, isTruncated: true, units: 224 },
  { ceiling: 0.01, a: 0.5, b: 50, isTruncated: true, units: 367 },
  { ceiling: 0.02, a: 0.5, b: 50, isTruncated: true, units: 178 },
])('needs $units units without an event below $ceiling with beta($a, $b)', ({ units, ...bet }) => {
  expect(unitsWithoutEventNeeded(bet)).toBe(units)
})

/** A small seeded generator (Tommy Ettinger's mulberry32): the simulations are the same every time. */
function mulberry32(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}
