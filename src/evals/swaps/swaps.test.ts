/** A swapped model is flagged, quoted and probed on both releases through the front door. */
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { testAirworthy } from '../../testing/airworthy.ts'
import { verdictOf } from './changes.ts'

const probe = (verdict: string | null, state = 'measured') => ({ state, comparison: verdict && { verdict } }) as never

test.for([
  ['no probe', [], 'none'],
  ['one that is not measured', [probe('equivalent'), probe(null, 'proposed')], 'open'],
  ['one that failed', [probe('better'), probe(null, 'failed')], 'open'],
  ['one that is worse, whatever is still open', [probe('worse'), probe(null, 'running')], 'worse'],
  ['one that is undecided', [probe('better'), probe('undecided')], 'undecided'],
  ['all alike', [probe('equivalent'), probe('better')], 'equivalent'],
  ['all better', [probe('better')], 'better'],
] as const)('%s', ([, probes, verdict]) => {
  expect(verdictOf(probes)).toBe(verdict)
})

const airworthy = await testAirworthy()
const { client } = airworthy
afterAll(() => airworthy.close())

const suite = (more = '') => `dataset: questions\nevaluators: [exact]\nprimary: exact\n${more}`
const filesOf = (text: string, more: Record<string, string> = {}) => ({
  'airworthy.yaml': `description: Answers.\nprofile: {audience: internal}\nduties: {}\nmodels: {main: {model: scripted/fixed, parameters: {text: "${text}"}}}\nflow: main\n`,
  'flows/main.yaml': 'steps: [{id: answer, use: generate, prompt: ask, model: main}]\n',
  'prompts/ask.prompt': '---\ninput:\n  schema:\n    question: string\n---\n{{question}}\n',
  'datasets/questions.jsonl': Array.from({ length: 20 }, (_, at) =>
    JSON.stringify({ id: `q${at}`, input: `question ${at}`, expected: 'yes' }),
  ).join('\n'),
  'evals/questions.yaml': suite(),
  'evals/probes.yaml': suite('probe: true\n'),
  ...more,
})
const freeze = async (files: Record<string, string>) => {
  await client.putBlueprint({ params: { name: 'swapped' }, body: { files } })
  return (await client.freezeRelease({ params: { name: 'swapped' }, body: {} })).body.id
}

let first: string
beforeAll(async () => {
  await client.createApplication({ body: { name: 'swapped', files: filesOf('yes') } })
  first = (await client.freezeRelease({ params: { name: 'swapped' }, body: {} })).body.id
})

test('the first release, and one with the same model and prompt, have nothing to be asked', async () => {
  expect(await client.getModelSwap({ params: { id: first } })).toMatchObject({ against: null, verdict: 'none' })
  const id = await freeze(filesOf('yes', { 'evals/questions.yaml': suite('margin: 0.1\n') }))
  expect(await client.getModelSwap({ params: { id } })).toMatchObject({ against: first, models: [], verdict: 'none' })
  await expect(client.runModelSwapProbes({ params: { id }, body: {} })).rejects.toMatchObject({
    code: 'evals.nothing-swapped',
  })
})

test('a swapped model is flagged with a quote, asked its own probes on both, and judged by what differs', async () => {
  const id = await freeze(filesOf('no'))
  const flagged = await client.getModelSwap({ params: { id } })
  expect(flagged).toMatchObject({
    models: [{ name: 'main', before: { parameters: { text: 'yes' } }, now: { parameters: { text: 'no' } } }],
    prompts: [],
    set: 'own',
    probes: [{ suite: 'probes', state: 'proposed', experiment: null, quote: { calls: 40 } }],
    verdict: 'open',
    quote: { calls: 40 },
  })
  const { body } = await client.runModelSwapProbes({ params: { id }, body: {} })
  expect(body).toMatchObject({ kind: 'started', experiments: [expect.stringMatching(/^exp_/)] })
  const isDone = async () => (await client.getModelSwap({ params: { id } })).verdict !== 'open'
  await vi.waitUntil(isDone, { timeout: 20_000 })
  const judged = await client.getModelSwap({ params: { id } })
  expect(judged).toMatchObject({
    verdict: 'worse',
    quote: null,
    probes: [{ state: 'measured', comparison: { n: 20, difference: -1, verdict: 'worse' } }],
  })
  expect(judged.probes[0]?.differing[0]).toMatchObject({ before: 'yes', now: 'no', difference: -1 })
})

test('a converted prompt is proposed like a swapped model; without probes of its own every suite is asked', async () => {
  const prompt =
    '---\ninput:\n  schema:\n    question: string\n---\n{{role "system"}}Say yes.\n{{role "user"}}{{question}}\n'
  const id = await freeze(filesOf('no', { 'prompts/ask.prompt': prompt, 'evals/probes.yaml': suite() }))
  expect(await client.getModelSwap({ params: { id } })).toMatchObject({
    models: [],
    prompts: ['ask'],
    set: 'default',
    probes: [{ suite: 'probes' }, { suite: 'questions' }],
    verdict: 'open',
  })
})
