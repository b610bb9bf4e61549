import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer as createHttp } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { gunzipSync } from 'node:zlib'
import { sql } from 'kysely'
import { afterAll, expect, test } from 'vitest'
import type { ActorId } from '../core/actor.ts'
import type { Turn } from '../core/conversation.ts'
import { secureBytes } from '../kernel/random.ts'
import { Secret } from '../kernel/secret.ts'
import { stoppedClock } from '../kernel/time.ts'
import { openDatabase } from '../store/database.ts'
import { openEmbedded } from '../store/embedded.ts'
import { migrate } from '../store/migrate.ts'
import type { Caller } from '../wire/caller.ts'
import { createServer } from '../wire/server.ts'
import { createModels, type ModelsDeps, modelsHttp, modelsMigrations } from './index.ts'

const engine = await openEmbedded(null)
const db = openDatabase(engine)
await migrate(db, [modelsMigrations], stoppedClock())
const priceBook = JSON.parse(readFileSync(new URL('../../packs/prices/core.json', import.meta.url), 'utf8'))
const mtrag = new URL('../../data/rag-mtrag-human/', import.meta.url).pathname
const folder = mkdtempSync(join(tmpdir(), 'airworthy-models-'))
writeFileSync(
  join(folder, 'own.jsonl'),
  `${JSON.stringify({ conversation: [{ role: 'user', content: 'Hi' }], answer: 'Hello there.', model: 'toy' })}\n`,
)

let organisations = 0
async function open(more: Partial<ModelsDeps> = {}) {
  const audit: { action: string; subject: string }[] = []
  const organisation = more.organisation ?? `org-${++organisations}`
  const deps: ModelsDeps = {
    db,
    clock: stoppedClock('2026-11-21T00:00:00.000Z'),
    organisation,
    masterKey: new Secret('the master key'),
    random: secureBytes,
    credential: () => undefined,
    takenBy: async (_, name) => (name === 'shop' ? 'the application shop' : undefined),
    record: async (_, entry) => void audit.push(entry),
    publish: () => {},
    priceBook,
    recordings: [
      {
        name: 'mtrag-gpt-4o',
        file: join(mtrag, 'evaluations.jsonl.gz'),
        format: 'mtrag',
        recordedModel: 'gpt-4o',
        pricedAs: 'openai/gpt-4o',
      },
      { name: 'own', file: join(folder, 'own.jsonl'), format: 'conversations' },
      { name: 'lost', file: join(folder, 'lost.jsonl'), format: 'conversations' },
    ],
    ...more,
  }
  const models = await createModels(deps)
  opened.push(models)
  const caller = {
    actor: 'act_1' as ActorId,
    permissions: new Set(['view', 'administer', 'operate']),
  } as unknown as Caller
  const app = createServer(modelsHttp(models), {
    callerOf: async () => caller,
    report: (thrown) => {
      throw thrown
    },
  })
  const call = async (method: string, path: string, body?: unknown) => {
    const response = await app.request(path, { method, ...(body ? { body: JSON.stringify(body) } : {}) })
    const said = await response.text()
    return { status: response.status, body: said === '' ? null : JSON.parse(said) }
  }
  return { models, call, audit, organisation }
}
const opened: { close(): Promise<void> }[] = []
afterAll(async () => {
  for (const models of opened) await models.close()
  await db.destroy()
})

const request = (
  model: string,
  parameters: Record<string, unknown> = {},
  conversation: Turn[] = [{ role: 'user', content: 'Hi' }],
) => ({
  model,
  messages: conversation,
  parameters,
  conversation,
  signal: new AbortController().signal,
})
const grounding = {
  question: 'When was it founded?',
  passages: [
    { id: 'a', title: 'Acme', text: 'Acme makes anvils. It was founded in 1949 [12].' },
    { id: 'b', title: 'Other', text: 'Nothing to see here.' },
  ],
}

test('the reader cites the passage of each sentence, for nothing, and streams the same words', async () => {
  const { models } = await open()
  const ask = { ...request('local/extractive', { sentences: 1 }), grounding }
  const completion = await models.complete(ask)
  expect(completion).toMatchObject({
    text: 'It was founded in 1949 (12). [1]',
    servedBy: 'local/extractive',
    citations: ['a'],
    costMicroUsd: '0',
    usage: { estimated: true },
    priceBook: models.priceBook,
  })
  let streamed = ''
  for await (const delta of models.stream(ask))
    if (delta.kind === 'text') streamed += delta.text
    else expect(delta.completion).toEqual(completion)
  expect(streamed).toBe(completion.text)
})

