/** What the laws say of profiles and answers: each row is a sheet of answers and what has to follow from it. */
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { GateCatalogue } from '../../core/check.ts'
import { questionsOf } from '../advisor/condition.ts'
import { classification } from '../documents/classification.ts'
import { dpia } from '../documents/dpia.ts'
import { knownAnswers } from './known.ts'
import { lawFactsOf } from './law-facts.ts'
import { LawPack, type LawPacks, LawPlaces } from './pack.ts'

const read = (path: string) => JSON.parse(readFileSync(new URL(`../../../packs/${path}`, import.meta.url), 'utf8'))
const packs: LawPacks = {
  laws: ['eu-ai-act', 'gdpr', 'ccpa'].map((law) => LawPack.parse(read(`law/${law}.json`))),
  places: LawPlaces.parse(read('law/places.json')),
}
const checks = GateCatalogue.parse(read('gates/core.json')).checks.map(({ id }) => id)

const EU = { users: ['EU'], audience: 'customers', personalData: 'contact' }
const TODAY = '2026-11-22'
const act = packs.laws[0]
if (!act) throw new Error('no law')
/** Every question of the AI Act answered in the mildest way. */
const MILD = Object.fromEntries(act.questions.map(({ id, options }) => [id, options[0]?.value ?? '']))
const mild = (more: Record<string, string>) => ({ ...MILD, aiRole: 'deployer', ...more })

const factsOf = (answers: object, { profile = EU as object, today = TODAY, more = {} as object } = {}) =>
  lawFactsOf(packs, { profile, classification: { answers, ...more } }, { today })
const lawOf = (law: string, ...given: Parameters<typeof factsOf>) => {
  const found = factsOf(...given).laws.find((one) => one.law === law)
  if (!found) throw new Error(law)
  return found
}

test('packs name only questions and checks that there are, and end each list of dates with one that always holds', () => {
  const profile = ['profile.eu', 'profile.california', 'profile.personalData', 'profile.deployment']
  for (const pack of packs.laws) {
    const ids = [...pack.questions.map(({ id }) => id), ...profile]
    const conditions = [pack.scope.when, ...pack.classes.map(({ when }) => when), ...(pack.screening?.always ?? [])]
    for (const { when, from, evidence, id } of pack.obligations) {
      conditions.push(when, ...from.flatMap((one) => one.when ?? []))
      expect(from.at(-1)?.when, id).toBeUndefined()
      for (const check of evidence) expect(checks, id).toContain(check)
    }
    for (const condition of conditions) for (const id of questionsOf(condition)) expect(ids).toContain(id)
    for (const id of pack.screening?.criteria ?? []) expect(ids).toContain(id)
    for (const { group } of pack.questions) expect(pack.groups.map(({ id }) => id)).toContain(group)
    expect(JSON.stringify(pack)).not.toMatch(/\bcompl(?:y|ies|iant)\b/i)
  }
  expect(new Set(packs.laws.flatMap(({ questions }) => questions.map(({ id }) => id))).size).toBe(48)
})

test.for([
  ['nothing said', {}, 'may-apply', null],
  ['a shop chat', mild({ aiTalks: 'yes' }), 'applies', 'limited'],
  ['nothing that people see', mild({}), 'applies', 'minimal'],
  ['recruitment', mild({ aiArea: 'employment' }), 'applies', 'high'],
  ['recruitment, a narrow task', mild({ aiArea: 'employment', aiNarrow: 'yes' }), 'applies', 'minimal'],
  [
    'a narrow task that profiles',
    mild({ aiArea: 'employment', aiNarrow: 'yes', aiProfiling: 'yes' }),
    'applies',
    'high',
  ],
  ['a lift', mild({ aiProduct: 'yes' }), 'applies', 'high'],
  ['feelings at work', mild({ aiEmotionWork: 'yes', aiArea: 'employment' }), 'applies', 'unacceptable'],
  ['an area that nobody knows', mild({ aiArea: 'unknown' }), 'applies', null],
  ['neither role', mild({ aiRole: 'neither' }), 'does-not-apply', 'minimal'],
] as const)('the AI Act on %s', ([, answers, state, riskClass]) => {
  const found = lawOf('eu-ai-act', answers)
  expect([found.state, found.riskClass?.found?.id ?? null]).toEqual([state, riskClass])
})

test.for([
  ['hiring as a deployer', mild({ aiArea: 'employment', aiWorkers: 'yes' }), 'ai-26-7', '2027-12-02'],
  ['a lift as a provider', mild({ aiRole: 'provider', aiProduct: 'yes' }), 'ai-9', '2028-08-02'],
  ['a chat of our own', mild({ aiRole: 'provider', aiTalks: 'yes' }), 'ai-50-1', '2026-08-02'],
  [
    'text on the market since May',
    mild({ aiRole: 'provider', aiMakes: 'text', aiPlaced: 'yes' }),
    'ai-50-2',
    '2026-12-02',
  ],
  ['text on the market since October', mild({ aiRole: 'provider', aiMakes: 'text' }), 'ai-50-2', '2026-08-02'],
  [
    'text, and nobody knows since when',
    mild({ aiRole: 'provider', aiMakes: 'text', aiPlaced: 'unknown' }),
    'ai-50-2',
    '2026-08-02',
  ],
  ['intimate pictures', mild({ aiIntimate: 'yes' }), 'ai-5', '2026-12-02'],
  ['a social score', mild({ aiSocialScore: 'yes' }), 'ai-5', '2025-02-02'],
  ['anybody', mild({}), 'ai-4', '2025-02-02'],
] as const)('%s has its day from the pack', ([, answers, obligation, from]) => {
  const found = lawOf('eu-ai-act', answers).obligations.find(({ id }) => id === obligation)
  expect(found).toMatchObject({ state: 'applies', from, isInForce: from <= TODAY })
})

