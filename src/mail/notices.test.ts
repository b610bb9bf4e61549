import { expect, test } from 'vitest'
import { DAY, type Instant, later } from '../kernel/time.ts'
import { noticesOf, type Pending } from './notices.ts'

const NOW = '2026-12-01T00:00:00.000Z' as Instant
const NONE: Pending = { approvals: [], waivers: [], findings: [], heldAnswers: [], heldCalls: [], alerts: [] }
const inDays = (days: number) => later(NOW, days * DAY)

const approval = (days: number) => ({
  ...{ id: 'apr_1', application: 'shop', into: 'pilot', to: ['Grace'], until: inDays(days) },
})
const waiver = (state: 'requested' | 'granted' | 'refused', days: number) => ({
  ...{ id: 'wai_1', application: 'shop', check: 'eval.smoke', state, requestedBy: 'act_ada', until: inDays(days) },
  duties: { risk: 'Mary', 'business-owner': 'Grace' },
})
const finding = (change: Partial<Pending['findings'][number]>) => ({
  ...{ id: 'fnd_1', application: 'shop', title: 'It obeys', severity: 'high', owner: 'Ada', state: 'open' },
  ...{ acceptedUntil: null, updatedAt: NOW, ...change },
})

test.for<{ name: string; pending: Partial<Pending>; keys: string[]; to?: string[] }>([
  {
    name: 'an approval that was asked for',
    pending: { approvals: [approval(14)] },
    keys: ['approval apr_1 asked'],
    to: ['Grace'],
  },
  {
    name: 'one that ends soon',
    pending: { approvals: [approval(2)] },
    keys: ['approval apr_1 asked', 'approval apr_1 ends'],
  },
  { name: 'one that is over', pending: { approvals: [approval(-1)] }, keys: [] },
  {
    name: 'a waiver to decide',
    pending: { waivers: [waiver('requested', 30)] },
    keys: ['waiver wai_1 requested'],
    to: ['Mary', 'Grace'],
  },
  { name: 'one that was granted', pending: { waivers: [waiver('granted', 30)] }, keys: [] },
  {
    name: 'one near its end',
    pending: { waivers: [waiver('granted', 10)] },
    keys: ['waiver wai_1 ends 14'],
    to: ['act_ada', 'Mary', 'Grace'],
  },
  { name: 'one about to end', pending: { waivers: [waiver('granted', 1)] }, keys: ['waiver wai_1 ends 3'] },
  {
    name: 'an alert that nobody saw',
    pending: { alerts: [{ ...{ id: 'alt_1', application: 'shop', title: 'Errors', says: 'Many.' }, to: ['Olga'] }] },
    keys: ['alert alt_1'],
    to: ['Olga'],
  },
  { name: 'one that was refused', pending: { waivers: [waiver('refused', 1)] }, keys: [] },
  { name: 'a new finding', pending: { findings: [finding({})] }, keys: [`finding fnd_1 open ${NOW}`], to: ['Ada'] },
  {
    name: 'a grave one that nobody moves',
    pending: { findings: [finding({ updatedAt: inDays(-8) })] },
    keys: [`finding fnd_1 open ${inDays(-8)}`, `finding fnd_1 due ${inDays(-8)}`],
  },
  {
    name: 'a small one that nobody moves',
    pending: { findings: [finding({ severity: 'low', updatedAt: inDays(-80) })] },
    keys: [`finding fnd_1 open ${inDays(-80)}`],
  },
  {
    name: 'one that is accepted for long',
    pending: { findings: [finding({ state: 'accepted', acceptedUntil: inDays(30) })] },
    keys: [],
  },
  {
    name: 'one that is accepted no longer',
    pending: { findings: [finding({ state: 'accepted', acceptedUntil: inDays(5) })] },
    keys: [`finding fnd_1 ends ${inDays(5)}`],
  },
  { name: 'one that is gone', pending: { findings: [finding({ state: 'retested' })] }, keys: [] },
  {
    name: 'an answer that waits',
    pending: {
      heldAnswers: [{ id: 'hld_1', application: 'shop', kinds: ['refund'], until: inDays(1), overseers: ['Grace'] }],
    },
    keys: ['held hld_1'],
    to: ['Grace'],
  },
  {
    name: 'a call that waits',
    pending: {
      heldCalls: [{ id: 'clh_1', application: 'shop', tool: 'refund', until: inDays(1), overseers: ['Grace'] }],
    },
    keys: ['held clh_1'],
    to: ['Grace'],
  },
])('$name', ({ pending, keys, to }) => {
  const notices = noticesOf({ ...NONE, ...pending }, NOW)
  expect(notices.map(({ key }) => key)).toEqual(keys)
  if (to) expect(notices.at(-1)?.to).toEqual(to)
})
