/** The calendar, its file, and what reviews and the plan of the end say, as tables. */
import { expect, test } from 'vitest'
import type { Application } from '../../core/application.ts'
import { digestOf } from '../../kernel/digest.ts'
import type { Instant } from '../../kernel/time.ts'
import { retirementDraft, reviewDraft } from './answers.ts'
import { calendarOf } from './calendar.ts'
import { entriesOf, inOrder, type Known } from './due.ts'
import type { Review } from './review.ts'

const now = '2026-12-01T10:00:00.000Z' as Instant
const review: Review = {
  id: 'rev_01k9zzzzzzzzzzzzzzzzzzzzzz',
  organisation: 'default',
  application: 'shop',
  heldAt: '2026-10-01T00:00:00.000Z' as Instant,
  sheet: { at: now, figures: { kpis: [], risks: [], access: [], waivers: [], cost: [] } },
  notes: { kpis: 'Reached.', risks: 'Fine.', access: 'Fine.', waivers: 'None.', cost: 'Less.' },
  decision: 'keep',
  reasons: 'It pays.',
  people: ['Grace'],
  actions: [
    { text: 'Ask customers', owner: 'Ada', dueOn: '2026-11-20', doneAt: null },
    { text: 'Done', owner: 'Ada', dueOn: '2026-11-20', doneAt: now },
  ],
  by: 'act_01k9zzzzzzzzzzzzzzzzzzzzzz',
  example: false,
}
const known: Known = {
  application: 'shop',
  since: '2026-09-01T00:00:00.000Z' as Instant,
  isInProduction: true,
  models: [
    { model: 'openai/gpt-9', endsOn: '2027-01-15' },
    { model: 'openai/gpt-8', endsOn: null },
  ],
  waivers: [{ id: 'wai_1', check: 'perf.load', until: '2026-12-05T08:00:00.000Z' as Instant, release: 'rel_1' }],
  evidence: [{ id: 'evi_1', check: 'eval.quality', at: '2026-11-10T00:00:00.000Z' as Instant, maxAgeDays: 30 }],
  reviews: [review],
  deadlines: [{ incident: 'inc_1', title: 'GDPR, Art 33(1): leak', dueAt: '2026-12-03T10:00:00.000Z' as Instant }],
  pilotStartsOn: null,
  endsOn: '2028-01-01',
}

test('each date follows from a record, the nearest first and what is over before it', () => {
  expect(inOrder(entriesOf(known), now).map(({ kind, on, inDays }) => [kind, on, inDays])).toEqual([
    ['action-due', '2026-11-20', -11],
    ['incident-deadline', '2026-12-03', 2],
    ['waiver-ends', '2026-12-05', 4],
    ['evidence-ages', '2026-12-10', 9],
    ['review-due', '2027-01-01', 31],
    ['model-ends', '2027-01-15', 45],
    ['application-ends', '2028-01-01', 396],
  ])
  const dueWith = (change: Partial<Known>) =>
    entriesOf({ ...known, ...change }).find(({ kind }) => kind === 'review-due')?.on
  expect(dueWith({ reviews: [] })).toBe('2026-12-02')
  expect(dueWith({ isInProduction: false })).toBeUndefined()
})

test('the file has whole days, escaped texts, folded lines, and the same names each time', () => {
  const entries = [
    {
      ...{ id: 'waiver-ends wai_1', kind: 'waiver-ends' as const, on: '2026-12-31', application: 'shop' },
      title: 'The waiver of perf.load ends; renew, or \\ meet it — ünïcödé ünïcödé ünïcödé ünïcödé',
      ...{ todo: 'First line\nsecond line', href: '/releases/rel_1' },
    },
  ]
  const file = calendarOf(entries, { now, baseUrl: 'https://a.example' })
  expect(file).toBe(calendarOf(entries, { now, baseUrl: 'https://a.example' }))
  const lines = file.split('\r\n')
  expect(lines.every((line) => Buffer.byteLength(line) <= 75)).toBe(true)
  expect(file.endsWith('END:VCALENDAR\r\n')).toBe(true)
  const unfolded = file.replaceAll('\r\n ', '')
  expect(unfolded).toContain('DTSTART;VALUE=DATE:20261231\r\nDTEND;VALUE=DATE:20270101\r\n')
  expect(unfolded).toContain('DTSTAMP:20261201T100000Z\r\n')
  expect(unfolded).toContain(
    'SUMMARY:shop: The waiver of perf.load ends\\; renew\\, or \\\\ meet it — ünïcödé ünïcödé ünïcödé ünïcödé\r\n',
  )
  expect(unfolded).toContain('DESCRIPTION:First line\\nsecond line\r\n')
})

test('a review counts when each part was gone through and something was decided', () => {
  const facts = (change: Partial<Review>) =>
    Object.values(reviewDraft({ ...review, ...change }).facts).map(({ value }) => value)
  expect(facts({})).toEqual([true, true])
  expect(facts({ notes: { ...review.notes, cost: ' ' } })).toEqual([false, true])
  expect(facts({ decision: null })).toEqual([true, false])
})

const PLAN = { triggers: ['x'], usersTold: 'x', dataDeleted: 'x', recordsKept: 'x', owner: 'x' }

test.for([
  { plan: PLAN, models: known.models, days: 44, exists: true },
  { plan: PLAN, models: known.models.slice(1), days: null, exists: true },
  { plan: { ...PLAN, owner: 'TODO' }, models: [], days: 36_500, exists: false },
  { plan: undefined, models: [], days: 36_500, exists: false },
])('with $models the first model ends in $days days, and the plan is $exists', ({ plan, models, days, exists }) => {
  const documents = (plan ? { retirement: { digest: digestOf(plan), value: plan } } : {}) as Application['documents']
  const about = { application: 'shop', by: review.by }
  const { facts } = retirementDraft(about, { documents, models, now })
  expect([facts.daysToModelEnd?.value, facts.planExists?.value]).toEqual([days, exists])
})