test('every recorded conversation of the benchmark gives back its recorded answer, with tokens and price estimated', async () => {
  const { models } = await open()
  const lines = (name: string) =>
    gunzipSync(readFileSync(join(mtrag, name)))
      .toString()
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))
  const answers = new Map(
    lines('evaluations.jsonl.gz')
      .filter(({ model_id }) => model_id === 'gpt-4o')
      .map((one) => [one.task_id, one.model_response]),
  )
  let same = 0
  for (const task of lines('tasks.jsonl.gz')) {
    const conversation: Turn[] = task.input.map((turn: { speaker: string; text: string }) => ({
      role: turn.speaker === 'agent' ? 'assistant' : 'user',
      content: turn.text,
    }))
    const completion = await models.complete(
      request('replay/mtrag-gpt-4o', {}, [{ role: 'system', content: 'Be brief.' }, ...conversation]),
    )
    if (completion.text === answers.get(task.task_id) && completion.servedBy === 'replay/mtrag-gpt-4o') same++
    expect(completion.usage.estimated).toBe(true)
    expect(completion.costMicroUsd).toBe(
      String(completion.usage.inputTokens * 2.5 + completion.usage.outputTokens * 10),
    )
  }
  expect(same).toBe(159)
})

test.for([
  [
    'its own file',
    request('replay/own'),
    { text: 'Hello there.', servedBy: 'replay/own', responseModel: 'toy', costMicroUsd: null },
  ],
  [
    'a conversation without a recording',
    { ...request('replay/own', { otherwise: 'local/extractive' }, [{ role: 'user', content: 'New' }]), grounding },
    { servedBy: 'local/extractive', costMicroUsd: '0' },
  ],
] as const)('a recording answers %s', async ([, ask, expected]) => {
  const { models } = await open()
  expect(await models.complete(ask)).toMatchObject(expected)
})

test.for([
  [
    'local/none',
    {},
    'models.unknown-model',
    /These work now: local\/extractive, local\/first-sentence, replay\/mtrag-gpt-4o/,
  ],
  ['nobody/x', {}, 'models.unknown-model', /There is no model nobody\/x/],
  ['extractive', {}, 'models.unknown-model', /There is no model extractive/],
  ['openai/gpt-4o', {}, 'models.key-missing', /set OPENAI_API_KEY .* These work now: local\/extractive/],
  ['local/extractive', { sentences: 9 }, 'models.parameter-invalid', /sentences/],
  ['local/extractive', { temperature: 1 }, 'models.parameter-invalid', /temperature/],
  ['replay/own', { otherwise: 'openai/gpt-4o' }, 'models.parameter-invalid', /local model/],
  ['replay/own', {}, 'models.no-recording', /otherwise: local\/extractive/],
  ['replay/lost', {}, 'models.recording-unreadable', /lost.jsonl/],
  ['scripted/echo', { failEvery: 1 }, 'models.scripted-failure', /fails/],
  ['scripted/fixed', { text: 'one two three', streamFault: 'cut' }, 'models.stream-cut', /broke off/],
] as const)('%s with %j is refused with what to do', async ([model, parameters, code, message]) => {
  const { models } = await open()
  const thrown = await models
    .complete(request(model, parameters, [{ role: 'user', content: 'Never asked' }]))
    .catch((error) => error)
  expect(thrown).toMatchObject({ code, message: expect.stringMatching(message) })
})

test('scripted models keep time, fail when told, and hang until they are cancelled', async () => {
  const { models } = await open()
  const outcomes = []
  for (let i = 0; i < 4; i++)
    outcomes.push(
      await models.complete(request('scripted/echo', { failEvery: 2 })).then(
        ({ text: said }) => said,
        () => 'failed',
      ),
    )
  expect(outcomes).toEqual(['Hi', 'failed', 'Hi', 'failed'])
  const stop = AbortSignal.timeout(30)
  const hanging = models.complete({
    ...request('scripted/fixed', { text: 'ab', streamFault: 'hang', latencyMs: 5 }),
    signal: stop,
  })
  await expect(hanging).rejects.toMatchObject({ name: 'TimeoutError' })
})

test('a part of a release names what its answers come from', async () => {
  const { models } = await open()
  const part = models.resolve('answer', { model: 'local/extractive', parameters: {} })
  expect(part).toMatchObject({ name: 'answer', model: 'local/extractive', mutable: null })
  expect(models.resolve('x', { model: 'local/extractive', parameters: { sentences: 1 } }).digest).not.toBe(part.digest)
  expect(models.resolve('x', { model: 'openai/gpt-4o', parameters: {} }).mutable).toMatch(/may change/)
  expect(models.resolve('x', { model: 'openai/gpt-4o-2024-08-06', parameters: {} }).mutable).toBeNull()
})

