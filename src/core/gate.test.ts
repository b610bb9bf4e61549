import { expect, test } from 'vitest'
import { digestOf } from '../kernel/digest.ts'
import { DAY, type Instant, later } from '../kernel/time.ts'
import { Check, type Gate } from './check.ts'
import type { Evidence, Fact } from './evidence.ts'
import { judge, type Rules, type Snapshot } from './gate.ts'
import type { Part } from './manifest.ts'
import type { Verdict, Waiver } from './verdict.ts'

const NOW = '2026-03-10T00:00:00.000Z' as Instant
const part = (kind: Part['kind'], name: string, content = name): Part => ({ kind, name, digest: digestOf(content) })
const PARTS = [part('prompt', 'answer'), part('model', 'reader'), part('flow', 'main')]
const NO_RULES: Rules = { 'release-is-baseline': false, 'no-release-before': false, 'no-datasets': false }

const checkOf = (more: Record<string, unknown> = {}): Check =>
  Check.parse({
    id: 'eval.smoke',
    title: 'Beats its baseline',
    pillar: 'development',
    tier: 'A',
    rationale: 'why',
    howto: 'Run `airworthy eval`.',
    standards: [],
    requires: [
      { fact: 'cases', label: 'cases', atLeast: 30, otherwise: 'INCONCLUSIVE' },
      { fact: 'difference', label: 'difference to the baseline', above: 0 },
    ],
    minimumTrust: 'measured',
    maxAgeDays: 30,
    boundTo: ['prompt'],
    signs: null,
    mode: 'auto',
    notApplicableWhen: 'release-is-baseline',
    effort: { who: 'machine', minutes: 5 },
    ...more,
  })

let made = 0
const evidenceOf = (more: Partial<Evidence> & { facts?: Record<string, Fact> } = {}): Evidence => ({
  id: `evi_${String(++made).padStart(26, '0')}`,
  organisation: 'default',
  application: 'shop',
  release: null,
  check: 'eval.smoke',
  summary: 'It beats the baseline by 0.1.',
  facts: { cases: { value: 40 }, difference: { value: 0.1, n: 40 } },
  inputs: [part('prompt', 'answer'), part('model', 'reader')],
  producer: { name: 'evals', version: '1' },
  trust: 'measured',
  by: 'act_1' as Evidence['by'],
  duty: null,
  source: null,
  costMicroUsd: '0' as Evidence['costMicroUsd'],
  example: false,
  at: later(NOW, -DAY),
  ...more,
})
const facts = (cases: number, difference: number) => ({ cases: { value: cases }, difference: { value: difference } })

const snapshotOf = (more: Partial<Snapshot> & { check?: Check } = {}): Snapshot => {
  const { check = checkOf(), ...rest } = more
  const gate: Gate = { into: 'poc', checks: [check], catalogue: { name: 'test', version: '1' } }
  return { gate, parts: PARTS, evidence: [], waivers: [], rules: NO_RULES, ...rest }
}
const findingOf = (snapshot: Snapshot) => {
  const [finding] = judge(snapshot, NOW).findings
  if (!finding) throw new Error('One check gives one finding.')
  return finding
}

type Row = { name: string; evidence: Evidence[]; check?: Check; verdict: Verdict; why: RegExp }
test.for<Row>([
  { name: 'no evidence', evidence: [], verdict: 'MISSING', why: /Nothing is recorded/ },
  {
    name: 'evidence of too little trust',
    evidence: [evidenceOf({ trust: 'attested' })],
    verdict: 'MISSING',
    why: /only attested/,
  },
  { name: 'good evidence', evidence: [evidenceOf()], verdict: 'PASS', why: /beats the baseline/ },
  {
    name: 'a threshold that is missed',
    evidence: [evidenceOf({ facts: facts(40, 0) })],
    verdict: 'FAIL',
    why: /0.* above 0/,
  },
  {
    name: 'too few cases to say',
    evidence: [evidenceOf({ facts: facts(5, -1) })],
    verdict: 'INCONCLUSIVE',
    why: /at least 30/,
  },
  {
    name: 'a fact that is not known',
    evidence: [evidenceOf({ facts: { cases: { value: 40 } } })],
    verdict: 'INCONCLUSIVE',
    why: /not known/,
  },
  {
    name: 'a fact that is no number',
    evidence: [evidenceOf({ facts: facts(40, Number.NaN) })],
    verdict: 'FAIL',
    why: /NaN/,
  },
  {
    name: 'an input that changed',
    evidence: [evidenceOf({ inputs: [part('prompt', 'answer', 'old')] })],
    verdict: 'STALE',
    why: /The prompt answer has changed/,
  },
  {
    name: 'an input that is gone',
    evidence: [evidenceOf({ inputs: [part('dataset', 'faq')] })],
    verdict: 'STALE',
    why: /dataset faq is no longer there/,
  },
  {
    name: 'evidence that is too old',
    evidence: [evidenceOf({ at: later(NOW, -31 * DAY) })],
    verdict: 'STALE',
    why: /31 days old/,
  },
  {
    name: 'evidence exactly as old as it may be',
    evidence: [evidenceOf({ at: later(NOW, -30 * DAY) })],
    verdict: 'PASS',
    why: /./,
  },
  {
    name: 'the newest of what fits, and it is bad',
    evidence: [evidenceOf({ at: later(NOW, -2 * DAY) }), evidenceOf({ facts: facts(40, -1) })],
    verdict: 'FAIL',
    why: /-1/,
  },
  {
    name: 'fitting evidence though something newer is about another prompt',
    evidence: [evidenceOf({ at: later(NOW, -2 * DAY) }), evidenceOf({ inputs: [part('prompt', 'answer', 'new')] })],
    verdict: 'PASS',
    why: /./,
  },
])('$name is $verdict', ({ evidence, check, verdict, why }) => {
  const decision = judge(snapshotOf({ evidence, ...(check && { check }) }), NOW)
  expect(decision.decision).toBe(verdict === 'PASS' ? 'open' : 'held')
  expect(decision.findings).toMatchObject([{ verdict }])
  expect(decision.findings[0]?.why.join(' ')).toMatch(why)
  expect(decision.findings[0]?.wouldPassIf.length).toBeGreaterThan(verdict === 'PASS' ? -1 : 0)
})

