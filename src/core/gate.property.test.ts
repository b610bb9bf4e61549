/** What no evidence, in whatever order and number, may do to a gate. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { digestOf } from '../kernel/digest.ts'
import { DAY, type Instant, later } from '../kernel/time.ts'
import { cases } from '../testing/properties.ts'
import { Check, type Gate } from './check.ts'
import type { Evidence } from './evidence.ts'
import { judge, type Snapshot } from './gate.ts'
import type { Part } from './manifest.ts'
import { opens, type Waiver } from './verdict.ts'

const NOW = '2026-03-10T00:00:00.000Z' as Instant
const IDS = ['eval.smoke', 'sec.attacks', 'biz.charter'] as const
const part = (name: string, content: string): Part => ({ kind: 'prompt', name, digest: digestOf(content) })
const PARTS = [part('answer', 'as it is'), part('other', 'as it is')]

const checkOf = (id: (typeof IDS)[number]): Check =>
  Check.parse({
    id,
    title: id,
    pillar: 'development',
    tier: 'A',
    rationale: 'why',
    howto: 'how',
    standards: [],
    requires: [
      { fact: 'cases', label: 'cases', atLeast: 30, otherwise: 'INCONCLUSIVE' },
      { fact: 'score', label: 'score', atLeast: 0.8, bound: id === 'sec.attacks' ? 'low' : 'value' },
    ],
    minimumTrust: id === 'biz.charter' ? 'attested' : 'imported',
    maxAgeDays: 30,
    boundTo: ['prompt'],
    signs: null,
    mode: 'auto',
    notApplicableWhen: null,
    effort: { who: 'machine', minutes: 1 },
  })

const number = () =>
  fc.oneof(fc.double({ min: 0, max: 1, noNaN: true }), fc.constantFrom(0.8, Number.NaN, Infinity, -1))
const value = () => fc.oneof({ weight: 6, arbitrary: number() }, fc.constantFrom(null, true, 'high', '1'))
const facts = () =>
  fc.dictionary(
    fc.constantFrom('cases', 'score', 'other'),
    fc.record(
      {
        value: fc.oneof(value(), fc.nat(60)),
        interval: fc.record({
          low: number(),
          high: number(),
          method: fc.constant('wilson'),
          sides: fc.constant(1 as const),
          level: fc.constant(0.95),
        }),
      },
      { requiredKeys: ['value'] },
    ),
  )

const piece = (): fc.Arbitrary<Evidence> =>
  fc
    .record({
      number: fc.nat(1_000_000),
      check: fc.constantFrom(...IDS),
      trust: fc.constantFrom('measured' as const, 'imported' as const, 'attested' as const),
      facts: facts(),
      daysAgo: fc.oneof(fc.nat(60), fc.constant(-1)),
      inputs: fc.subarray([...PARTS, part('answer', 'as it was'), part('gone', 'x')]),
    })
    .map(({ number: n, daysAgo, ...rest }) => ({
      ...rest,
      id: `evi_${String(n).padStart(26, '0')}` as Evidence['id'],
      organisation: 'default',
      application: 'shop',
      release: null,
      summary: 'It was measured.',
      producer: { name: 'test', version: '1' },
      by: 'act_1' as Evidence['by'],
      duty: null,
      source: null,
      costMicroUsd: '0' as Evidence['costMicroUsd'],
      example: false,
      at: later(NOW, -daysAgo * DAY),
    }))
const pieces = () => fc.uniqueArray(piece(), { selector: ({ id }) => id, maxLength: 12 })

const gate: Gate = { into: 'poc', checks: IDS.map(checkOf), catalogue: { name: 'test', version: '1' }, graceDays: 90 }
const snapshotOf = (evidence: readonly Evidence[], more: Partial<Snapshot> = {}): Snapshot => ({
  gate,
  parts: PARTS,
  evidence,
  waivers: [],
  challenges: [],
  applicability: { tier: 'A', rules: [], traits: [] },
  inStageSince: null,
  ...more,
})
const isFor = (check: Check, { check: id, trust, inputs }: Evidence) =>
  id === check.id &&
  (check.minimumTrust === 'attested' || trust !== 'attested') &&
  inputs.every((input) => PARTS.some(({ name, digest }) => name === input.name && digest === input.digest))

test('the order in which evidence is read changes neither the decision nor its digest', () => {
  fc.assert(
    fc.property(pieces(), fc.infiniteStream(fc.nat()), (evidence, chance) => {
      const other = evidence
        .map((one) => ({ one, rank: chance.next().value ?? 0 }))
        .sort((a, b) => a.rank - b.rank)
        .map(({ one }) => one)
      expect(judge(snapshotOf(other), NOW)).toEqual(judge(snapshotOf(evidence), NOW))
    }),
    cases(200),
  )
})

test('a check passes only on evidence that is there, trusted, fitting, young enough and meets every figure', () => {
  fc.assert(
    fc.property(pieces(), (evidence) => {
      for (const finding of judge(snapshotOf(evidence), NOW).findings) {
        if (!opens(finding.verdict)) {
          expect(finding.why.length).toBeGreaterThan(0)
          continue
        }
        const check = gate.checks.find(({ id }) => id === finding.check)
        const read = evidence.find(({ id }) => id === finding.evidence)
        if (!check || !read) throw new Error(`${finding.check} passes on nothing`)
        expect(isFor(check, read)).toBe(true)
        expect(Date.parse(NOW) - Date.parse(read.at)).toBeLessThanOrEqual(30 * DAY)
        expect(Number(read.facts.cases?.value)).toBeGreaterThanOrEqual(30)
        const score = check.id === 'sec.attacks' ? read.facts.score?.interval?.low : read.facts.score?.value
        expect(score).toBeGreaterThanOrEqual(0.8)
      }
    }),
    cases(500),
  )
})

test('a gate is open when every finding opens, and held by one that does not', () => {
  fc.assert(
    fc.property(pieces(), (evidence) => {
      const { decision, findings } = judge(snapshotOf(evidence), NOW)
      expect(findings.map(({ check }) => check)).toEqual(IDS)
      expect(decision).toBe(findings.every(({ verdict }) => opens(verdict)) ? 'open' : 'held')
    }),
    cases(200),
  )
})

test('newer evidence that fails turns no check green, and takes the green from one that was', () => {
  fc.assert(
    fc.property(pieces(), fc.constantFrom(...IDS), (evidence, check) => {
      const failing: Evidence = {
        ...(evidence[0] ?? ({} as Evidence)),
        id: 'evi_zzzzzzzzzzzzzzzzzzzzzzzzzz' as Evidence['id'],
        check,
        trust: 'measured',
        facts: {
          cases: { value: 40 },
          score: { value: 0.1, interval: { low: 0, high: 0.2, method: 'wilson', sides: 1, level: 0.95 } },
        },
        inputs: PARTS,
        summary: 'It failed.',
        at: later(NOW, 2 * DAY),
      }
      const before = judge(snapshotOf(evidence), NOW)
      const now = judge(snapshotOf([...evidence, failing]), NOW)
      for (const [at, finding] of now.findings.entries())
        if (finding.check === check) expect(finding.verdict).toBe('FAIL')
        else expect(finding).toEqual(before.findings[at])
      expect(now.decision).toBe('held')
    }),
    cases(200),
  )
})

test('a part that changes turns no check green', () => {
  fc.assert(
    fc.property(pieces(), (evidence) => {
      const changed = judge(snapshotOf(evidence, { parts: [part('answer', 'another'), part('other', 'another')] }), NOW)
      for (const finding of changed.findings) {
        const read = evidence.find(({ id }) => id === finding.evidence)
        if (finding.verdict === 'PASS') expect(read?.inputs).toEqual([])
      }
    }),
    cases(200),
  )
})

test('time turns no check green, but for evidence that is dated ahead', () => {
  fc.assert(
    fc.property(pieces(), fc.integer({ min: 1, max: 100 }), (evidence, days) => {
      const before = judge(snapshotOf(evidence), NOW)
      const then = judge(snapshotOf(evidence), later(NOW, days * DAY))
      for (const [at, finding] of then.findings.entries())
        if (finding.verdict === 'PASS') expect(before.findings[at]?.verdict).toBe('PASS')
    }),
    cases(200),
  )
})

test('a waiver opens its own check alone, while it holds and was granted, and says what it hides', () => {
  const waiver = fc.record({
    check: fc.constantFrom(...IDS),
    state: fc.constantFrom('requested' as const, 'granted' as const, 'refused' as const),
    daysLeft: fc.integer({ min: -5, max: 5 }),
  })
  fc.assert(
    fc.property(pieces(), waiver, (evidence, { check, state, daysLeft }) => {
      const given = { id: 'wai_1', check, state, until: later(NOW, daysLeft * DAY), reason: 'r.' } as unknown as Waiver
      const bare = judge(snapshotOf(evidence), NOW)
      const waived = judge(snapshotOf(evidence, { waivers: [given] }), NOW)
      for (const [at, finding] of waived.findings.entries()) {
        const before = bare.findings[at]
        const isMeant =
          finding.check === check && state === 'granted' && daysLeft > 0 && !opens(before?.verdict ?? 'MISSING')
        if (isMeant) expect(finding).toMatchObject({ verdict: 'WAIVED', waived: { instead: before?.verdict } })
        else expect(finding).toEqual(before)
      }
    }),
    cases(200),
  )
})
