/** What a release is made of: each part by its digest, each change in exactly the part that it changes. */
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { askTheDesk } from '../../examples/index.ts'
import type { AirworthyError, Manifest } from '../../sdk/index.ts'
import { ROOT, testAirworthy } from '../testing/airworthy.ts'

const airworthy = await testAirworthy()
const { client } = airworthy
afterAll(() => airworthy.close())

const filesIn = (folder: string): Readonly<Record<string, string>> =>
  Object.fromEntries(
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((path) => statSync(join(folder, path)).isFile())
      .map((path) => [path, readFileSync(join(folder, path), 'utf8')]),
  )
const files = filesIn(join(ROOT, 'templates', 'support-assistant'))
const name = 'shop'
await client.createApplication({ body: { name, files } })

async function freeze(change: Record<string, string> = {}) {
  await client.putBlueprint({ params: { name }, body: { files: { ...files, ...change } } })
  return (await client.freezeRelease({ params: { name }, body: {} })).body
}

/** Every part of a manifest as `kind name` and its digest. */
function partsOf({ prompts, models, flow, baseline, index, datasets, suites }: Manifest): Map<string, string> {
  const parts = [
    ...prompts.map((part) => ['prompt', part] as const),
    ...models.map((part) => ['model', part] as const),
    ['flow', flow] as const,
    ...(baseline ? [['baseline', baseline] as const] : []),
    ...(index ? [['index', index] as const] : []),
    ...datasets.map((part) => ['dataset', part] as const),
    ...suites.map((part) => ['suite', part] as const),
  ]
  return new Map(parts.map(([kind, part]) => [`${kind} ${part.name}`, part.digest]))
}

const first = await freeze()

test.for([
  ['a word of a prompt', 'prompts/answer.prompt', 'one to three sentences', 'one sentence', ['prompt answer']],
  ['a parameter of a model', 'airworthy.yaml', '{ sentences: 1 }', '{ sentences: 2 }', ['model reader']],
  ['a step of the flow', 'flows/main.yaml', /k: \d+/, 'k: 7', ['flow main']],
  ['a document', 'knowledge/delivery.md', /$/, '\nWe also deliver by boat.\n', ['index knowledge']],
  ['how documents are searched', 'airworthy.yaml', 'b: 0.75', 'b: 0.5', ['index knowledge']],
  ['an expected answer', 'datasets/questions.jsonl', '4.50 euros', '4.60 euros', ['dataset questions']],
] as const)('%s is another release, and only its own part has another digest', async ([, path, from, to, changed]) => {
  const text = files[path] ?? ''
  const changedText = text.replace(from, to)
  expect(changedText).not.toBe(text)
  const release = await freeze({ [path]: changedText })
  expect(release.id).not.toBe(first.id)
  const before = partsOf(first.manifest)
  const after = partsOf(release.manifest)
  expect([...after.keys()]).toEqual([...before.keys()])
  expect([...after].filter(([part, digest]) => before.get(part) !== digest).map(([part]) => part)).toEqual(changed)
})

test('the order of examples is another release, and what was before is the release that it was', async () => {
  const rows = (files['datasets/questions.jsonl'] ?? '').trim().split('\n')
  const turned = await freeze({ 'datasets/questions.jsonl': [...rows.slice(1), rows[0]].join('\n') })
  expect(turned.id).not.toBe(first.id)
  expect((await freeze()).id).toBe(first.id)
})

const VECTORS = [
  '{"id":"a","text":"We deliver.","embedding":[0.1,0.2],"embeddedWith":"acme/small"}',
  '{"id":"b","text":"We repair.","embedding":[0.3,0.4],"embeddedWith":"acme/small"}',
]
const embedded = (lines: readonly string[], embedding?: string) => ({
  'knowledge/rows.jsonl': lines.join('\n'),
  'airworthy.yaml': (files['airworthy.yaml'] ?? '').replace(
    'analyser: english',
    `analyser: english${embedding ? `\n  embedding: ${embedding}` : ''}`,
  ),
})