test('a provider is configured, tested, asked, kept sealed and removed', async () => {
  const { models, call, audit, organisation } = await open()
  const seen: { url: string | undefined; key: string | undefined; body: string }[] = []
  const server = createHttp(async (incoming, response) => {
    seen.push({ url: incoming.url, key: incoming.headers.authorization, body: await text(incoming) })
    if (incoming.headers.authorization !== 'Bearer sk-secret-1234')
      return void response.writeHead(401).end('{"error":{"message":"no"}}')
    response.end(
      incoming.url === '/v1/models'
        ? '{"data":[{"id":"tiny"}]}'
        : '{"choices":[{"message":{"content":"pong"},"finish_reason":"stop"}],"usage":{"prompt_tokens":1,"completion_tokens":1}}',
    )
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1/`
  const put = await call('PUT', '/api/v1/providers/own', { dialect: 'openai', baseUrl, credential: 'sk-secret-1234' })
  expect(put).toMatchObject({ status: 200, body: { credential: { kind: 'kept' }, builtIn: false } })
  expect(JSON.stringify((await sql`select * from providers`.execute(db)).rows)).not.toContain('sk-secret')

  expect(await call('POST', '/api/v1/providers/own/test')).toMatchObject({
    body: { kind: 'reached', models: ['tiny'] },
  })
  const cards = (await call('GET', '/api/v1/models')).body.items
  expect(cards.find(({ model }: { model: string }) => model === 'own/tiny')).toMatchObject({
    works: true,
    kind: 'remote',
    price: null,
  })
  expect(await models.complete(request('own/tiny'))).toMatchObject({
    text: 'pong',
    servedBy: 'own/tiny',
    costMicroUsd: null,
  })

  const body = Buffer.from('{"model":"own/tiny", "seed":12345678901234567890}')
  const forwarded = await models.forward({
    provider: 'own',
    path: 'chat/completions',
    body,
    model: 'tiny',
    signal: new AbortController().signal,
  })
  expect([forwarded.status, await text(forwarded.body)]).toEqual([200, expect.stringContaining('pong')])
  expect(seen.at(-1)).toEqual({
    url: '/v1/chat/completions',
    key: 'Bearer sk-secret-1234',
    body: '{"model":"tiny", "seed":12345678901234567890}',
  })

  const again = await open({ organisation })
  expect(await again.models.complete(request('own/tiny'))).toMatchObject({ text: 'pong' })
  const other = await open({ organisation, masterKey: new Secret('another master key') })
  await expect(other.models.complete(request('own/tiny'))).rejects.toMatchObject({
    code: 'models.credential-unreadable',
  })

  expect((await call('DELETE', '/api/v1/providers/own')).status).toBe(204)
  expect((await call('GET', '/api/v1/providers/own')).status).toBe(404)
  expect(audit.map(({ action, subject }) => `${action} ${subject}`)).toEqual([
    'models.put-provider own',
    'models.delete-provider own',
  ])
  server.closeAllConnections()
  server.close()
})

test.for([
  ['shop', { baseUrl: 'http://127.0.0.1:9/v1' }, 409, 'models.name-taken'],
  ['local', { baseUrl: 'http://127.0.0.1:9/v1' }, 409, 'models.name-reserved'],
  ['own', { baseUrl: 'http://169.254.169.254/v1' }, 400, 'models.address-refused'],
  ['own', { baseUrl: 'file:///etc/passwd' }, 400, 'wire.body-invalid'],
  [
    'own',
    { baseUrl: 'http://127.0.0.1:9/v1', credential: { env: 'AIRWORTHY_MASTER_KEY' } },
    403,
    'models.credential-own',
  ],
  ['Own_1', { baseUrl: 'http://127.0.0.1:9/v1' }, 400, 'wire.params-invalid'],
] as const)('PUT of the provider %s with %j is refused', async ([name, input, status, code]) => {
  const { call } = await open()
  const answer = await call('PUT', `/api/v1/providers/${name}`, { dialect: 'openai', ...input })
  expect([answer.status, answer.body.code]).toEqual([status, code])
})

test('a key goes to its own provider and to nobody else', async () => {
  const { models } = await open({ credential: (name) => (name.endsWith('_KEY') ? new Secret('sk') : undefined) })
  const { credentialFor } = models.providers
  expect(credentialFor('OPENAI_API_KEY', 'https://api.openai.com/v1')?.reveal()).toBe('sk')
  expect(credentialFor('MY_APP_KEY', 'http://127.0.0.1:9/')?.reveal()).toBe('sk')
  const refusals: [string, string, string][] = [
    ['OPENAI_API_KEY', 'https://evil.example/v1', 'models.credential-elsewhere'],
    ['openai', 'https://evil.example/v1', 'models.credential-elsewhere'],
    ['AIRWORTHY_MASTER_KEY', 'https://evil.example/v1', 'models.credential-own'],
    ['NOT_SET', 'https://evil.example/v1', 'models.key-missing'],
  ]
  for (const [name, url, code] of refusals)
    expect(() => credentialFor(name, url)).toThrow(expect.objectContaining({ code }))
})
