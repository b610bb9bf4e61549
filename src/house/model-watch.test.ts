/** A hosted model that changes under us: seen, told, and evidence on it stale; and a way out of its provider. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, expect, test } from 'vitest'
import { testAirworthy } from '../testing/airworthy.ts'

/** What the provider is today. */
const today = { fingerprint: 'fp_1', model: 'sage-2026-01-01', manner: 'plainly', down: false, index: '{"rows":7}' }
const provider = createServer((request, response) => {
  let text = ''
  request.on('data', (piece) => {
    text += piece
  })
  request.on('end', () => {
    if (today.down) return response.writeHead(500).end('{"error":{"message":"down"}}')
    if (request.url === '/fingerprint') return response.end(today.index)
    if (request.url === '/v1/models') return response.end(JSON.stringify({ data: [{ id: 'sage' }, { id: 'owl' }] }))
    const { messages, model, stream } = JSON.parse(text)
    const question: string = messages.at(-1).content
    const content = model === 'owl' ? 'Yes.' : `Yes: ${today.manner}, ${question.slice(0, 60)}`
    const base = { id: '1', created: 1, model: today.model, system_fingerprint: today.fingerprint }
    const usage = { prompt_tokens: 9, completion_tokens: 5, total_tokens: 14 }
    if (!stream) {
      response.setHeader('content-type', 'application/json')
      const choices = [{ index: 0, message: { role: 'assistant', content }, finish_reason: 'stop' }]
      return response.end(JSON.stringify({ ...base, object: 'chat.completion', choices, usage }))
    }
    response.setHeader('content-type', 'text/event-stream')
    for (const choices of [
      [{ index: 0, delta: { role: 'assistant', content } }],
      [{ index: 0, delta: {}, finish_reason: 'stop' }],
    ])
      response.write(`data: ${JSON.stringify({ ...base, object: 'chat.completion.chunk', choices, usage: null })}\n\n`)
    response.write(`data: ${JSON.stringify({ ...base, object: 'chat.completion.chunk', choices: [], usage })}\n\n`)
    return response.end('data: [DONE]\n\n')
  })
})
await new Promise<void>((done) => provider.listen(0, '127.0.0.1', done))

const airworthy = await testAirworthy()
const { client } = airworthy
afterAll(async () => {
  await airworthy.close()
  provider.close()
})
const MODEL = 'far/sage'
await client.putProvider({
  params: { name: 'far' },
  body: { dialect: 'openai', baseUrl: `http://127.0.0.1:${(provider.address() as AddressInfo).port}/v1` },
})

for (const model of [MODEL, 'far/owl'])
  await client.putOwnPrice({
    params: { model },
    body: { rates: { input: '0', output: '0' }, reason: 'it runs on this machine' },
  })

async function look(model?: string) {
  const { job } = await client.watchModels({ body: model === undefined ? {} : { model } })
  await expect
    .poll(async () => (await client.getJob({ params: { id: job } })).state, { timeout: 30_000 })
    .toBe('succeeded')
  return (await client.listModelProbes({ query: { model: MODEL, limit: 1 } })).items[0]
}
const files = (model: string) => ({
  'airworthy.yaml': `models: {answer: {model: ${model}}}\ngates: {poc: {add: [prod.external, vendor.exit]}}\n`,
  'prompts/answer.prompt': '{{question}}\n',
  'datasets/cases.jsonl': Array.from({ length: 30 }, (_, at) =>
    JSON.stringify({ id: `c${at}`, input: `Is it ${at}?`, expected: 'Yes', split: 'regress' }),
  ).join('\n'),
  'evals/answers.yaml':
    'dataset: cases\nsplits: [regress]\nprimary: contains\nmargin: 0.2\nevaluators: [{use: contains}]\n',
})
async function gate(id: string) {
  const started = await client.runGate({ params: { id, stage: 'poc' }, body: {} })
  if ('job' in started.body) {
    const { job } = started.body
    await expect
      .poll(async () => (await client.getJob({ params: { id: job } })).state, { timeout: 30_000 })
      .toBe('succeeded')
  }
  return current(id)
}
async function current(id: string) {
  const { findings } = await client.getGate({ params: { id, stage: 'poc' } })
  return Object.fromEntries(findings.map((finding) => [finding.check, finding]))
}
async function measure(id: string, against: string | null) {
  const started = await client.createExperiment({
    params: { id },
    body: { suite: 'answers', against: against as never },
  })
  if (!('id' in started.body)) throw new Error('It was not started.')
  const { id: experiment } = started.body
  await expect
    .poll(async () => (await client.getExperiment({ params: { id: experiment } })).state, { timeout: 30_000 })
    .toBe('succeeded')
}