test('an index names the model of its vectors, and another one is another index', async () => {
  const small = await freeze(embedded(VECTORS, 'acme/small'))
  expect(small.manifest.index).toMatchObject({ embedding: 'acme/small' })
  const large = VECTORS.map((line) => line.replace('acme/small', 'acme/large'))
  const other = await freeze(embedded(large, 'acme/large'))
  // The texts are the same: it is the model alone that makes it another index.
  expect(other.manifest.index?.digest).not.toBe(small.manifest.index?.digest)
  const { items } = await client.getReleaseChanges({ params: { id: other.id }, query: { since: small.id } })
  expect(items.map(({ kind, change }) => `${kind} ${change}`).sort()).toEqual([
    'embedding added',
    'embedding removed',
    'index changed',
  ])
})

test.for([
  [
    'vectors of two models',
    [VECTORS[0] ?? '', (VECTORS[1] ?? '').replace('small', 'large')],
    'acme/small',
    2,
    /of acme\/large, and this index is of acme\/small/,
  ],
  ['vectors of a model that is not declared', VECTORS, undefined, 1, /declares no embedding model/],
] as const)('an index with %s is refused with the line', async ([, lines, embedding, line, why]) => {
  await client.putBlueprint({ params: { name }, body: { files: { ...files, ...embedded(lines, embedding) } } })
  const refused = await client.freezeRelease({ params: { name }, body: {} }).catch((thrown: AirworthyError) => thrown)
  expect((refused as AirworthyError).problems).toContainEqual(
    expect.objectContaining({ file: 'knowledge/rows.jsonl', line, message: expect.stringMatching(why) }),
  )
})

const tool = (more: object = {}) =>
  JSON.stringify({
    description: 'Where a parcel is.',
    effect: 'read',
    arguments: { type: 'object', properties: { number: { type: 'string' } }, required: ['number'] },
    call: { kind: 'client' },
    ...more,
  })

test('a tool is a part of its release, flagged, and what changes in it is said in words', async () => {
  const before = await freeze({ 'tools/parcels.yaml': tool() })
  expect(before.manifest.tools).toMatchObject([{ name: 'parcels', mutable: expect.stringMatching(/whoever asks/) }])
  expect(before.manifest.outside).toContainEqual({
    what: 'What the tool parcels does',
    why: 'It is run by whoever asks, and each may run another.',
  })
  const after = await freeze({ 'tools/parcels.yaml': tool({ effect: 'write' }) })
  expect(after.manifest.tools?.[0]?.digest).not.toBe(before.manifest.tools?.[0]?.digest)
  expect((await client.getReleaseChanges({ params: { id: after.id }, query: {} })).items).toMatchObject([
    {
      ...{ kind: 'tool', name: 'parcels', behaviour: true },
      words: 'The tool parcels has changed: effect is write instead of read.',
    },
  ])
})

test.for([
  ['one that is gone', tool(), undefined, /parcels is gone, and a conversation that waits/],
  ['one that callers do not know', undefined, tool(), /callers do not know parcels/],
  [
    'an argument that is not always sent any more',
    tool(),
    tool({ arguments: { type: 'object' } }),
    /parcels may be called without number/,
  ],
  ['another description', tool(), tool({ description: 'Where it is.' }), undefined],
] as const)('callers are not surprised by their tools: %s', async ([, was, is, why]) => {
  const since = await freeze(was === undefined ? {} : { 'tools/parcels.yaml': was })
  const release = await freeze(is === undefined ? {} : { 'tools/parcels.yaml': is })
  const { forward } = await client.getReleaseCompatibility({ params: { id: release.id }, query: { since: since.id } })
  expect(forward.find(({ what }) => what === 'tools')).toMatchObject({
    fits: why === undefined,
    words: expect.stringMatching(why ?? /asked as now/),
  })
})

