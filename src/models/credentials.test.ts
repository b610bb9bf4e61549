import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, afterEach, expect, test } from 'vitest'
import { Secret } from '../kernel/secret.ts'
import { stoppedClock } from '../kernel/time.ts'
import type { Credential } from './credentials/contract.ts'
import { givenModels, request } from './models.example.ts'

const { db, openModels, closeModels } = await givenModels()
afterAll(closeModels)

const opened: (() => void)[] = []
afterEach(() => {
  for (const close of opened.splice(0)) close()
})

type Behave = (response: ServerResponse, request: IncomingMessage) => void
const pong: Behave = (response) =>
  void response.end(
    '{"choices":[{"message":{"content":"pong"},"finish_reason":"stop"}],"usage":{"prompt_tokens":1,"completion_tokens":1}}',
  )
const status =
  (code: number, headers = {}, body = '{"error":{"message":"no"}}'): Behave =>
  (response) =>
    void response.writeHead(code, headers).end(body)

/** A provider that behaves by key; the keys in the order in which they came. */
async function listen(behaviours: Record<string, Behave>) {
  const keys: string[] = []
  const server = createServer((incoming, response) => {
    const key = String(incoming.headers.authorization ?? '').replace('Bearer ', '')
    keys.push(key)
    incoming.resume().on('end', () => (behaviours[key] ?? status(401))(response, incoming))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  opened.push(() => {
    server.closeAllConnections()
    server.close()
  })
  return { keys, baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1` }
}
const states = (items: Credential[]) => items.map(({ name, state }) => `${name} ${state.kind}`)

test('a key that is refused, limited or without money gives way to the next, and rests', async () => {
  const clock = stoppedClock()
  const { models, call } = await openModels({ clock })
  const { keys, baseUrl } = await listen({
    'sk-refused': status(403),
    'sk-limited': status(429, { 'retry-after': '60' }),
    'sk-poor': status(429, {}, '{"error":{"code":"insufficient_quota","message":"You exceeded your current quota."}}'),
    'sk-well': pong,
  })
  const credentials = ['refused', 'limited', 'poor', 'well'].map((name) => ({
    name,
    source: `sk-${name}`,
    inForce: name === 'refused',
  }))
  const put = await call('PUT', '/api/v1/providers/own', { dialect: 'openai', baseUrl, credentials })
  expect(put.status).toBe(200)
  expect(JSON.stringify(put.body)).not.toContain('sk-')

  expect((await models.complete(request('own/m'))).text).toBe('pong')
  expect(keys).toEqual(['sk-refused', 'sk-limited', 'sk-poor', 'sk-well'])
  expect(states(models.providers.get('own').credentials)).toEqual([
    'refused resting',
    'limited resting',
    'poor resting',
    'well ready',
  ])
  // Only the one that works is asked from now on.
  expect((await models.complete(request('own/m'))).text).toBe('pong')
  expect(keys.slice(4)).toEqual(['sk-well'])

  clock.advance(61_000)
  expect(states(models.providers.get('own').credentials)[1]).toBe('limited ready')
})

test('when every key fails the last refusal is told, without any of the keys', async () => {
  const { models, call } = await openModels()
  const { keys, baseUrl } = await listen({
    'sk-first-1234567': status(429, { 'retry-after': '7' }),
    'sk-other-1234567': status(429, { 'retry-after': '9' }, '{"error":{"message":"sk-other-1234567 is limited"}}'),
  })
  const credentials = [
    { name: 'first', source: 'sk-first-1234567' },
    { name: 'other', source: 'sk-other-1234567', inForce: false },
  ]
  await call('PUT', '/api/v1/providers/own', { dialect: 'openai', baseUrl, credentials })
  const thrown = await models.complete(request('own/m')).catch((error) => error)
  expect(thrown).toMatchObject({ code: 'models.upstream-limited', facts: { retryAfterMs: 9_000 } })
  expect(thrown.message).not.toContain('sk-other')
  // While all rest, the one that rests the shortest is asked.
  await models.complete(request('own/m')).catch(() => {})
  expect(keys).toEqual(['sk-first-1234567', 'sk-other-1234567', 'sk-first-1234567'])
})

test('several keys in force share the requests, and what is near each other keeps its key', async () => {
  const { models, call } = await openModels()
  const credentials = ['a', 'b', 'c'].map((name) => ({ name, source: `sk-${name}` }))
  await call('PUT', '/api/v1/providers/own', { dialect: 'openai', baseUrl: 'http://127.0.0.1:9/v1', credentials })
  const { chooseKey } = models.providers
  const taken = Array.from({ length: 6 }, () => chooseKey('own'))
  expect(new Set(taken)).toEqual(new Set(['a', 'b', 'c']))
  const near = Array.from({ length: 300 }, (_, n) => chooseKey('own', { near: `conversation ${n}` }))
  for (const name of ['a', 'b', 'c']) expect(near.filter((one) => one === name).length).toBeGreaterThan(60)
  expect(Array.from({ length: 300 }, (_, n) => chooseKey('own', { near: `conversation ${n}` }))).toEqual(near)
  // A key that goes moves only its own conversations.
  const without = near.map((_, n) => chooseKey('own', { near: `conversation ${n}`, without: new Set(['b']) }))
  expect(without.filter((name, n) => near[n] !== 'b' && name !== near[n])).toEqual([])
})

test('a stored key stays under its name when it is not sent again, but not for another address', async () => {
  const { models, call } = await openModels()
  const url = 'http://127.0.0.1:9/v1'
  await call('PUT', '/api/v1/providers/own', { dialect: 'openai', baseUrl: url, credential: 'sk-kept' })
  const kept = {
    dialect: 'openai',
    credentials: [
      { name: 'default', inForce: false },
      { name: 'new', source: 'sk-new' },
    ],
  }
  expect((await call('PUT', '/api/v1/providers/own', { ...kept, baseUrl: `${url}/more` })).status).toBe(200)
  expect(models.providers.endpoint('own', 'default').credential?.reveal()).toBe('sk-kept')
  expect(models.providers.chooseKey('own')).toBe('new')
  const elsewhere = await call('PUT', '/api/v1/providers/own', { ...kept, baseUrl: 'http://127.0.0.1:10/v1' })
  expect([elsewhere.status, elsewhere.body.code]).toEqual([400, 'models.credentials-not-valid'])
  const twice = await call('PUT', '/api/v1/providers/own', { ...kept, credential: 'sk', baseUrl: url })
  expect([twice.status, twice.body.code]).toEqual([400, 'models.credentials-not-valid'])
})

test('mounted secrets are keys by name, are read again when they change, and lead nowhere else', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'airworthy-secrets-'))
  const outside = mkdtempSync(join(tmpdir(), 'airworthy-outside-'))
  mkdirSync(join(folder, 'acme'))
  writeFileSync(join(outside, 'master.key'), 'not-yours')
  writeFileSync(join(folder, 'single'), 'sk-single\n')
  writeFileSync(join(folder, 'acme', 'first'), 'sk-first\n')
  writeFileSync(join(folder, 'acme', 'lines'), 'sk-one\nsk-two\n')
  symlinkSync(join(outside, 'master.key'), join(folder, 'acme', 'stolen'))
  const { models, call } = await openModels({ secretsFolder: folder })
  const { baseUrl, keys } = await listen({ 'sk-first': status(401), 'sk-new': pong })
  const put = await call('PUT', '/api/v1/providers/own', {
    dialect: 'openai',
    baseUrl,
    credentials: [{ name: 'mounted', source: { folder: 'acme' } }],
  })
  expect(put.body.credentials).toMatchObject([
    { name: 'mounted/first', kind: 'file', from: 'acme/first', state: { kind: 'ready' } },
    { name: 'mounted/lines', state: { kind: 'missing', reason: expect.stringContaining('more than one line') } },
  ])
  await expect(models.complete(request('own/m'))).rejects.toMatchObject({ code: 'models.upstream-refused-key' })
  // The same name with another content rests no more.
  writeFileSync(join(folder, 'acme', 'first'), 'sk-new')
  await models.providers.refreshFiles()
  expect((await models.complete(request('own/m'))).text).toBe('pong')
  expect(keys).toEqual(['sk-first', 'sk-new'])
  rmSync(join(folder, 'acme'), { recursive: true })
  await models.providers.refreshFiles()
  await expect(models.complete(request('own/m'))).rejects.toThrow(/put a key into the folder acme of the mounted/)

  const file = { dialect: 'openai', baseUrl, credential: { file: 'single' } }
  await call('PUT', '/api/v1/providers/own', file)
  expect(models.providers.endpoint('own').credential?.reveal()).toBe('sk-single')
  for (const path of ['../master.key', '/etc/passwd', '.hidden', 'a/b/c'])
    expect((await call('PUT', '/api/v1/providers/own', { ...file, credential: { file: path } })).status).toBe(400)
  const none = await openModels()
  expect((await none.call('PUT', '/api/v1/providers/own', file)).body.code).toBe('models.credentials-not-valid')
})

test('a provider that was kept with one key has it under the name default', async () => {
  const { models, organisation } = await openModels({ credential: () => new Secret('sk') })
  await sql`insert into providers (organisation, name, dialect, base_url, credentials, updated_at, updated_by)
    values (${organisation}, 'old', 'openai', 'http://127.0.0.1:9/v1',
      ${JSON.stringify([{ kind: 'env', env: 'OPENAI_API_KEY', name: 'default', inForce: true }])}::jsonb, now(), 'act_1')`.execute(
    db,
  )
  await models.providers.reload()
  expect(models.providers.get('old').credentials).toMatchObject([
    { name: 'default', kind: 'env', from: 'OPENAI_API_KEY', state: { kind: 'ready' } },
  ])
})
