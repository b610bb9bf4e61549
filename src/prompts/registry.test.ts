import { afterAll, beforeAll, expect, test } from 'vitest'
import { testAirworthy } from '../testing/airworthy.ts'

const airworthy = await testAirworthy()
const { client } = airworthy
afterAll(() => airworthy.close())

const NAME = 'shop'
const SETTINGS = `
models:
  echo: { model: scripted/echo }
flow:
  - { id: answer, use: generate, prompt: answer, model: echo }
`
const first = `---
input:
  schema:
    question: string
---
{{role "system"}}{{> tone}} You answer questions of customers.
{{role "user"}}{{question}}`
const second = first.replace('questions of customers', 'questions of guests')
const put = async (prompt: string, tone: string) => {
  const files = { 'airworthy.yaml': SETTINGS, 'prompts/answer.prompt': prompt, 'prompts/_tone.prompt': tone }
  await client.putBlueprint({ params: { name: NAME }, body: { files } })
  return (await client.freezeRelease({ params: { name: NAME }, body: {} })).body
}
const releases: string[] = []
beforeAll(async () => {
  await client.createApplication({
    body: {
      name: NAME,
      files: { 'airworthy.yaml': SETTINGS, 'prompts/answer.prompt': first, 'prompts/_tone.prompt': 'Be kind.' },
    },
  })
  releases.push(
    (await put(first, 'Be kind.')).id,
    (await put(second, 'Be kind.')).id,
    (await put(second, 'Be dry.')).id,
  )
})
const params = { name: NAME, prompt: 'answer' }

test('a change of the prompt or of its partial is a new version, and the sandbox has the newest', async () => {
  const { items } = await client.listPromptVersions({ params })
  expect(items.map(({ number, releases: of, partials }) => [number, of, partials])).toEqual([
    [3, [releases[2]], { tone: 'Be dry.' }],
    [2, [releases[1]], { tone: 'Be kind.' }],
    [1, [releases[0]], { tone: 'Be kind.' }],
  ])
  expect((await client.listPrompts({ params: { name: NAME } })).items).toMatchObject([
    { name: 'answer', versions: 3, labels: [{ stage: 'sandbox', number: 3, arm: 'control', share: 1 }] },
  ])
  expect((await client.listPromptUses({ params })).items).toEqual([
    { release: releases[2], number: 3, flow: 'flow', step: 'answer', model: 'scripted/echo' },
  ])
})

test('two versions are compared by word, as written and as rendered with values', async () => {
  const body = { from: 1, to: 3, values: { question: 'Open on Sunday?' } }
  const { written, rendered, before, after } = await client.comparePromptVersions({ params, body })
  const changed = (pieces: typeof written) => pieces.filter(({ kind }) => kind !== 'same')
  expect(changed(rendered)).toEqual([
    { kind: 'removed', text: 'kind' },
    { kind: 'added', text: 'dry' },
    { kind: 'removed', text: 'customers' },
    { kind: 'added', text: 'guests' },
  ])
  expect(changed(written)).toEqual(expect.arrayContaining(changed(rendered)))
  expect(before).toMatchObject({ kind: 'rendered', turns: [{ role: 'system' }, { content: 'Open on Sunday?' }] })
  expect(after).toMatchObject({ kind: 'rendered' })
  const without = await client.comparePromptVersions({ params, body: { from: 1, to: 3 } })
  expect(without).toMatchObject({ rendered: [], before: { kind: 'not-rendered', code: 'prompts.missing-placeholder' } })
})

test('a label is where its release is live; nobody moves it by hand, and the refusal names what to promote', async () => {
  const move = (stage: 'sandbox' | 'production', number: number) =>
    client.movePromptLabel({ params: { ...params, stage }, body: { number } })
  expect(await move('sandbox', 3)).toMatchObject({ stage: 'sandbox', number: 3, release: releases[2] })
  for (const stage of ['sandbox', 'production'] as const)
    await expect(move(stage, 1)).rejects.toMatchObject({
      status: 409,
      code: 'prompts.label-behind-gate',
      message: expect.stringContaining(`Promote ${releases[0]} into ${stage}`),
    })
  await expect(move('sandbox', 9)).rejects.toMatchObject({ status: 404, code: 'prompts.version-unknown' })
})

test('a text that is nowhere kept is rendered with the partials of the blueprint', async () => {
  const render = (text: string, values = {}) => client.renderPrompt({ params: { name: NAME }, body: { text, values } })
  expect(await render('{{> tone}} {{question}}', { question: 'Why?' })).toMatchObject({
    rendered: { kind: 'rendered', turns: [{ role: 'user', content: 'Be dry. Why?' }] },
    findings: expect.arrayContaining([expect.objectContaining({ code: 'format-missing' })]),
  })
  expect(await render('{{question}}')).toMatchObject({
    rendered: { kind: 'not-rendered', code: 'prompts.missing-placeholder' },
  })
  await expect(render('---\na: [\n---\nx')).rejects.toMatchObject({ status: 400, code: 'prompts.unusable' })
})

test('a partial that is not there is a mistake of the blueprint', async () => {
  const files = { 'airworthy.yaml': SETTINGS, 'prompts/answer.prompt': '{{> manners}} {{question}}' }
  const { ok, problems } = await client.checkBlueprint({ params: { name: NAME }, body: { files } })
  expect(ok).toBe(false)
  expect(problems).toMatchObject([{ file: 'prompts/answer.prompt', message: 'there is no partial manners' }])
})