let first = ''
test('models of live releases are probed; the first probe is what later ones are held to, the second is the same', async () => {
  await client.createApplication({ body: { name: 'far-desk', files: files(MODEL) } })
  first = (await client.freezeRelease({ params: { name: 'far-desk' }, body: {} })).body.id
  expect(await look()).toMatchObject({
    model: MODEL,
    verdict: { kind: 'first' },
    fingerprints: ['fp_1'],
    responseModels: ['sage-2026-01-01'],
    revision: 0,
  })
  const second = await look()
  expect(second).toMatchObject({ verdict: { kind: 'same', identical: { value: 1, n: 12 } } })
  expect(second?.answers).toHaveLength(36)
  expect(second?.answers.every(({ firstTokenMs }) => firstTokenMs !== null)).toBe(true)
  expect((await gate(first))['prod.external']).toMatchObject({ verdict: 'PASS', trust: 'measured' })
})

test('a change is seen, opens one task with a deadline, and makes evidence on answers stale', async () => {
  await client.createExperiment({ params: { id: first }, body: { suite: 'answers', against: null } })
  const other = await frozen('far/owl')
  await measure(other, first)
  await measure(first, other)
  expect(await frozen(MODEL), 'the same blueprint is the same release').toBe(first)
  expect((await current(first))['prod.external']).toMatchObject({ verdict: 'PASS' })

  today.manner = 'in quite another manner than it ever did before now'
  today.fingerprint = 'fp_2'
  expect(await look(MODEL)).toMatchObject({ verdict: { kind: 'changed', because: 'answers' }, revision: 1 })
  expect(await look(MODEL), 'it is what it is now').toMatchObject({ verdict: { kind: 'same' }, revision: 1 })
  expect((await current(first))['prod.external']).toMatchObject({
    verdict: 'STALE',
    why: [expect.stringContaining('model-behaviour has changed')],
  })
  const evidence = (await client.listEvidence({ query: { application: 'far-desk', check: 'eval.regress' } })).items
  expect(
    evidence.find(({ release }) => release === first)?.inputs.map(({ name }) => name),
    'what was measured depends on it',
  ).toContain('model-behaviour')

  const { items } = await client.listModelTasks({ query: { state: 'open' } })
  expect(items).toMatchObject([
    { model: MODEL, kind: 'answers-changed', applications: ['far-desk'], deadline: expect.any(String) },
  ])
  expect((await gate(first))['prod.external']).toMatchObject({ verdict: 'FAIL' })
  await client.closeModelTask({
    params: { id: items[0]?.id ?? ('' as never) },
    body: { resolution: 'Measured again, it is as good as it was.' },
  })
  await client.putModelSource({ body: { model: MODEL, kind: 'own', facts: { deprecatedOn: 'none' } } })
  expect((await gate(first))['prod.external']).toMatchObject({ verdict: 'PASS' })
})

test('a model that cannot be asked is not taken for unchanged', async () => {
  today.down = true
  expect(await look(MODEL)).toMatchObject({ verdict: null, failure: expect.stringContaining('far'), revision: 1 })
  today.down = false
})

test('an end that is near opens a task that ends that day, once', async () => {
  const end = new Date(Date.now() + 60 * 86_400_000).toISOString().slice(0, 10)
  await client.putModelSource({ body: { model: MODEL, kind: 'own', facts: { deprecatedOn: end } } })
  // The newest release is live in the sandbox; the model in question is used by the first one.
  await frozen(MODEL)
  await look()
  await look()
  const { items } = await client.listModelTasks({ query: { state: 'open' } })
  expect(items.filter(({ kind }) => kind === 'ends')).toMatchObject([
    { model: MODEL, deadline: `${end}T00:00:00.000Z` },
  ])
})

async function frozen(model: string): Promise<string> {
  await client.putBlueprint({ params: { name: 'far-desk' }, body: { files: files(model) } })
  return (await client.freezeRelease({ params: { name: 'far-desk' }, body: {} })).body.id
}