test('the order desk hands its tool out, goes on from what it gave, and says which it was', async () => {
  const told: string[] = []
  const { answer, why } = await askTheDesk({
    client,
    users: { baseUrl: airworthy.url, token: airworthy.ownerToken },
    name: 'order-desk',
    files: filesIn(join(ROOT, 'examples', 'order-desk', 'blueprint')),
    orders: ({ number }) => `Order ${number} arrives on Friday.`,
    tell: (line) => told.push(line),
  })
  expect(answer).toBe('Order 4711 arrives on Friday.')
  expect(why.tools).toMatchObject([{ name: 'orders', outcome: 'answered', by: 'client', effect: 'read' }])
  expect(told).toContain('It was given a result of the tool orders, which reads, by whoever asked.')
})

test('an adapter is a part of its release, from the answer to the data that it learned from', async () => {
  const settings = (files['airworthy.yaml'] ?? '').replace(
    'parameters: { sentences: 1 }',
    'parameters: { sentences: 1 }\n    adapter: {name: tone, id: ft:reader:shop, base: local/extractive, data: [questions]}',
  )
  const tuned = await freeze({ 'airworthy.yaml': settings })
  const data = tuned.manifest.datasets.find(({ name: dataset }) => dataset === 'questions')
  const part = tuned.manifest.models.find(({ adapter }) => adapter)?.adapter
  expect(part).toMatchObject({
    ...{ name: 'tone', id: 'ft:reader:shop', weights: null, base: 'local/extractive' },
    data: [{ what: 'questions', digest: data?.digest }],
  })
  const params = { id: tuned.id }
  expect((await client.getReleaseChanges({ params, query: { since: first.id } })).items).toMatchObject([
    {
      ...{ kind: 'adapter', name: 'reader/tone', change: 'added', behaviour: true },
      words: 'The adapter reader/tone was added: tone over local/extractive, tuned on questions.',
    },
  ])
  const { trace } = await client.answerRelease({
    params,
    body: { turns: [{ role: 'user', content: 'How long do I have to return something?' }] },
  })
  const why = await kept(() => client.explainAnswer({ params: { id: trace } }))
  expect(why.adapters).toMatchObject([
    { name: 'tone', model: 'local/extractive', data: [{ what: 'questions', licence: expect.any(String) }] },
  ])
  expect(why.words).toContain('local/extractive is tuned: tone over local/extractive, tuned on questions.')
})

test('a prompt, examples and an adapter are arms of one table, each bound to what really answered', async () => {
  const { params, prompts } = { params: { id: first.id }, prompts: first.manifest.prompts }
  const prompt = prompts[0]?.name ?? ''
  const text = files[`prompts/${prompt}.prompt`] ?? ''
  const adapter = { name: 'tone', id: 'ft:reader:shop', base: 'local/extractive', data: ['questions'] }
  const start = (data: string[]) =>
    client.createExperiment({
      params,
      body: {
        suite: first.manifest.suites[0]?.name ?? '',
        variants: [
          { name: 'examples', prompts: { [prompt]: `${text}\nFor example: 30 days.\n` } },
          { name: 'tuned', models: { reader: { parameters: { sentences: 2 }, adapter: { ...adapter, data } } } },
        ],
      },
    })
  await expect(start(['elsewhere'])).rejects.toMatchObject({ code: 'evals.variant-unknown-part' })
  const { id } = (await start(['questions'])).body as { id: `exp_${string}` }
  const read = () => client.getExperiment({ params: { id } })
  await expect.poll(async () => (await read()).state, { timeout: 60_000, interval: 100 }).toBe('succeeded')
  const { arms, further } = await read()
  const kinds = new Map(
    arms.map(({ arm, behaviour }) => [arm, behaviour.map(({ kind, name: part }) => `${kind} ${part}`)]),
  )
  expect(kinds.get('tuned')).toContain('adapter reader/tone')
  expect(kinds.get('examples')).not.toContain('adapter reader/tone')
  expect(further.map(({ arm }) => arm)).toEqual(['examples', 'tuned'])
})

/** A record is there a moment after its answer. */
async function kept<Found>(read: () => Promise<Found>): Promise<Found> {
  for (;;) {
    const found = await read().catch(() => undefined)
    if (found !== undefined) return found
    await new Promise((passed) => setTimeout(passed, 50))
  }
}
