/** What begins an alert, what ends it, and what does neither. */
import { expect, test } from 'vitest'
import type { RaisedAlert } from './alert.ts'
import { type QuotaUse, quotaSignals, saidBackSignals } from './provider-signals.ts'
import { changesOf, documentsSignal, type Signal, signalsOf, swapSignals } from './signals.ts'

const actual = {
  value: 30,
  n: 12,
  low: null,
  high: null,
  measuredAt: '2026-11-01T00:00:00.000Z' as never,
  source: 'log',
}
const kpi = (state: 'alert' | 'stop' | 'old' | 'on-its-way' | 'not-measured') => ({
  ...{ name: 'Hours to an answer', state, unit: 'h', alertAt: 24, killAt: 48 },
  actual: state === 'not-measured' ? null : actual,
})
const source = (isOverdue: boolean) => ({ name: 'help pages', dueOn: '2026-11-02', isOverdue })
const open = (kind: RaisedAlert['kind'], subject = '') =>
  ({ id: `alt_${kind}`, kind, subject }) as unknown as RaisedAlert

test.for([
  { of: 'a crossed line', kpis: [kpi('alert')], sources: [], firing: ['kpi'] },
  { of: 'the line at which to stop', kpis: [kpi('stop')], sources: [], firing: ['kpi'] },
  { of: 'a value that is over-due', kpis: [kpi('old')], sources: [], firing: ['kpi-old'] },
  { of: 'a value on its way', kpis: [kpi('on-its-way')], sources: [], firing: [] },
  { of: 'a KPI that nobody measured', kpis: [kpi('not-measured')], sources: [], firing: [] },
  { of: 'a source past its day', kpis: [], sources: [source(true)], firing: ['freshness'] },
  { of: 'a fresh source', kpis: [], sources: [source(false)], firing: [] },
])('$of fires $firing', ({ kpis, sources, firing }) => {
  const found = signalsOf({ alerts: [], kpis, sources }).filter(({ state }) => state === 'firing')
  expect(found.map(({ kind }) => kind)).toEqual(firing)
})

test.for([
  ['open', ['r3']],
  ['worse', ['r3 worse']],
  ['none', []],
  ['better', []],
  ['equivalent', []],
  ['undecided', []],
] as const)('a swap whose probes say %s fires %s', ([verdict, firing]) => {
  const found = swapSignals(3, { changed: ['answer'], verdict }).filter(({ state }) => state === 'firing')
  expect(found.map(({ subject }) => subject)).toEqual(firing)
})

test('documents that fail are named with why, and those that do not are quiet', () => {
  expect(documentsSignal(2, ['3 of 9 passages repeat.'])).toMatchObject({
    state: 'firing',
    says: '3 of 9 passages repeat.',
  })
  expect(documentsSignal(2, [])).toMatchObject({ state: 'quiet', subject: 'r2' })
})

const use = (share: number | null, more: Partial<QuotaUse> = {}): QuotaUse => ({
  ...{ target: 'openai/gpt', credential: null, counted: 'requests', per: 'minute', limit: 500, share, from: 'read' },
  ...more,
})

test.for([
  { of: 'four fifths', uses: [use(0.8)], states: ['firing'] },
  { of: 'less', uses: [use(0.79)], states: ['quiet'] },
  { of: 'what nobody knows', uses: [use(null)], states: ['unknown'] },
  {
    of: 'what was said beside what was declared',
    uses: [use(null, { from: 'declared' }), use(0.9)],
    states: ['firing'],
  },
  { of: 'a provider as a whole', uses: [use(0.9, { target: 'openai' })], states: ['firing'] },
  { of: 'a model that nobody asked', uses: [use(0.9, { target: 'openai/gpt-other' })], states: [] },
  {
    of: 'each key by itself',
    uses: [use(0.9, { credential: 'a' }), use(0.1, { credential: 'b' })],
    states: ['firing', 'quiet'],
  },
])('of a quota $of is $states', ({ uses, states }) => {
  expect(quotaSignals(uses, ['openai/gpt'], 0.8).map(({ state }) => state)).toEqual(states)
})

test('a key that was said back is told to those that ask its provider', () => {
  const said = [{ provider: 'openai', credential: 'first', at: '2026-11-01T10:20:30.000Z' as never }]
  expect(saidBackSignals(said, ['openai/gpt'])).toMatchObject([{ kind: 'key', subject: 'openai', state: 'firing' }])
  expect(saidBackSignals(said, ['openai-other/gpt'])).toEqual([])
})

const signal = (kind: Signal['kind'], state: Signal['state'], subject = ''): Signal => ({
  ...{ kind, state, subject, title: kind, says: kind },
})

test.for<{ now: string; open: RaisedAlert[]; signals: Signal[]; begin: string[]; end: string[] }>([
  { now: 'it fires', open: [], signals: [signal('errors', 'firing')], begin: ['errors'], end: [] },
  { now: 'it still fires', open: [open('errors')], signals: [signal('errors', 'firing')], begin: [], end: [] },
  { now: 'it is quiet', open: [open('errors')], signals: [signal('errors', 'quiet')], begin: [], end: ['alt_errors'] },
  { now: 'nobody can tell', open: [open('errors')], signals: [signal('errors', 'unknown')], begin: [], end: [] },
  {
    now: 'another source fires',
    open: [open('freshness', 'a')],
    signals: [signal('freshness', 'firing', 'b')],
    begin: ['freshness'],
    end: ['alt_freshness'],
  },
  { now: 'the KPI is gone', open: [open('kpi', 'a')], signals: [], begin: [], end: ['alt_kpi'] },
])('when $now, $begin begins and $end ends', ({ open: lasting, signals, begin, end }) => {
  const changes = changesOf(lasting, signals)
  expect([changes.begin.map(({ kind }) => kind), changes.end.map(({ id }) => id)]).toEqual([begin, end])
})