test.for([
  { drop: [0.01, 0.04], verdict: 'PASS' },
  { drop: [0.01, 0.06], verdict: 'FAIL' },
  { drop: undefined, verdict: 'FAIL' },
])('a bound of the interval is compared where the check says so: $drop is $verdict', ({ drop, verdict }) => {
  const check = checkOf({ requires: [{ fact: 'drop', label: 'drop', atMost: 0.05, bound: 'high' }] })
  const fact: Fact = {
    value: 0.01,
    ...(drop && { interval: { low: drop[0] ?? 0, high: drop[1] ?? 0, method: 'x', sides: 2, level: 0.95 } }),
  }
  expect(findingOf(snapshotOf({ check, evidence: [evidenceOf({ facts: { drop: fact } })] })).verdict).toBe(verdict)
})

test('a rule that holds makes the check not applicable and opens the gate', () => {
  const decision = judge(snapshotOf({ rules: { ...NO_RULES, 'release-is-baseline': true } }), NOW)
  expect(decision).toMatchObject({ decision: 'open', findings: [{ verdict: 'NOT_APPLICABLE' }] })
})

const waiverOf = (more: Partial<Waiver> = {}): Waiver => ({
  id: 'wai_1' as Waiver['id'],
  organisation: 'default',
  application: 'shop',
  release: 'rel_1',
  into: 'poc',
  check: 'eval.smoke',
  reason: 'The pilot is internal.',
  residualRisk: 'worse answers',
  state: 'granted',
  requestedBy: 'ada',
  requestedAt: NOW,
  decidedBy: 'grace',
  decidedAt: NOW,
  until: later(NOW, DAY),
  example: false,
  ...more,
})
test.for([
  { name: 'a granted waiver', waiver: waiverOf(), verdict: 'WAIVED' },
  { name: 'a waiver that was only asked for', waiver: waiverOf({ state: 'requested' }), verdict: 'MISSING' },
  { name: 'a refused waiver', waiver: waiverOf({ state: 'refused' }), verdict: 'MISSING' },
  { name: 'a waiver that has ended', waiver: waiverOf({ until: NOW }), verdict: 'MISSING' },
  { name: 'a waiver of another check', waiver: waiverOf({ check: 'sec.secrets' }), verdict: 'MISSING' },
])('$name: $verdict', ({ waiver, verdict }) => {
  expect(findingOf(snapshotOf({ waivers: [waiver] })).verdict).toBe(verdict)
})

test('a waiver says what the verdict would be, and does not touch what passes', () => {
  expect(findingOf(snapshotOf({ waivers: [waiverOf()] })).waived).toMatchObject({ instead: 'MISSING' })
  expect(findingOf(snapshotOf({ waivers: [waiverOf()], evidence: [evidenceOf()] }))).toMatchObject({
    verdict: 'PASS',
    waived: null,
  })
})

test('the same snapshot gives the same decision, and another one another digest', () => {
  const evidence = [evidenceOf(), evidenceOf({ facts: facts(40, -1) })]
  const decision = judge(snapshotOf({ evidence }), NOW)
  expect(judge(snapshotOf({ evidence: evidence.toReversed() }), NOW)).toEqual(decision)
  expect(judge(snapshotOf({ evidence: evidence.slice(1) }), NOW).snapshotDigest).not.toBe(decision.snapshotDigest)
})
