import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { GateCatalogue } from './check.ts'
import { gateInto, Overlay } from './overlay.ts'

const catalogue = GateCatalogue.parse(
  JSON.parse(readFileSync(new URL('../../packs/gates/core.json', import.meta.url), 'utf8')),
)
const ofPoc = (overlay: unknown) => gateInto(catalogue, 'poc', Overlay.parse(overlay))
const requirement = (overlay: unknown, check: string, fact: string) =>
  ofPoc(overlay)
    .gate?.checks.find(({ id }) => id === check)
    ?.requires.find((one) => one.fact === fact)

test('the gate into poc has the twelve checks of the catalogue, each with figures, a reason and a way', () => {
  const { gate, problems } = ofPoc({})
  expect(problems).toEqual([])
  expect(gate?.checks.map(({ id }) => id)).toEqual([
    'biz.charter',
    'strat.decision',
    'gov.classification',
    'gov.owner',
    'risk.register',
    'model.approved',
    'data.inventory',
    'data.quality',
    'sec.secrets',
    'eval.smoke',
    'ops.budgetcap',
    'train.builders',
  ])
  for (const check of gate?.checks ?? []) {
    expect(check.requires.length, check.id).toBeGreaterThan(0)
    expect(check.howto, check.id).toMatch(/`airworthy|\.yaml/)
    // A person can be asked only where a duty signs.
    expect(check.signs !== null, check.id).toBe(check.minimumTrust === 'attested')
  }
})

test.for([
  ['a check that the stage does not ask for', { poc: { tighten: { 'eval.quality': { maxAgeDays: 1 } } } }, 'poc', 1],
  ['a check of a stage before', { pilot: { tighten: { 'eval.smoke': { maxAgeDays: 1 } } } }, 'pilot', 0],
] as const)('tightening %s', ([, overlay, into, problems]) => {
  expect(gateInto(catalogue, into, Overlay.parse(overlay)).problems).toHaveLength(problems)
})

test('an overlay adds a check of the catalogue once', () => {
  const ids = ofPoc({ poc: { add: ['eval.regress', 'eval.smoke'] } }).gate?.checks.map(({ id }) => id)
  expect(ids).toHaveLength(13)
  expect(ids).toContain('eval.regress')
})

test('an overlay tightens thresholds and ages', () => {
  const overlay = {
    poc: { tighten: { 'data.quality': { facts: { duplicateShare: { atMost: 0.01 } }, maxAgeDays: 30 } } },
  }
  expect(requirement(overlay, 'data.quality', 'duplicateShare')).toMatchObject({ atMost: 0.01 })
  expect(ofPoc(overlay).gate?.checks.find(({ id }) => id === 'data.quality')?.maxAgeDays).toBe(30)
  expect(ofPoc(overlay).problems).toEqual([])
})

test.for([
  ['a higher ceiling', { 'data.quality': { facts: { duplicateShare: { atMost: 0.1 } } } }, /would loosen/],
  ['a lower floor', { 'eval.smoke': { facts: { cases: { atLeast: 10 } } } }, /would loosen/],
  ['a longer life', { 'eval.smoke': { maxAgeDays: 31 } }, /would loosen/],
  ['a fact that the check does not have', { 'eval.smoke': { facts: { luck: { atLeast: 1 } } } }, /unknown fact/],
  ['a check that does not exist', { 'eval.luck': { maxAgeDays: 1 } }, /There is no check/],
] as const)('%s is a problem, and the gate stays as strict as it was', ([, tighten, message]) => {
  const { gate, problems } = ofPoc({ poc: { tighten } })
  expect(problems.map((problem) => problem.message).join()).toMatch(message)
  expect(problems[0]?.remedy).toBeTruthy()
  expect(gate?.checks).toEqual(ofPoc({}).gate?.checks)
})
