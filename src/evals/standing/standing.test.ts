/** Suites as they stand, through the front door: what was measured, and what changed without a run. */
import { afterAll, expect, test } from 'vitest'
import { testAirworthy } from '../../testing/airworthy.ts'

const airworthy = await testAirworthy()
const { client } = airworthy
afterAll(() => airworthy.close())

const filesOf = (prompt: string, description = 'Answers questions.') => ({
  'airworthy.yaml': `description: ${description}\nprofile: {audience: internal}\nduties: {}\nmodels: {main: {model: scripted/echo}}\nflow: main\n`,
  'flows/main.yaml': 'steps: [{id: answer, use: generate, prompt: ask, model: main}]\n',
  'prompts/ask.prompt': `---\ninput:\n  schema:\n    question: string\n---\n${prompt}{{question}}\n`,
  'datasets/questions.jsonl':
    '{"id": "a", "input": "one", "expected": "one"}\n{"id": "b", "input": "two", "expected": "two"}\n',
  'evals/questions.yaml': 'dataset: questions\nevaluators: [exact]\nprimary: exact\nkind: prompt\n',
  'evals/held.yaml': 'dataset: questions\nsplits: [holdout]\nevaluators: [exact]\nprimary: exact\n',
})

test('a suite is measured while nothing that its scores depend on changes, and flagged when something does', async () => {
  const params = { name: 'standing' }
  expect(await client.createApplication({ body: { name: 'standing', files: filesOf('') } })).toBeDefined()
  expect(await client.listSuites({ params })).toEqual({ release: null, items: [] })
  const freeze = async (files: Record<string, string>) => {
    await client.putBlueprint({ params, body: { files } })
    return (await client.freezeRelease({ params, body: {} })).body.id
  }
  const standing = async () =>
    (await client.listSuites({ params })).items.map((one) => [one.name, one.standing, one.changed, one.runs.length])

  const first = await freeze(filesOf(''))
  expect(await client.listSuites({ params })).toMatchObject({
    release: first,
    items: [
      { name: 'held', standing: 'unusable', why: expect.stringContaining('no example in the split holdout') },
      {
        name: 'questions',
        kind: 'prompt',
        standing: 'never',
        examples: 2,
        data: { rows: 2 },
        evaluators: [{ key: 'exact', judge: null }],
      },
    ],
  })

  const { body } = await client.createExperiment({ params: { id: first }, body: { suite: 'questions' } })
  const id = 'id' in body ? body.id : ''
  await expect
    .poll(async () => (await client.getExperiment({ params: { id } })).state, { timeout: 20_000 })
    .toBe('succeeded')
  expect(await client.listSuites({ params })).toMatchObject({
    items: [
      {},
      {
        standing: 'measured',
        runs: [{ experiment: id, release: first, verdict: null, score: { evaluator: 'exact', n: 2 } }],
      },
    ],
  })

  // Another word in the description changes no score; another prompt may.
  await freeze(filesOf('', 'Answers all questions.'))
  expect(await standing()).toEqual([
    ['held', 'unusable', [], 0],
    ['questions', 'measured', [], 1],
  ])
  await freeze(filesOf('Answer this: '))
  expect(await standing()).toEqual([
    ['held', 'unusable', [], 0],
    ['questions', 'changed', ['prompt ask'], 1],
  ])
})