const SHOWS = `---
examples: { dataset: questions, ids: [b, a] }
---
{{role "system"}}You answer in one word.
{{#each examples}}Q: {{input}} A: {{expected}}
{{/each}}{{role "user"}}{{question}}`
const ROWS = [
  { id: 'a', input: 'Is water wet?', expected: 'Yes.', split: 'build' },
  { id: 'b', input: [{ role: 'user', content: 'Is it?' }], expected: ['No.', 'Never.'], split: 'build' },
  { id: 'exam', input: 'Is fire cold?', expected: 'No.', split: 'holdout' },
  { id: 'bare', input: 'Who knows?', split: 'build' },
]
const showing = (prompt: string, rows: readonly object[] = ROWS) => ({
  'airworthy.yaml': SETTINGS,
  'prompts/answer.prompt': prompt,
  'datasets/questions.jsonl': rows.map((row) => JSON.stringify(row)).join('\n'),
})

test('a prompt shows rows of a dataset, which are frozen with it in their order', async () => {
  const freeze = async (files: Record<string, string>) => {
    await client.putBlueprint({ params: { name: NAME }, body: { files } })
    return (await client.freezeRelease({ params: { name: NAME }, body: {} })).body.manifest.prompts[0]
  }
  const frozen = await freeze(showing(SHOWS))
  expect(frozen?.frontMatter).toMatchObject({
    examples: { dataset: 'questions' },
    input: {
      default: {
        examples: [
          { id: 'b', input: 'Is it?', expected: 'No.' },
          { id: 'a', input: 'Is water wet?', expected: 'Yes.' },
        ],
      },
    },
  })
  const [newest] = (await client.listPromptVersions({ params })).items
  const { after } = await client.comparePromptVersions({
    params,
    body: { from: newest?.number ?? 0, to: newest?.number ?? 0, values: { question: 'Why?' } },
  })
  const system = expect.stringMatching(/Q: Is it\? A: No\.\nQ: Is water wet\? A: Yes\./)
  expect(after).toMatchObject({ kind: 'rendered', turns: [{ content: system }, { content: 'Why?' }] })
  expect((await freeze(showing(SHOWS.replace('[b, a]', '[a, b]'))))?.digest).not.toBe(frozen?.digest)
  // A draft is shown the rows of the stored blueprint.
  const draft = SHOWS.replace('ids: [b, a]', 'first: 2')
  const { rendered, findings } = await client.renderPrompt({
    params: { name: NAME },
    body: { text: draft, values: { question: 'Why?' } },
  })
  expect(rendered).toMatchObject({ turns: [{ content: expect.stringContaining('Q: Is water wet? A: Yes.') }, {}] })
  expect(findings.map(({ code }) => code)).toEqual([])
})

test.for([
  ['[exam]', /row exam is of the split holdout, and what measures a prompt may not stand in it/],
  ['[bare]', /row bare has no answer to show/],
  ['[gone]', /no row gone in questions/],
])('rows %s are not shown, and the blueprint says why', async ([ids, message]) => {
  const files = showing(SHOWS.replace('[b, a]', ids as string))
  const { problems } = await client.checkBlueprint({ params: { name: NAME }, body: { files } })
  expect(problems).toMatchObject([
    { file: 'prompts/answer.prompt', field: 'examples.ids', message: expect.stringMatching(message as RegExp) },
  ])
})

test('examples are named rightly, of a dataset that is there, and not more than it has', async () => {
  const problemOf = async (examples: string) => {
    const files = showing(SHOWS.replace('{ dataset: questions, ids: [b, a] }', examples))
    return (await client.checkBlueprint({ params: { name: NAME }, body: { files } })).problems[0]
  }
  expect(await problemOf('{ dataset: elsewhere, first: 1 }')).toMatchObject({ field: 'examples.dataset' })
  expect(await problemOf('{ dataset: questions, first: 3 }')).toMatchObject({
    message: 'the split build of questions has 2 rows with an answer, and 3 are asked for',
  })
  expect(await problemOf('{ dataset: questions }')).toMatchObject({ field: 'examples', message: /ids/ })
  expect(await problemOf('three')).toMatchObject({ field: 'examples' })
})

test('lint is told with the check of a blueprint as warnings, which stop nothing, and by itself', async () => {
  const files = {
    'airworthy.yaml': SETTINGS,
    'prompts/answer.prompt': 'Be formal. Sound casual. For example so, in one sentence: {{question}}',
  }
  const checked = await client.checkBlueprint({ params: { name: NAME }, body: { files } })
  expect(checked).toMatchObject({
    ok: true,
    problems: [],
    warnings: [
      { code: 'role-missing', severity: 'warning', file: 'prompts/answer.prompt' },
      { code: 'contradictory', severity: 'warning', line: 1 },
    ],
  })
  expect(await client.lintPrompts({ params: { name: NAME }, body: { files } })).toMatchObject({
    prompts: 1,
    items: [{ code: 'role-missing' }, { code: 'contradictory' }],
  })
  expect(await client.lintPrompts({ params: { name: NAME }, body: {} })).toMatchObject({ prompts: 1 })
  const broken = { ...files, 'airworthy.yaml': 'flow: nowhere' }
  await expect(client.lintPrompts({ params: { name: NAME }, body: { files: broken } })).rejects.toMatchObject({
    status: 400,
    code: 'prompts.blueprint-invalid',
  })
})
