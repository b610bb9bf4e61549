import { afterAll, expect, test } from 'vitest'
import { blueprint, install, SETTINGS } from './installation.example.ts'

const airworthy = await install()
const { ask, application, freeze } = airworthy
afterAll(() => airworthy.stop())

test('an application is created from a template or from files, with four stages of which none is live', async () => {
  const { status, body } = await ask('POST', '/api/v1/applications', { name: 'from-template', template: 'faq' })
  expect(status).toBe(201)
  expect(body).toMatchObject({
    name: 'from-template',
    template: 'faq',
    description: 'answers questions',
    newest: null,
    frozen: false,
    stages: [
      { stage: 'sandbox', release: null },
      { stage: 'poc' },
      { stage: 'pilot' },
      { stage: 'production', next: null },
    ],
  })
  expect(body.documents.charter).toEqual({ digest: expect.stringMatching(/^sha256:/) })
  const full = await ask('GET', '/api/v1/applications/from-template?documents=true')
  expect(full.body.documents.charter.value).toEqual({ problem: 'too many questions' })
})

test.for([
  ['a name that is in use', { name: 'from-template', template: 'faq' }, 409, 'delivery.name-taken', /in use/],
  ['the name of a provider', { name: 'openai', template: 'faq' }, 409, 'delivery.name-taken', /provider/],
  ['a template that does not exist', { name: 'x', template: 'luck' }, 400, 'delivery.template-unknown', /faq/],
  ['neither template nor files', { name: 'x' }, 400, 'delivery.template-missing', /faq/],
  ['a file that leaves the folder', { name: 'x', files: { '../x.yaml': '' } }, 400, 'wire.body-invalid', /./],
] as const)('creating is refused for %s', async ([, body, status, code, detail]) => {
  expect(await ask('POST', '/api/v1/applications', body)).toMatchObject({
    status,
    body: { code, detail: expect.stringMatching(detail) },
  })
})

test('all mistakes of all files are told at once, and a blueprint that does not parse is not kept', async () => {
  await application('mistakes')
  const files = blueprint({
    'airworthy.yaml': `${SETTINGS}gates: {poc: {add: [eval.luck], tighten: {eval.smoke: {maxAgeDays: 90}}}, sandbox: {add: []}}\n`,
  })
  const checked = await ask('POST', '/api/v1/applications/mistakes/blueprint/check', { files })
  expect(checked.body.ok).toBe(false)
  expect(checked.body.problems.map(({ message }: { message: string }) => message)).toEqual([
    expect.stringMatching(/no gate into sandbox/),
    expect.stringMatching(/no check eval.luck/),
    expect.stringMatching(/90 would loosen/),
  ])
  const put = await ask('PUT', '/api/v1/applications/mistakes/blueprint', { files })
  expect(put).toMatchObject({
    status: 400,
    body: { code: 'delivery.blueprint-invalid', problems: [{ file: 'airworthy.yaml' }, {}, {}] },
  })
  expect((await ask('GET', '/api/v1/applications/mistakes/blueprint')).body.files).toEqual(blueprint())
  const model = blueprint({ 'airworthy.yaml': SETTINGS.replace('scripted/echo', 'nobody/none') })
  expect((await ask('POST', '/api/v1/applications/mistakes/blueprint/check', { files: model })).body).toMatchObject({
    ok: false,
    problems: [
      {
        field: 'models.answer.model',
        line: expect.any(Number),
        message: 'Nobody serves nobody/none',
        remedy: expect.any(String),
      },
    ],
  })
})

test('one file is added as it is, text or bytes', async () => {
  await application('one-file')
  const put = (path: string, bytes: Uint8Array) =>
    ask('PUT', `/api/v1/applications/one-file/blueprint/files/${encodeURIComponent(path)}`, bytes)
  expect(await put('knowledge/picture.bin', Uint8Array.from([255, 0, 1]))).toMatchObject({ status: 200 })
  expect(await put('prompts/answer.prompt', Buffer.from('Antworte kurz: {{question}} ☂'))).toMatchObject({
    status: 200,
  })
  expect(await put('prompts/other.prompt', Buffer.from('{{nothing}}'))).toMatchObject({ status: 400 })
  const { files } = (await ask('GET', '/api/v1/applications/one-file/blueprint')).body
  expect(files).toMatchObject({
    'knowledge/picture.bin': { base64: '/wAB' },
    'prompts/answer.prompt': 'Antworte kurz: {{question}} ☂',
  })
  expect(files['prompts/other.prompt']).toBeUndefined()
})

