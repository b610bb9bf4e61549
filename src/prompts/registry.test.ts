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
