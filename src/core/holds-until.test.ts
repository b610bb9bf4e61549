import { expect, test } from 'vitest'
import { DAY, type Instant, later } from '../kernel/time.ts'
import { Check } from './check.ts'
import type { Evidence } from './evidence.ts'
import { lookAt, type Snapshot } from './gate.ts'
import { holdsUntil } from './holds-until.ts'
import type { Waiver } from './verdict.ts'

const NOW = '2026-03-10T12:00:00.000Z' as Instant

const checkOf = (more: Record<string, unknown> = {}): Check =>
  Check.parse({
    ...{ id: 'eval.smoke', title: 'It answers', pillar: 'development', tier: 'A', rationale: 'why', howto: 'Run it.' },
    ...{ standards: [], requires: [{ fact: 'done', label: 'done', equals: true }], minimumTrust: 'measured' },
    ...{ maxAgeDays: null, boundTo: ['prompt'], signs: null, mode: 'auto', notApplicableWhen: null },
    effort: { who: 'machine', minutes: 5 },
    ...more,
  })

const evidenceOf = (daysAgo: number): Evidence => ({
  ...{ id: `evi_${String(daysAgo).padStart(26, '0')}` as Evidence['id'], organisation: 'default' },
  ...{ application: 'shop' as Evidence['application'], release: null, check: 'eval.smoke', summary: 'Done.' },
  ...{ facts: { done: { value: true } }, inputs: [], producer: { name: 'evals', version: '1' }, trust: 'measured' },
  ...{ by: 'act_1' as Evidence['by'], duty: null, source: null, costMicroUsd: '0' as Evidence['costMicroUsd'] },
  ...{ example: false, at: later(NOW, -daysAgo * DAY) },
})

const waiverOf = (state: Waiver['state'], days: number) =>
  ({ check: 'eval.smoke', state, until: later(NOW, days * DAY), reason: 'soon', decidedBy: 'grace' }) as Waiver

const snapshotOf = ({ check = checkOf(), ...more }: Partial<Snapshot> & { check?: Check }): Snapshot => ({
  gate: { into: 'poc', checks: [check], catalogue: { name: 'core', version: '1' }, graceDays: 90 },
  ...{ parts: [], evidence: [], waivers: [], challenges: [], inStageSince: null },
  applicability: { tier: 'A', rules: [], traits: [] },
  ...more,
})

const month = checkOf({ maxAgeDays: 30 })
test.for([
  { what: 'nothing that time changes', snapshot: snapshotOf({ evidence: [evidenceOf(1)] }), until: null },
  { what: 'no evidence', snapshot: snapshotOf({ check: month }), until: null },
  {
    what: 'evidence that grows old',
    snapshot: snapshotOf({ check: month, evidence: [evidenceOf(10)] }),
    until: later(NOW, 20 * DAY + 1),
  },
  {
    what: 'the first of several, and none that is old already',
    snapshot: snapshotOf({ check: month, evidence: [evidenceOf(5), evidenceOf(29), evidenceOf(31)] }),
    until: later(NOW, DAY + 1),
  },
  {
    what: 'a waiver that runs',
    snapshot: snapshotOf({ waivers: [waiverOf('granted', 7), waiverOf('requested', 2), waiverOf('granted', -1)] }),
    until: later(NOW, 7 * DAY),
  },
  {
    what: 'a date of the catalogue',
    snapshot: snapshotOf({ check: checkOf({ enforcement: [{ from: '2026-03-20', mode: 'enforce' }] }) }),
    until: '2026-03-20T00:00:00.000Z',
  },
  {
    what: 'the grace of a new check',
    snapshot: snapshotOf({
      check: checkOf({ since: '2026-03-01' }),
      inStageSince: '2026-01-01T00:00:00.000Z' as Instant,
    }),
    until: '2026-05-30T00:00:00.000Z',
  },
])('$what: until $until, when the gate says something else', ({ snapshot, until }) => {
  expect(holdsUntil(snapshot, NOW)).toBe(until)
  if (until === null) return
  const verdicts = (at: Instant) =>
    lookAt(snapshot, at).findings.map(({ verdict, enforcement }) => [verdict, enforcement])
  expect(verdicts(later(until as Instant, -1))).toEqual(verdicts(NOW))
})
