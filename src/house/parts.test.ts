/** What a release is made of: each part by its digest, each change in exactly the part that it changes. */
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import type { Manifest } from '../../sdk/index.ts'
import { ROOT, testAirworthy } from '../testing/airworthy.ts'

const airworthy = await testAirworthy()
const { client } = airworthy
afterAll(() => airworthy.close())

const folder = join(ROOT, 'templates', 'support-assistant')
const files: Readonly<Record<string, string>> = Object.fromEntries(
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => statSync(join(folder, path)).isFile())
    .map((path) => [path, readFileSync(join(folder, path), 'utf8')]),
)
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
