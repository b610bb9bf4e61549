/** A model found, shortlisted, compared on own cases and decided for; through the front door. */

import { afterAll, expect, test } from 'vitest'
import { parse } from 'yaml'
import { createClient } from '../../sdk/index.ts'
import { testAirworthy } from '../testing/airworthy.ts'
import { airworthyCommand } from '../testing/child.ts'
import { type Says, withProviders } from '../testing/local-provider.ts'

const airworthy = await testAirworthy()
const { client } = airworthy
const { provider, price, close } = withProviders(airworthy)
afterAll(async () => {
  close()
  await airworthy.close()
})

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

test('a search asks for what was measured on own cases, and takes what was not measured for open', async () => {
  const measured = { application: 'desk' as const, suite: 'answers', quality: 0.3 }
  const ask = (more: object = {}) =>
    client.searchModels({ body: { text: 'scripted/', measured: { ...measured, ...more }, sortBy: 'quality' } })
  const outcomes = async (more: object = {}) =>
    (await ask(more)).items.map(({ model, outcome, measured: own }) => [model, outcome, own?.quality.n ?? null])
  // 8 of 12 lie between 0.39 and 0.86; 0 of 12 below 0.25.
  expect(await outcomes()).toEqual([
    ['scripted/fixed', 'kept', 12],
    ['scripted/caller', 'open', null],
    ['scripted/echo', 'eliminated', 12],
  ])
  expect((await outcomes({ quality: 0.6 }))[0]).toEqual(['scripted/fixed', 'open', 12])
  const search = (words: string) =>
    airworthyCommand(
      `models search --text scripted/ ${words}`.split(' '),
      { AIRWORTHY_URL: airworthy.url, AIRWORTHY_TOKEN: airworthy.ownerToken },
      airworthy.data,
    )
  const { out } = await search('--measured desk/answers --quality 0.3 --sort quality')
  expect(out).toMatch(/scripted\/fixed +kept .*0\.6667 \[0\.39\d+, 0\.86\d+\], n 12/)
  expect(out).toMatch(/scripted\/caller +open .*not measured/)
  expect((await search('--serving api,embedded')).out).toMatch(/scripted\/echo +kept +- +embedded/)
  expect((await search('--serving api')).out).toMatch(/scripted\/echo +eliminated +- +embedded/)

  await client.createApplication({ body: { name: 'till', files: files('scripted/echo', '{}') } })
  const { secret } = await client.createKey({ body: { name: 'till', role: 'builder', application: 'till' } })
  const bound = createClient({ baseUrl: airworthy.url, token: secret })
  await expect(bound.searchModels({ body: { measured } })).rejects.toMatchObject({ code: 'access.other-application' })
  const query = { application: 'desk' as const, suite: 'answers' }
  await expect(bound.compareModels({ query })).rejects.toMatchObject({ code: 'access.other-application' })
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

test('rounds of choosing keep what was compared, tuned and decided, and what led to the next', async () => {
  const params = { name: 'desk' }
  const title = 'Who answers at the desk'
  expect((await client.listModelRounds({ params })).items).toEqual([])
  const { id, number, ledBy } = await client.openModelRound({ params, body: { title } })
  expect([number, ledBy]).toEqual([1, null])
  await expect(client.openModelRound({ params, body: { title } })).rejects.toMatchObject({ code: 'models.round-open' })
  const add = (body: Parameters<typeof client.addToModelRound>[0]['body'], round = id) =>
    client.addToModelRound({ params: { id: round }, body })
  const [shortlist] = (await client.listShortlists({ query: { application: 'desk' } })).items
  await add({ kind: 'shortlist', shortlist: shortlist?.id ?? 'msl_' })
  await add({ kind: 'comparison', suite: 'answers', reference: 'scripted/echo', weights: { quality: 1 } })
  await expect(add({ kind: 'comparison', suite: 'none' })).rejects.toMatchObject({ code: 'models.nothing-compared' })
  await expect(add({ kind: 'tuning', tuning: 'job_none' })).rejects.toMatchObject({ status: 404 })
  const close = (round: typeof id, body: Parameters<typeof client.closeModelRound>[0]['body']) =>
    client.closeModelRound({ params: { id: round }, body })
  const reason = 'It was right in 8 of 12 cases.'
  await expect(close(id, { kind: 'chosen', reason })).rejects.toMatchObject({ code: 'models.round-without-model' })
  const closed = await close(id, { kind: 'chosen', model: 'scripted/fixed', reason })
  expect(closed).toMatchObject({
    steps: [
      { kind: 'shortlist', looked: 3, left: ['scripted/fixed'], chosen: 'scripted/fixed' },
      {
        kind: 'comparison',
        reference: 'scripted/echo',
        items: expect.arrayContaining([
          expect.objectContaining({ model: 'scripted/fixed', quality: expect.objectContaining({ n: 12 }) }),
        ]),
        weighing: { weights: { quality: 1 } },
      },
    ],
    outcome: { kind: 'chosen', model: 'scripted/fixed', reason },
  })
  await expect(add({ kind: 'adaptation', what: 'Another prompt was tried.' })).rejects.toMatchObject({
    code: 'models.round-closed',
  })

  // Tuning sees the build split alone, so that the cases get one.
  const { files: before } = await client.getBlueprint({ params })
  const build = rows.replaceAll('"regress"', '"build"')
  await client.putBlueprint({ params, body: { files: { ...before, 'datasets/cases.jsonl': build } } })
  const { body: release } = await client.freezeRelease({ params, body: {} })
  const tuned = await client.startTuning({ params: { id: release.id }, body: { suite: 'answers', budget: 40 } })
  const tuning = tuned.body.kind === 'started' ? tuned.body.id : ''
  await expect(client.openModelRound({ params, body: { title } })).rejects.toMatchObject({
    code: 'models.round-without-reason',
  })
  const second = await client.openModelRound({ params, body: { title: 'A better prompt', ledBy: 'It says the same.' } })
  await expect
    .poll(async () => (await client.getTuning({ params: { id: tuning } })).state, { timeout: 20_000 })
    .toBe('succeeded')
  const kept = await add({ kind: 'tuning', tuning }, second.id)
  expect(kept).toMatchObject({ number: 2, steps: [{ prompt: 'answer', present: { id: 'present' }, proposer: null }] })
  const { content } = await client.exportModelRounds({ params })
  expect(content).toMatch(/## Round 1: Who answers[\s\S]*scripted\/fixed: 0\.667 \(0\.\d+ to 0\.\d+\), n 12, better/)
  expect(content).toMatch(
    /Outcome, [\d-]+: chosen scripted\/fixed\.[\s\S]*## Round 2[\s\S]*What led to it: It says the same\./,
  )
})

const usage = (answer: string) => ({ prompt_tokens: 10, completion_tokens: answer.length })
const chatAnswer = (text: string) => ({
  choices: [{ message: { content: text }, finish_reason: 'stop' }],
  usage: usage(text),
})

/** Batches of OpenAI as its interface is published: a file goes in, the batch takes a while, files of lines come out. */
function openaiBatchServer(): Says {
  let lines: { custom_id: string; url: string; body: { model: string } }[] = []
  let looks = 0
  const batch = (status: string) => ({
    ...{ id: 'batch_1', object: 'batch', endpoint: '/v1/chat/completions', status },
    ...(status === 'completed' && { output_file_id: 'file-out', error_file_id: 'file-err' }),
    request_counts: { total: lines.length, completed: 0, failed: 0 },
  })
  return (response, { path, text }) => {
    const say = (value: unknown) => response.end(JSON.stringify(value))
    if (path === '/chat/completions') return say(chatAnswer('Yes.'))
    if (path === '/files') {
      expect(text).toMatch(/name="purpose"\r\n\r\nbatch\r\n/)
      lines = [...text.matchAll(/^\{.*\}$/gm)].map(([line]) => JSON.parse(line))
      return say({ id: 'file-in', object: 'file', purpose: 'batch' })
    }
    if (path === '/batches') {
      expect(JSON.parse(text)).toMatchObject({ input_file_id: 'file-in', completion_window: '24h' })
      return say(batch('validating'))
    }
    if (path === '/batches/batch_1') return say(batch(looks++ < 2 ? 'in_progress' : 'completed'))
    const answers = lines.map(({ custom_id }, at) =>
      at === 0
        ? { custom_id, response: null, error: { code: 'batch_expired', message: 'It came too late.' } }
        : { custom_id, response: { status_code: 200, body: chatAnswer('Yes.') }, error: null },
    )
    const wanted = answers.filter(({ error }) => (error !== null) === path.includes('file-err'))
    // In another order than they were sent.
    return response.end(
      wanted
        .toReversed()
        .map((line) => `${JSON.stringify(line)}\n`)
        .join(''),
    )
  }
}

/** Message batches of Anthropic as its interface is published. */
function anthropicBatchServer(): Says {
  let asked: { custom_id: string; params: Record<string, unknown> }[] = []
  let looks = 0
  const batch = (status: string) => ({
    ...{ id: 'msgbatch_1', type: 'message_batch', processing_status: status },
    // Another host, which must not be asked with our key.
    results_url: 'http://127.0.0.1:9/results',
    request_counts: { processing: 0, succeeded: 0, errored: 0, canceled: 0, expired: 0 },
  })
  return (response, { path, text }) => {
    const say = (value: unknown) => response.end(JSON.stringify(value))
    if (path === '/messages/batches') {
      asked = JSON.parse(text).requests
      for (const { params } of asked) expect(params).toMatchObject({ model: 'large', max_tokens: expect.any(Number) })
      return say(batch('in_progress'))
    }
    if (path === '/messages/batches/msgbatch_1') return say(batch(looks++ < 1 ? 'in_progress' : 'ended'))
    const content = [{ type: 'text', text: 'Yes.' }]
    const message = {
      type: 'message',
      role: 'assistant',
      model: 'large',
      content,
      stop_reason: 'end_turn',
      usage: { input_tokens: 10, output_tokens: 4 },
    }
    const lines = asked.map(({ custom_id }, at) => ({
      custom_id,
      result:
        at === 0
          ? {
              type: 'errored',
              error: { type: 'error', error: { type: 'invalid_request_error', message: 'Too long.' } },
            }
          : { type: 'succeeded', message },
    }))
    return response.end(lines.map((line) => JSON.stringify(line)).join('\n'))
  }
}

async function timed(model: string, modes: ('chat' | 'stream' | 'concurrent' | 'batch')[]) {
  const params = { name: 'desk' }
  const started = await client.startModelTiming({ params, body: { model, suite: 'answers', questions: 5, modes } })
  const id = started.body.kind === 'started' ? started.body.id : ''
  const get = async () => (await client.listModelTimings({ params })).items.find((one) => one.id === id)
  await expect.poll(async () => (await get())?.state, { timeout: 20_000, interval: 50 }).toBe('succeeded')
  return (await get())?.modes
}

test('a model is measured one by one, as a stream, many at a time, and as a batch of its provider at the price of one', async () => {
  await provider('many', openaiBatchServer())
  await price('many/small', { input: '2', output: '8', tiers: { batch: { input: '1', output: '4' } } })
  expect(await timed('many/small', ['chat', 'concurrent', 'batch'])).toMatchObject([
    { mode: 'chat', asked: 5, errors: 0, atATime: 1, latencyMs: { n: 5 }, firstTokenMs: null, costMicroUsd: '52' },
    { mode: 'concurrent', asked: 5, errors: 0, atATime: 16, costMicroUsd: '52' },
    {
      ...{ mode: 'batch', asked: 5, errors: 1, problem: 'It came too late.', atATime: null, latencyMs: null },
      costMicroUsd: '26',
    },
  ])
  const [stream] = (await timed('scripted/echo', ['stream'])) ?? []
  expect(stream).toMatchObject({ firstTokenMs: { n: 5, interval: { method: 'dkw' } }, costMicroUsd: '0' })
  const params = { name: 'desk' }
  const body = { model: 'many/small', suite: 'answers', questions: 5, modes: ['chat', 'batch'] as ('chat' | 'batch')[] }
  const { body: quote } = await client.startModelTiming({ params, body: { ...body, dryRun: true } })
  expect(quote).toMatchObject({ kind: 'quote', questions: 5, calls: 10, costMicroUsd: expect.stringMatching(/^\d+/) })
  await expect(client.startModelTiming({ params, body: { ...body, model: 'scripted/echo' } })).rejects.toMatchObject({
    code: 'models.no-batches',
  })
})

test('message batches are read by the published address and not where the answer points, and an unknown price stays so', async () => {
  const lots = await provider('lots', anthropicBatchServer(), { dialect: 'anthropic' })
  expect(await timed('lots/large', ['batch'])).toMatchObject([
    { mode: 'batch', asked: 5, errors: 1, problem: 'Too long.', latencyMs: null, costMicroUsd: null },
  ])
  expect(lots.heard.at(-1)?.path).toBe('/messages/batches/msgbatch_1/results')
})

test('a provider that has no batches, whatever its words, fails with what to do', async () => {
  await provider('none', (response) => response.end('{}'))
  const params = { name: 'desk' }
  const body = { model: 'none/small', suite: 'answers', modes: ['batch' as const] }
  const started = await client.startModelTiming({ params, body })
  const id = started.body.kind === 'started' ? started.body.id : ''
  const get = async () => (await client.listModelTimings({ params })).items.find((one) => one.id === id)
  await expect.poll(async () => (await get())?.state, { timeout: 20_000, interval: 50 }).toBe('failed')
  expect((await get())?.error).toContain('answers about batches in another way than is published')
})
