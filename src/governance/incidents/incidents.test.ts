/** Deadlines, moves and what sounds alike, as tables. */
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { HOUR, type Instant, later } from '../../kernel/time.ts'
import { ClockPack, clocksOf } from './clocks.ts'
import { type Harm, type Incident, IncidentMove, IncidentState, MOVES } from './incident.ts'
import { similarTo } from './similar.ts'

const pack = ClockPack.parse(
  JSON.parse(readFileSync(new URL('../../../packs/incidents/clocks.json', import.meta.url), 'utf8')),
)
const detectedAt = '2026-12-01T00:00:00.000Z' as Instant
const high = { regimes: ['eu-ai-act', 'gdpr', 'nis2'], riskClass: 'high' }

test.for([
  { harms: ['serious-health'], setting: high, due: { 'ai-act-73-serious': 360, 'ai-act-26-5': null } },
  { harms: ['death'], setting: high, due: { 'ai-act-73-death': 240, 'ai-act-26-5': null } },
  {
    harms: ['critical-infrastructure'],
    setting: high,
    due: { 'nis2-23-warning': 24, 'ai-act-73-widespread': 48, 'nis2-23-notification': 72, 'ai-act-26-5': null },
  },
  { harms: ['personal-data'], setting: high, due: { 'gdpr-33': 72, 'gdpr-34': null } },
  { harms: ['death'], setting: { regimes: ['eu-ai-act'], riskClass: 'limited' }, due: {} },
  { harms: ['personal-data'], setting: { regimes: ['nis2'], riskClass: null }, due: {} },
  { harms: ['wrong-answer', 'none-known'], setting: high, due: {} },
])('after $harms the deadlines are $due in hours', ({ harms, setting, due }) => {
  const found = clocksOf(
    { harms: harms as Harm[], detectedAt, reports: [], affectedPeople: null },
    { pack, setting, now: detectedAt },
  )
  expect(found.every(({ applies, state }) => applies === 'yes' && state === 'running')).toBe(true)
  expect(Object.fromEntries(found.map(({ id, dueAt }) => [id, dueAt]))).toEqual(
    Object.fromEntries(
      Object.entries(due).map(([id, hours]) => [id, hours === null ? null : later(detectedAt, hours * HOUR)]),
    ),
  )
})

test('what an application does not say of itself may apply, and counts until somebody rules it out', () => {
  const unknown = { regimes: [], riskClass: null }
  const ask = (reports: Incident['reports'], hours: number) =>
    clocksOf(
      { harms: ['personal-data'], detectedAt, reports, affectedPeople: null },
      { pack, setting: unknown, now: later(detectedAt, hours * HOUR) },
    ).map(({ id, applies, state }) => [id, applies, state])
  expect(ask([], 71)).toEqual([
    ['gdpr-33', 'maybe', 'running'],
    ['us-ca-1798-82-people', 'maybe', 'running'],
    ['gdpr-34', 'maybe', 'running'],
    ['us-ca-1798-82-attorney-general', 'maybe', 'waiting'],
  ])
  expect(ask([], 73)[0]).toEqual(['gdpr-33', 'maybe', 'overdue'])
  const said = (kind: 'made' | 'not-due', hours: number) => [
    {
      clock: 'gdpr-33',
      kind,
      at: later(detectedAt, hours * HOUR),
      by: 'act_01k9zzzzzzzzzzzzzzzzzzzzzz' as const,
      note: 'x',
    },
  ]
  expect(ask(said('made', 70), 80)[0]?.[2]).toBe('reported')
  expect(ask(said('made', 75), 80)[0]?.[2]).toBe('late')
  expect(ask(said('not-due', 80), 90)[0]?.[2]).toBe('not-due')
})

test('in California people hear of a breach within 30 days, and the Attorney General 15 days after them where they are many', () => {
  const people = 'us-ca-1798-82-people'
  const general = 'us-ca-1798-82-attorney-general'
  const days = (count: number) => later(detectedAt, count * 24 * HOUR)
  const report = (clock: string, kind: 'made' | 'not-due', day: number) => ({
    ...{ clock, kind, at: days(day), by: 'act_01k9zzzzzzzzzzzzzzzzzzzzzz' as const, note: 'x' },
  })
  const ask = (reports: Incident['reports'], { day = 0, affectedPeople = null as number | null } = {}) =>
    clocksOf(
      { harms: ['personal-data'], detectedAt, reports, affectedPeople },
      { pack, setting: { regimes: ['ccpa'], riskClass: null }, now: days(day) },
    ).map(({ id, applies, state, dueAt }) => [id, applies, state, dueAt])

  expect(ask([])).toEqual([
    [people, 'yes', 'running', days(30)],
    [general, 'maybe', 'waiting', null],
  ])
  expect(ask([], { day: 31, affectedPeople: 501 })).toEqual([
    [people, 'yes', 'overdue', days(30)],
    [general, 'maybe', 'waiting', null],
  ])
  expect(ask([], { affectedPeople: 500 }).map(([id]) => id)).toEqual([people])
  const told = report(people, 'made', 20)
  expect(ask([told], { day: 36 })).toEqual([
    [people, 'yes', 'reported', days(30)],
    [general, 'maybe', 'overdue', days(35)],
  ])
  expect(ask([told, report(general, 'made', 34)], { day: 36 })[1]).toEqual([general, 'maybe', 'reported', days(35)])
  expect(ask([report(people, 'not-due', 3)]).map(([id]) => id)).toEqual([people])
})

test('the moves are these and no others', () => {
  const table = IncidentState.options.flatMap((from) =>
    IncidentMove.options.map((move) => [from, move, MOVES[from][move] ?? '-']),
  )
  expect(table).toEqual([
    ['open', 'contain', 'contained'],
    ['open', 'close', 'closed'],
    ['open', 'reopen', '-'],
    ['contained', 'contain', '-'],
    ['contained', 'close', 'closed'],
    ['contained', 'reopen', 'open'],
    ['closed', 'contain', '-'],
    ['closed', 'close', '-'],
    ['closed', 'reopen', 'open'],
  ])
})

test('incidents that share their words are found, the most alike first', () => {
  const incident = (id: string, title: string, description: string) =>
    ({ id, title, description, cause: null }) as Partial<Incident> as Incident
  const own = incident('a', 'Wrong refund period', 'It told a customer ninety days for refunds.')
  const others = [
    incident('b', 'Slow answers', 'Answers took a minute on Monday.'),
    incident('c', 'Refund period was wrong', 'A customer was told sixty days for a refund.'),
    incident('d', 'Refunds in dollars', 'A customer was told dollars.'),
  ]
  expect(similarTo(own, [own, ...others]).map(({ incident: { id } }) => id)).toEqual(['c', 'd'])
})