test('freezing the same blueprint gives the same release; comments change nothing, an order of steps would', async () => {
  await application('frozen')
  const first = await ask('POST', '/api/v1/applications/frozen/releases', { commit: 'abc' })
  expect(first).toMatchObject({
    status: 201,
    body: { number: 1, stage: 'sandbox', commit: 'abc', live: [{ stage: 'sandbox', share: 1 }] },
  })
  await ask('PUT', '/api/v1/applications/frozen/blueprint', {
    files: blueprint({ 'airworthy.yaml': `# a comment\n${SETTINGS}`, 'charter.yaml': 'problem: other words\n' }),
  })
  expect((await ask('GET', '/api/v1/applications/frozen')).body.frozen).toBe(false)
  const again = await ask('POST', '/api/v1/applications/frozen/releases', {})
  expect(again).toMatchObject({ status: 200, body: { id: first.body.id, digest: first.body.digest } })
  expect((await ask('GET', '/api/v1/applications/frozen')).body).toMatchObject({ frozen: true, newest: { number: 1 } })

  const two = await freeze('frozen', blueprint({ 'prompts/answer.prompt': 'Answer at length: {{question}}\n' }))
  expect(two).not.toBe(first.body.id)
  const { body } = await ask('GET', '/api/v1/applications/frozen/releases')
  expect(body.items.map(({ number, live }: { number: number; live: unknown[] }) => [number, live.length])).toEqual([
    [2, 1],
    [1, 0],
  ])
  expect(body.items[0].manifest).toBeUndefined()
})

test('two freezes at once give one release', async () => {
  await application('twice')
  const both = await Promise.all([1, 2].map(() => ask('POST', '/api/v1/applications/twice/releases', {})))
  expect(both.map(({ status }) => status).sort()).toEqual([200, 201])
  expect(new Set(both.map(({ body }) => body.id)).size).toBe(1)
})

test('what changed since the release before is said in words', async () => {
  await application('changes')
  await freeze('changes')
  const settings = SETTINGS.replace('scripted/echo}', 'scripted/slow, parameters: {temperature: 0.5}}')
  const second = await freeze(
    'changes',
    blueprint({
      'airworthy.yaml': settings,
      'prompts/answer.prompt': 'Answer briefly: {{question}}\nBe kind.\n',
      'prompts/second.prompt': '{{question}}',
    }),
  )
  const { body } = await ask('GET', `/api/v1/releases/${second}/changes`)
  expect(body.items.map(({ words, behaviour }: { words: string; behaviour: boolean }) => [words, behaviour])).toEqual([
    ['The prompt answer has changed: body: 1 line added, 0 removed.', true],
    ['The prompt second was added.', true],
    [
      'The model answer has changed: model is scripted/slow instead of scripted/echo; parameters.temperature is new: 0.5.',
      true,
    ],
  ])
  expect((await ask('GET', `/api/v1/releases/${body.since}/changes`)).body).toEqual({ since: null, items: [] })
})

test('a viewer changes nothing, and a key of another application sees nothing', async () => {
  await application('private')
  const release = await freeze('private')
  expect(await ask('POST', '/api/v1/applications/private/releases', {}, 'tom')).toMatchObject({ status: 403 })
  for (const path of [
    'applications/private',
    `releases/${release}`,
    `releases/${release}/gates/poc`,
    'applications/private/blueprint',
  ])
    expect(await ask('GET', `/api/v1/${path}`, undefined, 'bound'), path).toMatchObject({ status: 403 })
  expect((await ask('GET', '/api/v1/live', undefined, 'bound')).body.applications).toEqual({})
  const names = async (as?: 'bound') => (await ask('GET', '/api/v1/application-names', undefined, as)).body.items
  expect(await names()).toContainEqual({ name: 'private', description: expect.any(String) })
  expect(await names('bound')).not.toContainEqual(expect.objectContaining({ name: 'private' }))
})
