import { expect, test } from 'vitest'
import { digestOf } from '../kernel/digest.ts'
import { DAY, type Instant, later } from '../kernel/time.ts'
import type { Applicability } from './applicability.ts'
import type { Challenge } from './challenge.ts'
import { Check, type Gate } from './check.ts'
import type { Evidence, Fact } from './evidence.ts'
import { judge, type Snapshot } from './gate.ts'
import type { Part } from './manifest.ts'
import type { Verdict, Waiver } from './verdict.ts'

const NOW = '2026-03-10T00:00:00.000Z' as Instant
const part = (kind: Part['kind'], name: string, content = name): Part => ({ kind, name, digest: digestOf(content) })
const PARTS = [part('prompt', 'answer'), part('model', 'reader'), part('flow', 'main')]
const ANY: Applicability = { tier: 'A', rules: [], traits: [] }

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
  const gate: Gate = { into: 'poc', checks: [check], catalogue: { name: 'test', version: '1' }, graceDays: 90 }
  const bare = { evidence: [], waivers: [], challenges: [], applicability: ANY, inStageSince: null }
  return { gate, parts: PARTS, ...bare, ...rest }
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
  { drop: undefined, verdict: 'INCONCLUSIVE' },
])('a bound of the interval is compared where the check says so: $drop is $verdict', ({ drop, verdict }) => {
  const check = checkOf({ requires: [{ fact: 'drop', label: 'drop', atMost: 0.05, bound: 'high' }] })
  const fact: Fact = {
    value: 0.01,
    ...(drop && { interval: { low: drop[0] ?? 0, high: drop[1] ?? 0, method: 'x', sides: 2, level: 0.95 } }),
  }
  expect(findingOf(snapshotOf({ check, evidence: [evidenceOf({ facts: { drop: fact } })] })).verdict).toBe(verdict)
})

test('a rule that holds makes the check not applicable and opens the gate', () => {
  const decision = judge(snapshotOf({ applicability: { ...ANY, traits: ['release-is-baseline'] } }), NOW)
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
  compensatingControl: 'read by hand',
  state: 'granted',
  requestedBy: 'ada',
  requestedAt: NOW,
  decidedBy: 'grace',
  decidedAt: NOW,
  endedBy: null,
  endedAt: null,
  endReason: null,
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

const challengeOf = (evidence: Evidence, state: Challenge['state']): Challenge => ({
  id: 'cha_1' as Challenge['id'],
  organisation: 'default',
  application: 'shop',
  evidence: evidence.id,
  check: evidence.check,
  reason: 'The cases were chosen by hand.',
  state,
  by: 'act_2' as Challenge['by'],
  at: NOW,
  answer: null,
  answeredBy: null,
  answeredAt: null,
})
test.for([
  ['open', 'INCONCLUSIVE', /in doubt: The cases were chosen by hand/],
  ['upheld', 'MISSING', /Nothing is recorded/],
  ['dismissed', 'PASS', /beats/],
  ['withdrawn', 'PASS', /beats/],
] as const)('a challenge that is %s makes a check that passed %s', ([state, verdict, why]) => {
  const evidence = evidenceOf()
  const finding = findingOf(snapshotOf({ evidence: [evidence], challenges: [challengeOf(evidence, state)] }))
  expect(finding.verdict).toBe(verdict)
  expect(finding.why.join(' ')).toMatch(why)
})

test.for([
  { cases: 40, verdict: 'FAIL' },
  { cases: 79, verdict: 'FAIL' },
  { cases: 80, verdict: 'PASS' },
])('after a FAIL, a repetition with $cases cases in place of 40 is $verdict', ({ cases, verdict }) => {
  const check = checkOf({ confirmedBy: { fact: 'cases', factor: 2 } })
  const failed = evidenceOf({ facts: facts(40, -1), at: later(NOW, -2 * DAY) })
  const again = evidenceOf({ facts: facts(cases, 1) })
  const finding = findingOf(snapshotOf({ check, evidence: [failed, again] }))
  expect(finding).toMatchObject({ verdict, runs: 2 })
  // A repetition on other parts is no repetition.
  const changed = evidenceOf({ facts: facts(40, 1), inputs: [part('prompt', 'answer')] })
  expect(findingOf(snapshotOf({ check, evidence: [failed, changed] })).verdict).toBe('PASS')
})

test('a check that only warns is shown as it is and does not hold the gate', () => {
  const check = checkOf({
    enforcement: [
      { from: '2026-01-01', mode: 'warn' },
      { from: '2026-04-01', mode: 'enforce' },
    ],
  })
  const decision = judge(snapshotOf({ check }), NOW)
  expect(decision).toMatchObject({
    decision: 'open',
    findings: [{ verdict: 'MISSING', enforcement: { mode: 'warn', until: '2026-04-01' } }],
  })
  expect(judge(snapshotOf({ check }), '2026-04-01T00:00:00.000Z' as Instant).decision).toBe('held')
})

test('a new check warns for ninety days where the stage was reached before it', () => {
  const check = checkOf({ since: '2026-03-01' })
  const before = snapshotOf({ check, inStageSince: '2026-01-01T00:00:00.000Z' as Instant })
  expect(findingOf(before).enforcement).toMatchObject({ mode: 'warn', until: '2026-05-30' })
  expect(judge(before, later(NOW, 100 * DAY)).decision).toBe('held')
  expect(judge({ ...before, inStageSince: NOW }, NOW).decision).toBe('held')
})

test('an approval is bound to every other verdict and goes stale with one', () => {
  const approval = checkOf({
    id: 'appr.pilot',
    requires: [{ fact: 'quorum', label: 'quorum', equals: true }],
    boundTo: ['release', 'gate'],
    notApplicableWhen: null,
  })
  const gate: Gate = {
    into: 'poc',
    checks: [approval, checkOf()],
    catalogue: { name: 'test', version: '1' },
    graceDays: 90,
  }
  const measured = evidenceOf()
  const bare = judge(snapshotOf({ gate, evidence: [measured] }), NOW)
  const signed = evidenceOf({
    check: 'appr.pilot',
    facts: { quorum: { value: true } },
    inputs: [{ kind: 'gate', name: 'poc', digest: bare.verdictsDigest }],
  })
  expect(judge(snapshotOf({ gate, evidence: [measured, signed] }), NOW).decision).toBe('open')
  const worse = evidenceOf({ facts: facts(40, -1), at: NOW })
  const [finding] = judge(snapshotOf({ gate, evidence: [measured, signed, worse] }), NOW).findings
  expect(finding).toMatchObject({ check: 'appr.pilot', verdict: 'STALE' })
})

test('a pillar in which nothing was ever recorded holds production, whatever was waived', () => {
  const gate: Gate = {
    into: 'production',
    checks: [checkOf({ notApplicableWhen: null })],
    catalogue: { name: 'test', version: '1' },
    graceDays: 90,
  }
  const waivers = [waiverOf({ into: 'production' })]
  expect(judge(snapshotOf({ gate, waivers }), NOW)).toMatchObject({
    decision: 'held',
    neverVisited: expect.arrayContaining(['people', 'development']),
  })
})