test.for([
  ['users in the EU', { users: ['DE'] }, ['applies', 'may-apply', 'does-not-apply']],
  [
    'users in California',
    { users: ['US-CA'], personalData: 'contact' },
    ['does-not-apply', 'does-not-apply', 'may-apply'],
  ],
  ['users everywhere', { users: ['worldwide'], personalData: 'contact' }, ['applies', 'applies', 'may-apply']],
  ['a regime that is named', { regimes: ['gdpr'], personalData: 'sensitive' }, ['applies', 'applies', 'may-apply']],
  ['nobody said where', { personalData: 'none' }, ['may-apply', 'does-not-apply', 'does-not-apply']],
] as const)('%s', ([, profile, expected]) => {
  expect(factsOf({ aiRole: 'deployer' }, { profile }).laws.map(({ state }) => state)).toEqual(expected)
})

test('what the declaration of privacy says need not be said again, and what a person says weighs more', () => {
  const privacy = { purpose: 'answers', lawfulBasis: 'contract', retention: { tracesDays: 30 } }
  expect(knownAnswers({ privacy }, packs.places)).toMatchObject({ gdprBasis: 'contract', gdprRetention: 'yes' })
  const { laws } = lawFactsOf(
    packs,
    { profile: EU, privacy, classification: { answers: { gdprBasis: 'consent' } } },
    { today: TODAY },
  )
  const said = Object.fromEntries(laws[1]?.questions.map(({ id, answer, saidBy }) => [id, [answer, saidBy]]) ?? [])
  expect([said.gdprBasis, said.gdprPurpose]).toEqual([
    ['consent', 'person'],
    ['yes', 'declaration'],
  ])
})

const criteria = packs.laws[1]?.screening?.criteria ?? []
const screened = (...yes: string[]) => Object.fromEntries(criteria.map((id) => [id, yes.includes(id) ? 'yes' : 'no']))
test.for([
  [{}, 'unknown'],
  [screened(), 'no'],
  [screened('dpiaNew'), 'no'],
  [screened('dpiaNew', 'dpiaScale'), 'yes'],
  [{ ...screened('dpiaNew'), dpiaScale: 'unknown' }, 'unknown'],
] as const)('the screening of %j says %s', ([answers, due]) => {
  expect(lawOf('gdpr', answers).screening?.due).toBe(due)
})

const context = (answers: object, more: object = {}) => ({
  release: {} as never,
  now: `${TODAY}T00:00:00.000Z` as never,
  law: factsOf(answers, { more }),
})
const full = {
  role: 'deployer',
  riskClass: 'limited',
  reasons: 'answers about a shop',
  prohibitedPractices: [],
  transparencyDuties: ['told'],
  jurisdictions: ['EU'],
  sectorRules: [],
}
const every = Object.fromEntries(
  packs.laws.flatMap(({ questions }) => questions.map(({ id, options }) => [id, options[0]?.value ?? ''])),
)
test.for([
  ['answers that agree', { ...every, aiRole: 'deployer', aiTalks: 'yes' }, {}, { answered: true, prohibited: false }],
  [
    'a milder class than the answers',
    { ...every, aiRole: 'deployer', aiArea: 'services' },
    {},
    { answered: false, prohibited: false },
  ],
  ['another role', { ...every, aiRole: 'provider' }, {}, { answered: false, prohibited: false }],
  ['a ban that only the answers name', { ...every, aiFaces: 'yes' }, {}, { answered: false, prohibited: true }],
  ['open questions', { aiRole: 'deployer' }, {}, { answered: false, prohibited: false }],
  ['no answers at all', {}, {}, { answered: true, prohibited: false }],
] as const)('a classification with %s', ([, answers, change, expected]) => {
  const value = { example: false, ...full, ...change, answers }
  const { facts } = classification.read(value, context(answers, { ...full, ...change }))
  expect({ answered: facts.answered?.value, prohibited: facts.prohibited?.value }).toEqual(expected)
})

const assessed = {
  example: false,
  screenedBy: 'Ada',
  screenedOn: '2026-11-01',
  description: 'a',
  necessity: 'b',
  rights: 'c',
  consulted: 'd',
  approvedBy: 'Bo',
  approvedOn: '2026-11-02',
  tolerance: 9,
  risks: [{ harm: 'told to others', likelihood: 3, severity: 4, residualLikelihood: 2, residualSeverity: 4 }],
}
test.for([
  ['nothing due', screened(), { ...assessed, approvedBy: '' }, [true, false, 0]],
  ['due and approved', screened('dpiaNew', 'dpiaScale'), assessed, [true, false, 0]],
  [
    'due and nobody approved it',
    screened('dpiaNew', 'dpiaScale'),
    { ...assessed, approvedBy: 'TODO' },
    [true, true, 0],
  ],
  ['due and no risk named', screened('dpiaNew', 'dpiaScale'), { ...assessed, risks: [] }, [true, true, 0]],
  ['a risk that remains', screened(), { ...assessed, risks: [{ harm: 'x' }] }, [true, false, 1]],
  ['no screening', {}, assessed, [false, false, 0]],
] as const)('an assessment of privacy with %s', ([, answers, value, expected]) => {
  const { facts } = dpia.read(dpia.schema.parse(value), context(answers))
  expect([facts.screened?.value, facts.openAssessment?.value, facts.residualAboveTolerance?.value]).toEqual(expected)
})
