/** A model of our own: how it was trained, joined with its data, its base and its files, wherever somebody decides. */
import { createHash } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { createClient, type Deletion } from '../../sdk/index.ts'
import { testAirworthy } from '../testing/airworthy.ts'
import { airworthyCommand } from '../testing/child.ts'
import { safetensors } from '../testing/weights-files.ts'

const MODEL = 'shed/own-7b'
const airworthy = await testAirworthy()
const { client, data, url } = airworthy
afterAll(() => airworthy.close())
await client.putProvider({ params: { name: 'shed' }, body: { dialect: 'openai', baseUrl: 'http://127.0.0.1:9/v1' } })
const own = (model: string, facts: object) => client.putModelSource({ body: { model, kind: 'own', facts } })
await own(MODEL, { licence: 'Apache-2.0' })
await own('shed/base-7b', { identity: 'Sages/Base-7B', licence: 'Apache-2.0' })

const PERSON = 'ada.trained@example.org'
await client.createDataset({ body: { name: 'tickets' } })
const { digest } = versionIn(
  await client.editRows({
    params: { dataset: 'tickets' },
    body: {
      base: 0,
      put: [{ id: 'a', input: `Where is the parcel of ${PERSON}?` }],
      personalData: 'allowed',
      reason: 'The first ones',
    },
  }),
)
await client.createDataset({ body: { name: 'secrets', application: await applicationNamed('vault') } })
await client.editRows({
  params: { dataset: 'secrets' },
  body: { base: 0, put: [{ id: 'a', input: 'Hush' }], reason: 'Quiet ones' },
})

const tensors = safetensors({ a: { dtype: 'BF16', shape: [2, 3], bytes: 12 } })
const cameOut = `sha256:${createHash('sha256').update(tensors).digest('hex')}`
const FILE = `
method: LoRA
base: [sages/base-7b]
datasets:
  - {dataset: tickets, digest: "${digest}"}
  - {dataset: secrets, version: 1}
  - {name: corpus, digest: "${digest}", licence: CC0-1.0, source: https://example.org/corpus}
code: {repository: https://example.org/trainer.git, revision: 4f2a91c0}
parameters: {rank: 16, target_modules: [q_proj, v_proj]}
seed: 42
frameworks: {torch: 2.8.0}
hardware: {name: H100, count: 8, hours: 5.5}
costMicroUsd: 96800000
startedAt: 2026-03-01T08:00:00+01:00
endedAt: 2026-03-01T12:30:00Z
figures: [{name: eval_loss, value: 0.71, n: 400}]
weights: [{file: model.safetensors, digest: "${cameOut}"}]
note: Asked for by ${PERSON}
`
const cli = (...words: string[]) =>
  airworthyCommand(words, { AIRWORTHY_URL: url, AIRWORTHY_TOKEN: airworthy.ownerToken, AIRWORTHY_DATA: data })
const lineage = () => client.getModelLineage({ params: { model: MODEL } })
const record = (body: object) => client.recordTrainingRun({ body: { model: MODEL, ...body } as never })

function versionIn(answer: Awaited<ReturnType<typeof client.editRows>>) {
  if ('digest' in answer.body) return answer.body
  throw new Error('No version was made.')
}
async function applicationNamed(name: string) {
  const files = {
    'airworthy.yaml': `models: {answer: {model: ${MODEL}}}\n`,
    'prompts/answer.prompt': '{{question}}\n',
  }
  await client.createApplication({ body: { name, files } })
  return name
}

test.for<[string, object, string, string]>([
  ['a field that is wrong', { content: 'seed: many\n' }, 'seed', 'line 1'],
  ['a field that there is none of', { content: 'method: LoRA\nsede: 4\n' }, 'sede', 'line 2'],
  ['a method that nobody knows', { run: { method: 'magic' } }, 'run.method', 'LoRA'],
  [
    'a version that there is none of',
    { run: { datasets: [{ dataset: 'tickets', version: 9 }] } },
    'datasets.0',
    'no version 9',
  ],
  [
    'a digest that no version has',
    { run: { datasets: [{ dataset: 'tickets', digest: `sha256:${'0'.repeat(64)}` }] } },
    'datasets.0',
    'no version of tickets',
  ],
  [
    'a digest of another version',
    { run: { datasets: [{ dataset: 'tickets', version: 1, digest: `sha256:${'0'.repeat(64)}` }] } },
    'datasets.0',
    'has the digest',
  ],
  [
    'data that is neither here nor elsewhere',
    { run: { datasets: [{ licence: 'MIT' }] } },
    'run.datasets.0.dataset',
    'either dataset',
  ],
  [
    'an end before the start',
    { run: { startedAt: '2026-03-02T00:00:00Z', endedAt: '2026-03-01T00:00:00Z' } },
    'run.endedAt',
    'before it started',
  ],
  ['a time without a zone', { run: { startedAt: '2026-03-02' } }, 'run.startedAt', '2026-03-01T08:00:00Z'],
  ['money below 0', { run: { costMicroUsd: -5 } }, 'run.costMicroUsd', 'not below 0'],
  ['nothing at all', {}, 'run', 'send run, content or mlflow'],
  ['no run of MLflow', { mlflow: '{}' }, '', 'mlflow'],
  ['a run of MLflow that goes on', { mlflow: mlflow({ status: 'RUNNING' }) }, 'mlflow', 'running'],
  ['a place that nothing has', { run: { seed: 1 }, replaces: 'mtr_00000000000000000000000000' }, 'replaces', ''],
])('%s is refused by its field', async ([, body, field, why]) => {
  const refusal = await record(body).then(
    () => undefined,
    (thrown: unknown) => thrown,
  )
  expect(refusal).toMatchObject({ status: 400, message: expect.stringContaining(why) })
  if (field !== '') expect(refusal).toMatchObject({ problems: [expect.objectContaining({ field })] })
})