test('an index that is live is flagged and watched, and evidence goes stale when it drifts', async () => {
  const url = `http://127.0.0.1:${(provider.address() as AddressInfo).port}/fingerprint`
  const live = [{ name: 'products', at: 'the shop', embedding: 'far/vectors', fingerprint: { url } }]
  const settings = { models: { answer: { model: 'local/extractive' } }, liveIndexes: live }
  const gates = { poc: { add: ['prod.external'] } }
  const blueprint = { ...files(MODEL), 'airworthy.yaml': JSON.stringify({ ...settings, gates }) }
  await client.createApplication({ body: { name: 'far-index', files: blueprint } })
  const { id, manifest } = (await client.freezeRelease({ params: { name: 'far-index' }, body: {} })).body
  expect(manifest.liveIndexes).toMatchObject([
    {
      name: 'products',
      embedding: 'far/vectors',
      digest: expect.any(String),
      mutable: expect.stringMatching(/live at/),
    },
  ])
  expect(manifest.outside).toContainEqual({ what: 'Live index products', why: manifest.liveIndexes?.[0]?.mutable })
  const external = async () => (await current(id))['prod.external']

  await look()
  expect((await gate(id))['prod.external']).toMatchObject({ verdict: 'PASS' })
  await look()
  expect(await external()).toMatchObject({ verdict: 'PASS' })
  today.index = '{"rows":8}'
  await look()
  expect(await external()).toMatchObject({
    verdict: 'STALE',
    why: [expect.stringContaining('model-behaviour has changed')],
  })
  const { items } = await client.listModelTasks({ query: { state: 'open' } })
  expect(items.filter(({ applications }) => applications.includes('far-index'))).toMatchObject([
    { model: expect.stringMatching(/^live-index\/products@127\.0\.0\.1:/), kind: 'answers-changed' },
  ])
  today.index = ''
  await look()
  const unread = (await gate(id))['prod.external']
  expect(unread?.verdict, 'what cannot be read is not taken for unchanged').toMatch(/^(?:FAIL|INCONCLUSIVE)$/)
})

test('a tool at an address is flagged, and watched by the fingerprint that it names', async () => {
  const url = `http://127.0.0.1:${(provider.address() as AddressInfo).port}/fingerprint`
  today.index = '"tool 1"'
  const tool = { description: 'Where an order is.', effect: 'read', call: { kind: 'http', url, fingerprint: { url } } }
  const prompt = '---\ninput: {schema: {question: string}}\ntools: [orders]\n---\n{{question}}\n'
  const settings = { models: { answer: { model: 'scripted/caller' } }, gates: { poc: { add: ['prod.external'] } } }
  const blueprint = {
    ...files(MODEL),
    'prompts/answer.prompt': prompt,
    'tools/orders.yaml': JSON.stringify(tool),
    'airworthy.yaml': JSON.stringify(settings),
  }
  await client.createApplication({ body: { name: 'far-tool', files: blueprint } })
  const { id, manifest } = (await client.freezeRelease({ params: { name: 'far-tool' }, body: {} })).body
  expect(manifest.tools?.[0]?.mutable).toMatch(/its fingerprint is watched\.$/)
  await look()
  expect((await gate(id))['prod.external']).toMatchObject({ verdict: 'PASS' })
  today.index = '"tool 2"'
  await look()
  expect((await current(id))['prod.external']).toMatchObject({ verdict: 'STALE' })
  const { items } = await client.listModelTasks({ query: { state: 'open' } })
  expect(items.filter(({ applications }) => applications.includes('far-tool'))).toMatchObject([
    { model: expect.stringMatching(/^tool\/orders@127\.0\.0\.1:/) },
  ])
})

test('a way out is another approved model that was measured and is not worse; the export holds what a move needs', async () => {
  expect((await gate(first))['vendor.exit']).toMatchObject({
    verdict: 'FAIL',
    why: expect.arrayContaining([expect.stringContaining('No release of other, approved models')]),
  })
  await client.putModelSource({
    body: {
      model: 'far/owl',
      kind: 'own',
      facts: { licence: 'Apache-2.0', regions: ['eu'], trainsOnInputs: false, retentionDays: 0, deprecatedOn: 'none' },
    },
  })
  const grace = await airworthy.person('Grace', 'approver')
  const asked = await client.requestModelApproval({
    body: {
      model: 'far/owl',
      stages: ['poc'],
      dataClasses: ['none'],
      uses: ['commercial'],
      aliasAccepted: true,
      reason: 'A way out, should we need one.',
    },
  })
  await grace.decideModelApproval({
    params: { id: asked.id },
    body: { decision: 'approve', reason: 'It is good to have one.' },
  })
  const found = await client.exportExit({ params: { id: first } })
  expect(found).toMatchObject({
    schema: 'airworthy.exit/1',
    models: [{ model: MODEL }],
    prompts: [{ body: expect.stringContaining('question') }],
    datasets: [{ name: 'cases', examples: expect.arrayContaining([expect.objectContaining({ id: 'c0' })]) }],
    fallbacks: [{ models: ['far/owl'], n: 30 }],
  })
  await client.putModelSource({ body: { model: MODEL, kind: 'own', facts: { deprecatedOn: 'none' } } })
  expect((await gate(first))['vendor.exit']).toMatchObject({ verdict: 'PASS' })
})
