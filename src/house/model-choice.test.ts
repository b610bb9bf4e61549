/** A model found, shortlisted, compared on own cases and decided for; through the front door. */

import { afterAll, expect, test } from 'vitest'
import { parse } from 'yaml'
import { testAirworthy } from '../testing/airworthy.ts'

const airworthy = await testAirworthy()
const { client } = airworthy
afterAll(() => airworthy.close())

const rows = Array.from({ length: 12 }, (_, at) =>
  JSON.stringify({
    id: `c${at}`,
    input: `What is parcel ${at}?`,
    expected: at % 3 === 0 ? 'nothing' : 'Yes',
    split: 'regress',
  }),
).join('\n')
const files = (model: string, parameters: string) => ({
  'airworthy.yaml': `models: {answer: {model: ${model}, parameters: ${parameters}}}\n`,
  'prompts/answer.prompt': '{{question}}\n',
  'datasets/cases.jsonl': rows,
  'evals/answers.yaml':
    'dataset: cases\nsplits: [regress]\nprimary: contains\nmargin: 0.05\nevaluators: [{use: contains}]\n',
})

async function measured(model: string, parameters: string): Promise<void> {
  const body = { files: files(model, parameters) }
  const { items } = await client.listApplications()
  if (items.length === 0) await client.createApplication({ body: { name: 'desk', ...body } })
  else await client.putBlueprint({ params: { name: 'desk' }, body })
  const { id } = (await client.freezeRelease({ params: { name: 'desk' }, body: {} })).body
  const started = await client.createExperiment({ params: { id }, body: { suite: 'answers', against: null } })
  if (!('id' in started.body)) throw new Error('It was not started.')
  const { id: experiment } = started.body
  await expect
    .poll(async () => (await client.getExperiment({ params: { id: experiment } })).state, { timeout: 20_000 })
    .toBe('succeeded')
}

test('models are compared on the same cases, case by case, with what each costs and who approved it', async () => {
  await measured('scripted/fixed', '{text: "Yes, it is here."}')
  await measured('scripted/echo', '{}')
  const found = await client.compareModels({
    query: { application: 'desk', suite: 'answers', reference: 'scripted/echo' },
  })
  expect(found).toMatchObject({ evaluator: 'contains', better: 'higher', reference: 'scripted/echo' })
  const fixed = found.items.find(({ model }) => model === 'scripted/fixed')
  expect(fixed).toMatchObject({
    servingMode: 'embedded',
    quality: { n: 12, errors: 0, value: 8 / 12, interval: { method: 'wilson' } },
    difference: { pairs: 12, value: 8 / 12, verdict: 'better' },
    costPerTaskMicroUsd: '0',
    firstTokenMs: null,
    compliance: { approval: 'installation' },
    latencyMs: { n: 12 },
  })
  expect(found.items.find(({ model }) => model === 'scripted/echo')?.difference).toBeNull()
  expect(await client.compareModels({ query: { application: 'desk', suite: 'none' } })).toMatchObject({
    items: [],
    reference: null,
  })
})

test('a search finds what fits the budget and says of every other model why not', async () => {
  const volume = {
    requestsPerMonth: { low: 1000, high: 2000 },
    inputTokens: { low: 500, high: 900 },
    outputTokens: { low: 100, high: 300 },
  }
  const { items } = await client.searchModels({ body: { takes: ['text'], budget: { dollarsPerMonth: '1', volume } } })
  expect(items.length).toBeGreaterThan(100)
  const kept = items.filter(({ outcome }) => outcome === 'kept')
  expect(kept.map(({ model }) => model)).toContain('local/extractive')
  for (const { outcome, reasons } of items) expect(reasons.length > 0).toBe(outcome !== 'kept')
  expect(
    items.filter(({ reasons }) => reasons.some(({ criterion, kind }) => criterion === 'budget' && kind === 'out'))
      .length,
  ).toBeGreaterThan(10)
})

test('a shortlist keeps why each model fell out; the decision accounts for all and reads as decision.yaml', async () => {
  const made = await client.createShortlist({
    body: {
      title: 'Who answers at the desk',
      application: 'desk',
      criteria: { text: 'scripted/', servingModes: ['embedded'] },
    },
  })
  const { id } = made
  expect(made.candidates.map(({ model, outcome }) => [model, outcome])).toEqual([
    ['scripted/caller', 'kept'],
    ['scripted/echo', 'kept'],
    ['scripted/fixed', 'kept'],
  ])
  const choose = (alternatives: { model: string; reason: string }[]) =>
    client.decideShortlist({
      params: { id },
      body: {
        chosen: 'scripted/fixed',
        reasons: ['It was right in 8 of 12 cases.'],
        alternatives,
        dissent: 'It never says anything else.',
        weighing: { suite: 'answers', weights: { quality: 3, effort: 1 } },
      },
    })
  await expect(choose([])).rejects.toMatchObject({
    code: 'models.alternatives-open',
    message: expect.stringContaining('scripted/echo'),
  })
  await expect(
    client.eliminateFromShortlist({
      params: { id },
      body: { model: 'openai/gpt-4o', reason: 'It is not even listed.' },
    }),
  ).rejects.toMatchObject({ code: 'models.not-on-shortlist' })
  await client.reckonEffort({ params: { id }, body: { model: 'scripted/fixed', setUpHours: 2, hoursPerMonth: 0.5 } })
  await choose([
    { model: 'scripted/caller', reason: 'It calls tools, and the desk has none.' },
    { model: 'scripted/echo', reason: 'It repeats the question and answers nothing.' },
  ])
  await expect(choose([])).rejects.toMatchObject({ code: 'models.shortlist-decided' })

  const { content } = await client.getShortlistDecision({ params: { id } })
  expect(parse(content)).toMatchObject({
    chosen: {
      option: 'scripted/fixed',
      reasons: [
        'It was right in 8 of 12 cases.',
        expect.stringMatching(/^Weighed by quality 3, effort 1 on answers it comes to 1\.00 \(0\.\d\d to 1\.00\)\.$/),
        // Nobody reckoned what it takes to run the other.
        'What is unknown, or how far the quality may lie, leaves the lead open.',
      ],
    },
    rejected: [
      { option: 'scripted/caller', reasons: ['It calls tools, and the desk has none.'] },
      {
        option: 'scripted/echo',
        reasons: [
          'It repeats the question and answers nothing.',
          expect.stringMatching(/^Weighed by quality 3, effort 1 on answers it comes to /),
        ],
      },
    ],
    experiments: [expect.stringMatching(/^exp_/), expect.stringMatching(/^exp_/)],
    dissent: 'It never says anything else.',
  })
  const compared = await client.compareModels({ query: { application: 'desk', suite: 'answers', shortlist: id } })
  expect(compared.items.find(({ model }) => model === 'scripted/fixed')?.effort).toEqual({
    setUpHours: 2,
    hoursPerMonth: 0.5,
  })
  const weights = { quality: 3, effort: 1 }
  const weighed = await client.weighModels({ body: { application: 'desk', suite: 'answers', shortlist: id, weights } })
  expect((await client.getShortlist({ params: { id } })).decision?.weighing).toEqual({ suite: 'answers', ...weighed })
  await expect(
    client.weighModels({ body: { application: 'desk', suite: 'answers', weights: { quality: 0 } } }),
  ).rejects.toMatchObject({ status: 400, message: expect.stringContaining('at least one criterion') })
  const { items } = await client.listAudit({ query: { limit: 200 } })
  expect(items.map(({ action }) => action)).toEqual(
    expect.arrayContaining(['models.create-shortlist', 'models.decide-shortlist', 'models.reckon-effort']),
  )
})
