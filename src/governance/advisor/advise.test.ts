/** The advisor's rules as a table, and the one property that must never break: worse answers remove no safeguard. */
import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { GateCatalogue } from '../../core/check.ts'
import { digestOf } from '../../kernel/digest.ts'
import { cases } from '../../testing/properties.ts'
import { type Answers, assessmentSchema, QuestionPack, UNKNOWN } from '../assessment/questions.ts'
import { advise, differenceOf } from './advise.ts'
import { questionsOf } from './condition.ts'
import { AdvisorPack } from './pack.ts'
import { SHEETS } from './sheets.example.ts'

const read = (path: string) => JSON.parse(readFileSync(new URL(`../../../packs/${path}`, import.meta.url), 'utf8'))
const pack = AdvisorPack.parse(read('advisor/core.json'))
const questions = QuestionPack.parse(read('advisor/questions.json'))
const catalogue = GateCatalogue.parse(read('gates/core.json'))

const about = { pack, digest: digestOf(pack), questions, today: '2026-12-01' }
const ask = (answers: Answers) => advise(answers, about)
const firing = (answers: Answers) => ask(answers).rules.map(({ id }) => id)
const words = (text = '') => text.split(' ').filter(Boolean)

test('the table has at least forty sheets, every rule fires on one of them, and every sheet could be kept', () => {
  expect(SHEETS.length).toBeGreaterThanOrEqual(40)
  const seen = new Set(SHEETS.flatMap(({ fires }) => words(fires)))
  expect(pack.rules.map(({ id }) => id).filter((id) => !seen.has(id))).toEqual([])
  const schema = assessmentSchema(questions)
  for (const { name, answers } of SHEETS) expect(schema.safeParse({ answers }).success, name).toBe(true)
})

test.for(SHEETS)('$name', ({ answers, fires, not }) => {
  expect(firing(answers)).toEqual(expect.arrayContaining(words(fires)))
  expect(firing(answers).filter((id) => words(not).includes(id))).toEqual([])
})

test('rules, questions, sources and checks of the packs know each other', () => {
  const known = new Set(questions.questions.map(({ id }) => id))
  expect(pack.rules.filter(({ id }) => /^R\d+$/.test(id))).toHaveLength(35)
  for (const { id, when } of pack.rules)
    for (const one of questionsOf(when)) expect(known.has(one), `${id} ${one}`).toBe(true)
  // A question that nothing reads would be a field that is filled in for nobody.
  const used = new Set(pack.rules.flatMap(({ when }) => questionsOf(when)))
  const beside = ['teamMl', 'teamOps', 'variability', 'labelledExamples']
  expect([...known].filter((id) => !used.has(id) && !beside.includes(id))).toEqual([])
  const checks = new Set(catalogue.checks.map(({ id }) => id))
  expect(pack.rules.flatMap((rule) => rule.checks).filter((id) => !checks.has(id))).toEqual([])
  expect(Date.parse(pack.reviewBy) - Date.parse(pack.asOf)).toBeLessThanOrEqual(180 * 86_400_000)
})

/** Answers in the order of risk; what is unknown counts as the worst. */
const RISKS = questions.questions.flatMap(({ id, worse, options }) =>
  worse === 'later'
    ? [{ id, order: [...options.map(({ value }): string | number => value), UNKNOWN] }]
    : worse === 'lower'
      ? [{ id, order: [1000, 300, 10, 1, 0.95, 0.5, 0, UNKNOWN] as (string | number)[] }]
      : [],
)
const SAFEGUARDS = new Set(pack.rules.filter(({ safeguard }) => safeguard).map(({ id }) => id))

test('no risk answer that becomes worse removes a safeguard', () => {
  expect(SAFEGUARDS.size).toBeGreaterThanOrEqual(10)
  const sheet = fc.record(
    Object.fromEntries(
      questions.questions.map(({ id, kind, options }) => [
        id,
        kind === 'number'
          ? fc.constantFrom<string | number>(0, 0.5, 1, 40, 250, 9000, 300_000, UNKNOWN)
          : fc.constantFrom<string | number>(...options.map(({ value }) => value), UNKNOWN),
      ]),
    ),
    { requiredKeys: [] },
  )
  fc.assert(
    fc.property(
      sheet as fc.Arbitrary<Answers>,
      fc.constantFrom(...RISKS),
      fc.nat(),
      fc.nat(),
      (answers, { id, order }, one, other) => {
        const [low = 0, high = 0] = [one % order.length, other % order.length].sort((a, b) => a - b)
        const before = firing({ ...answers, [id]: order[low] ?? null }).filter((rule) => SAFEGUARDS.has(rule))
        const after = firing({ ...answers, [id]: order[high] ?? null })
        expect(before.filter((rule) => !after.includes(rule))).toEqual([])
      },
    ),
    cases(600),
  )
})

