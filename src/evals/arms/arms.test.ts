/** Arms of several experiments side by side, through the front door. */
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { testAirworthy } from '../../testing/airworthy.ts'

const airworthy = await testAirworthy()
const { client } = airworthy
afterAll(() => airworthy.close())

const N = 40
const rows = (change: (at: number) => object = () => ({})) =>
  Array.from({ length: N }, (_, at) =>
    JSON.stringify({
      id: `q${at}`,
      input: `question ${at}`,
      expected: at % 4 === 0 ? 'no' : 'yes',
      metadata: { half: at < 20 ? 'first' : 'second' },
      ...change(at),
    }),
  ).join('\n')
const says = (text: string) => `models: {main: {model: scripted/fixed, parameters: {text: "${text}"}}}`
const filesOf = (text: string, more: Record<string, string> = {}) => ({
  'airworthy.yaml': `description: Says yes or no.\nprofile: {audience: internal}\nduties: {}\n${says(text)}\nflow: main\n`,
  'flows/main.yaml': 'steps: [{id: answer, use: generate, prompt: ask, model: main}]\n',
  'prompts/ask.prompt': '---\ninput:\n  schema:\n    question: string\n---\n{{question}}\n',
  'datasets/questions.jsonl': rows(),
  'evals/questions.yaml':
    'dataset: questions\nevaluators: [exact, {use: regex, options: {pattern: "yes"}}]\nprimary: exact\nmargin: 0.05\nslices: [half]\n',
  ...more,
})

const measure = async (files: Record<string, string>) => {
  await client.putBlueprint({ params: { name: 'asked' }, body: { files } })
  const { body: release } = await client.freezeRelease({ params: { name: 'asked' }, body: {} })
  const { body } = await client.createExperiment({ params: { id: release.id }, body: { suite: 'questions' } })
  if (!('id' in body)) throw new Error('no experiment')
  const isDone = async () => (await client.getExperiment({ params: { id: body.id } })).state === 'succeeded'
  await vi.waitUntil(isDone, { timeout: 20_000 })
  return `${body.id}:candidate`
}

let yes: string
let no: string
let changed: string
beforeAll(async () => {
  await client.createApplication({ body: { name: 'asked', files: filesOf('yes') } })
  yes = await measure(filesOf('yes'))
  no = await measure(filesOf('no'))
  changed = await measure(
    filesOf('yes', {
      'datasets/questions.jsonl': rows((at) => (at < 3 ? { input: `another question ${at}` } : {})),
      'evals/questions.yaml':
        'dataset: questions\nevaluators: [exact, {use: regex, options: {pattern: "no"}}]\nprimary: exact\nmargin: 0.05\n',
    }),
  )
}, 60_000)

const compare = (arms: string[], reference?: string) =>
  client.compareArms({ query: { arms: arms.join(','), ...(reference && { reference }) } })

test('each arm has its score, and the paired difference from the reference with its verdict', async () => {
  const found = await compare([yes, no])
  expect(found).toMatchObject({ application: 'asked', reference: yes, primary: 'exact', examples: N, notes: [] })
  // 30 of the 40 are answered with yes.
  expect(found.arms.map(({ id, scores }) => [id, scores[0]?.mean, scores[0]?.n])).toEqual([
    [yes, 0.75, N],
    [no, 0.25, N],
  ])
  expect(found.comparisons).toMatchObject([
    {
      arm: no,
      comparison: [
        {
          evaluator: 'exact',
          n: N,
          difference: -0.5,
          verdict: 'worse',
          discordant: { onlyCandidate: 10, onlyControl: 30 },
        },
        { evaluator: 'regex', difference: -1, verdict: 'worse' },
      ],
    },
  ])
  const turned = await compare([yes, no], no)
  expect(turned.comparisons).toMatchObject([{ arm: yes, comparison: [{ difference: 0.5, verdict: 'better' }, {}] }])
  expect(
    turned.slices.map(({ by, value, n, arms }) => [by, value, n, arms.map(({ arm, mean }) => [arm, mean])]),
  ).toEqual([
    [
      'half',
      'first',
      20,
      [
        [no, 0.25],
        [yes, 0.75],
      ],
    ],
    [
      'half',
      'second',
      20,
      [
        [no, 0.25],
        [yes, 0.75],
      ],
    ],
  ])
})

test('only what was asked and scored in the same way is compared, and the rest is named', async () => {
  const found = await compare([yes, no, changed])
  expect(found.examples).toBe(N - 3)
  expect(found.notes).toEqual([
    '3 examples are not the same in all versions of questions that were used, and are left out.',
    expect.stringContaining('regex of'),
  ])
  const third = found.comparisons.find(({ arm }) => arm === changed)?.comparison
  // The same answers on the same cases: no difference, and nothing at all of the evaluator that looks for another word.
  expect(third).toMatchObject([
    { evaluator: 'exact', n: N - 3, difference: 0, adjustedP: 1 },
    { evaluator: 'regex', n: 0, difference: null, verdict: 'undecided' },
  ])
})

test.for([
  ['one arm alone', () => [yes], undefined],
  ['an arm that the experiment does not have', () => [yes, yes.replace('candidate', 'other')], undefined],
  ['words that are no arm', () => ['a', 'b'], undefined],
  ['a reference that is none of the arms', () => [yes, no], 'exp_x:candidate'],
] as const)('%s is refused in words', async ([, arms, reference]) => {
  await expect(compare([...arms()], reference)).rejects.toMatchObject({ status: 400, code: 'evals.arms-invalid' })
})