test('nothing of a model is its lineage while nobody recorded its training', async () => {
  expect(await lineage()).toMatchObject({ own: false, complete: false, parts: [{ part: 'run', state: 'missing' }] })
  await expect(client.getModelLineage({ params: { model: 'nobody/nothing' } })).rejects.toMatchObject({
    code: 'models.unknown-model',
  })
})

test('a file is recorded once, and its lineage names what is missing until the files were read', async () => {
  const file = join(data, 'run.yaml')
  writeFileSync(file, FILE)
  const first = await cli('models', 'trained', MODEL, file)
  expect(first.out).toContain('is not complete')
  expect(first.out).toContain('No weights of it were read here')
  const again = await record({ content: FILE })
  expect(again.status, 'the same again is the row that is there').toBe(200)
  expect(again.body).toMatchObject({
    method: 'LoRA',
    startedAt: '2026-03-01T07:00:00.000Z',
    costMicroUsd: '96800000',
    datasets: [
      { kind: 'version', dataset: 'tickets', version: 1, digest },
      { kind: 'version', dataset: 'secrets', version: 1, application: 'vault' },
      { kind: 'elsewhere', name: 'corpus' },
    ],
  })
  expect((await cli('models', 'lineage', MODEL)).code).toBe(3)

  mkdirSync(join(data, 'weights', 'own'), { recursive: true })
  writeFileSync(join(data, 'weights', 'own', 'model.safetensors'), tensors)
  const { job } = await client.registerModelWeights({ body: { model: MODEL, path: 'own' } })
  await expect
    .poll(async () => (await client.getJob({ params: { id: job } })).state, { timeout: 20_000 })
    .toBe('succeeded')
  expect(await lineage()).toMatchObject({
    complete: true,
    missing: [],
    bases: [{ said: 'sages/base-7b', model: 'shed/base-7b', licence: 'Apache-2.0', own: false }],
  })
  const shown = await cli('models', 'lineage', MODEL)
  expect(shown).toMatchObject({ code: 0, out: expect.stringContaining('is complete') })
})

test('the card, the dataset, an approval, the gate and the papers of a release show it', async () => {
  const { fields } = await client.getModelCard({ params: { model: MODEL } })
  expect(fields.find(({ name }) => name === 'baseModel')).toMatchObject({
    value: ['sages/base-7b'],
    source: 'training',
    standing: 'self-reported',
  })
  expect(JSON.stringify(fields), 'a dataset of one application is not named to all').not.toContain('secrets')
  const { items } = await client.listTrainingRuns({ query: { dataset: 'tickets' } })
  expect(items.map(({ model }) => model)).toEqual([MODEL])
  expect((await cli('models', 'trained', '--dataset', 'tickets')).out).toContain(MODEL)

  // A record that says less takes the place of the first.
  const [before] = items
  const less = FILE.replace('seed: 42\n', '')
  const { body: newer } = await record({ content: less, replaces: before?.id })
  await expect(record({ run: { seed: 7 }, replaces: before?.id })).rejects.toMatchObject({
    message: expect.stringContaining(newer.id),
  })
  expect(await lineage()).toMatchObject({ run: newer.id, missing: ['Nobody says the seed.'] })

  const asked = await client.requestModelApproval({
    body: { model: MODEL, stages: ['poc'], dataClasses: ['none'], uses: ['commercial'], reason: 'It is our own one.' },
  })
  expect(asked.lineage).toEqual({ complete: false, missing: ['Nobody says the seed.'] })
  const { id } = (await client.freezeRelease({ params: { name: 'vault' }, body: {} })).body
  const started = await client.runGate({ params: { id, stage: 'poc' }, body: {} })
  if (!('job' in started.body)) throw new Error('Nothing was started.')
  const gateJob = started.body.job
  await expect
    .poll(async () => (await client.getJob({ params: { id: gateJob } })).state, { timeout: 20_000 })
    .toBe('succeeded')
  const { items: evidence } = await client.listEvidence({ query: { application: 'vault', check: 'model.approved' } })
  expect(evidence[0]).toMatchObject({
    summary: expect.stringContaining(`Missing in the lineage of ${MODEL}: Nobody says the seed.`),
    facts: { incompleteLineages: { value: 1, n: 1 } },
  })
  const card = JSON.stringify(await client.getReleaseCard({ params: { id, card: 'models' } }))
  expect(card).toContain('Its lineage is not complete: Nobody says the seed.')

  await record({ content: FILE.replace('rank: 16', 'rank: 32'), replaces: newer.id })
  const finding = (await client.getGate({ params: { id, stage: 'poc' } })).findings.find(
    ({ check }) => check === 'model.approved',
  )
  expect(finding, 'what it rested on is another lineage').toMatchObject({ verdict: 'STALE' })
})

