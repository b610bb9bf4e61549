/** Which period an event belongs to, and what the events of one come to. */
import { expect, test } from 'vitest'
import type { Instant } from '../../kernel/time.ts'
import { KpiPreset } from '../charter/presets.ts'
import { closedPeriods, comesTo, periodOf } from './period.ts'

const on = (text: string) => `${text}:00.000Z` as Instant

test.for([
  ['a week begins on Monday', {}, '2026-11-22T23:59', '2026-11-16', '2026-11-23'],
  ['the first moment of a week is in it', {}, '2026-11-23T00:00', '2026-11-23', '2026-11-30'],
  ['each day', { everyDays: 1 }, '2026-11-22T12:00', '2026-11-22', '2026-11-23'],
  ['before the grid began', {}, '2023-12-31T12:00', '2023-12-25', '2024-01-01'],
] as const)('%s', ([, kpi, at, from, until]) => {
  expect(periodOf(kpi, on(at))).toEqual({ from: on(`${from}T00:00`), until: on(`${until}T00:00`) })
})

test('a period is over with its last moment, and each is told once, the oldest first', () => {
  const happened = ['2026-11-18T08:00', '2026-11-10T08:00', '2026-11-11T08:00'].map(on)
  const from = (now: string) => closedPeriods({}, happened, on(now)).map((one) => one.from.slice(0, 10))
  expect(from('2026-11-22T23:59')).toEqual(['2026-11-09'])
  expect(from('2026-11-23T00:00')).toEqual(['2026-11-09', '2026-11-16'])
})

const preset = (operation: KpiPreset['operation']) =>
  KpiPreset.parse({
    ...{ id: operation, family: 'cost', name: '', title: '', unit: '', better: 'lower', formula: '' },
    ...{ operation, column: 'x', equals: null, example: '' },
  })
const PRESETS = [preset('median'), preset('per-distinct')]
const numbers = (...values: number[]) => values.map((value) => ({ value, isYesOrNo: false }))
const answers = (...values: number[]) => values.map((value) => ({ value, isYesOrNo: true }))

test.for([
  ['numbers are their mean', {}, numbers(1, 2, 6), 3, true],
  ['yes and no is a share', {}, answers(1, 1, 1, 0), 0.75, true],
  ['as the preset has it', { preset: 'median' }, numbers(1, 2, 9), 2, false],
  ['a preset that needs a second column', { preset: 'per-distinct' }, numbers(1, 3), 2, true],
  ['the KPI before its preset', { preset: 'median', fromEvents: 'sum' }, numbers(1, 2, 9), 12, false],
  ['how many there were', { fromEvents: 'count' }, answers(0, 1), 2, false],
  ['shares of shares have no interval', { fromEvents: 'share' }, numbers(0.5, 1), 0.75, false],
  ['one number says nothing of the others', {}, numbers(4), 4, false],
] as const)('%s', ([, kpi, events, value, hasInterval]) => {
  const figure = comesTo(kpi, events, PRESETS)
  expect([figure.value, figure.interval !== null]).toEqual([value, hasInterval])
})