test('advice names its reason, sources, effort and refutation, and shows what cannot both be followed', () => {
  const advice = ask({ ...SHEETS[8]?.answers, teamMl: 'none' })
  expect(advice.conflicts).toMatchObject([{ topic: 'knowledge', rules: ['R4', 'R5'] }])
  for (const { sources, reason, experiment, id } of advice.rules) {
    expect(reason, id).toMatch(/\w{3}.*\.$/)
    expect(sources.length, id).toBeGreaterThan(0)
    if (experiment) expect(experiment.refutedWhen, id).not.toBe('')
  }
  expect(ask({ ruleBased: 'yes' }).answer).toBe('without-generative-ai')
  expect(ask({ riskClass: 'prohibited' }).answer).toBe('stop')
  expect(ask({ riskClass: 'unknown' }).rules).toMatchObject([
    { id: 'R1', state: 'assumed' },
    { id: 'D11' },
    { id: 'D14', state: 'assumed' },
  ])
  expect(ask({}).answer).toBe('not-enough-known')
})

test('what is unknown becomes a test, and open questions stand in the order of what they decide', () => {
  const { tests, ask: open } = ask({ personalData: UNKNOWN })
  expect(tests).toEqual([
    { question: 'personalData', label: expect.any(String), test: expect.stringContaining('fifty rows') },
  ])
  expect(open.map(({ rules }) => rules.length)).toEqual(open.map(({ rules }) => rules.length).sort((a, b) => b - a))
  expect(open.some(({ question }) => question === 'personalData')).toBe(false)
})

test.for([
  ['low', 50, 1],
  ['medium', 100, 3],
  ['high', 300, 10],
  [undefined, 100, 3],
] as const)('cases that vary %s want %d cases in %d slices, each with enough', ([variability, cases, slices]) => {
  const { minimumCases, slices: found } = ask(variability ? { variability } : {})
  expect([minimumCases, found.least]).toEqual([cases, slices])
  expect(found.least * found.casesEach).toBeLessThanOrEqual(minimumCases)
})

test('a changed answer shows what it changes, in rules and in checks', () => {
  const before = ask({ deployment: 'api', knowledgeNeed: 'private', knowledgeTokens: 400_000 })
  const after = ask({ deployment: 'self-hosted', knowledgeNeed: 'none' })
  expect(differenceOf(before, after)).toMatchObject({
    added: expect.arrayContaining(['R3', 'D7']),
    removed: expect.arrayContaining(['R5', 'D6']),
    checksRemoved: expect.arrayContaining(['prod.external']),
  })
  expect(differenceOf(before, before)).toEqual({
    added: [],
    removed: [],
    answerChanged: false,
    checksAdded: [],
    checksRemoved: [],
  })
})

test.for([
  [{ comparisons: 2, supports: 2, refutes: 0, undecided: 0 }, 'sources', 'high'],
  [{ comparisons: 4, supports: 3, refutes: 1, undecided: 0 }, 'own experiments', 'high'],
  [{ comparisons: 4, supports: 2, refutes: 2, undecided: 0 }, 'own experiments', 'medium'],
  [{ comparisons: 9, supports: 0, refutes: 4, undecided: 5 }, 'own experiments', 'low'],
] as const)('own experiments %j outrank papers once three are decided', ([own, rests, level]) => {
  const advice = advise(
    { knowledgeNeed: 'private', knowledgeTokens: 400_000 },
    { ...about, own: new Map([['R5', own]]) },
  )
  expect(advice.rules.find(({ id }) => id === 'R5')?.confidence).toMatchObject({ rests, level })
})

test('who lacks a skill needs twice the days, and an old pack says so', () => {
  const answers: Answers = { knowledgeNeed: 'private', knowledgeTokens: 400_000 }
  const days = (heldBy: (skill: string) => string[]) =>
    advise(answers, { ...about, heldBy }).rules.find(({ id }) => id === 'R5')?.effort.days
  expect([days(() => ['Ada']), days(() => [])]).toEqual([4, 8])
  expect(advise(answers, { ...about, today: '2027-06-01' }).pack.isOld).toBe(true)
})