test('a key of one application learns nothing of datasets of another', async () => {
  const name = await applicationNamed('kiosk')
  const { secret } = await client.createKey({ body: { name: 'kiosk', role: 'viewer', application: name } })
  const bound = createClient({ baseUrl: url, token: secret })
  const seen = JSON.stringify([
    await bound.listTrainingRuns({ query: {} }),
    await bound.getModelLineage({ params: { model: MODEL } }),
  ])
  expect(seen).toContain('a dataset of another application')
  expect(seen).not.toContain('secrets')
  expect((await bound.listTrainingRuns({ query: { dataset: 'secrets' } })).items).toEqual([])
})

test('a run of MLflow comes in with its commit, seed, base and data; a file beside it goes before', async () => {
  const model = 'shed/from-mlflow'
  await own(model, { licence: 'Apache-2.0' })
  const { body } = await client.recordTrainingRun({
    body: { model, mlflow: mlflow({}), run: { method: 'QLoRA', seed: 8 } },
  })
  expect(body).toMatchObject({
    mlflowRun: 'a1b2',
    method: 'QLoRA',
    seed: 8,
    base: ['Sages/Base-7B'],
    code: { revision: 'c0ffee', repository: 'https://example.org/t.git' },
    parameters: { rank: '8', seed: '7' },
    startedAt: '2026-03-01T00:00:00.000Z',
    figures: [{ name: 'eval_loss', value: 0.5, n: null }],
    datasets: [
      { kind: 'version', dataset: 'tickets', version: 1 },
      { kind: 'elsewhere', name: 'web', digest: '6f3c', licence: null },
    ],
  })
  const { missing } = await client.getModelLineage({ params: { model } })
  expect(missing).toEqual(['web: nobody says its licence.', 'Nobody says which weights came out of it.'])
})

test('a person who is deleted is gone from records, and the lineage says that weights may keep what they learned', async () => {
  const person = { user: 'nobody-of-that-name', identifiers: [PERSON] }
  const settled = async (id: Deletion['id']) => (await client.getDeletion({ params: { id } })).state
  const { id } = await client.proposeDeletion({ body: person })
  await expect.poll(() => settled(id), { timeout: 30_000 }).toBe('proposed')
  await client.confirmDeletion({ params: { id } })
  await expect.poll(() => settled(id), { timeout: 30_000 }).toBe('done')
  const { items } = await client.listTrainingRuns({ query: { model: MODEL } })
  expect(items).toHaveLength(3)
  expect(JSON.stringify(items)).not.toContain(PERSON)
  expect(items[0]).toMatchObject({ method: 'LoRA', figures: [{ name: 'eval_loss', value: 0.71, n: 400 }] })
  expect((await lineage()).notes).toEqual([expect.stringContaining('Somebody was deleted from tickets version 1')])
})

function mlflow({ status = 'FINISHED' }: { status?: string }): string {
  return JSON.stringify({
    run: {
      info: { run_id: 'a1b2', run_name: 'tune', status, start_time: 1_772_323_200_000, end_time: 1_772_330_400_000 },
      data: {
        metrics: [{ key: 'eval_loss', value: 0.5, timestamp: 1_772_330_400_000, step: 3 }],
        params: Object.entries({ rank: '8', seed: '7', _name_or_path: 'Sages/Base-7B' }).map(([key, value]) => ({
          key,
          value,
        })),
        tags: [
          { key: 'mlflow.source.git.commit', value: 'c0ffee' },
          { key: 'mlflow.source.git.repoURL', value: 'https://example.org/t.git' },
        ],
      },
      inputs: {
        dataset_inputs: [
          { dataset: { name: 'questions', digest, source: '{}', source_type: 'local' } },
          { dataset: { name: 'web', digest: '6f3c', source: 'https://example.org/web', source_type: 'http' } },
        ],
      },
    },
  })
}
