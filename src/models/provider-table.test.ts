import { createServer as createHttp } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { sql } from 'kysely'
import { afterAll, expect, test } from 'vitest'
import { Secret } from '../kernel/secret.ts'

import { givenModels, request } from './models.example.ts'

const { db, openModels, closeModels } = await givenModels()
afterAll(closeModels)

test('a provider is configured, tested, asked, kept sealed and removed', async () => {
  const { models, call, audit, organisation } = await openModels()
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
  expect(put).toMatchObject({
    status: 200,
    body: { credentials: [{ name: 'default', kind: 'stored', state: { kind: 'ready' } }], builtIn: false },
  })
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
  const forwarded = await new Promise<{ status: number; text: string }>((resolve, reject) => {
    const answer = { status: 0, text: '' }
    models.forward(
      { provider: 'own', call: 'chat', body, model: 'tiny', accept: 'application/json' },
      {
        onHead: (status) => Object.assign(answer, { status }),
        onPiece: (piece) => Object.assign(answer, { text: answer.text + piece }),
        onEnd: () => resolve(answer),
        onFailed: reject,
      },
    )
  })
  expect(forwarded).toEqual({ status: 200, text: expect.stringContaining('pong') })
  expect(seen.at(-1)).toEqual({
    url: '/v1/chat/completions',
    key: 'Bearer sk-secret-1234',
    body: '{"model":"tiny", "seed":12345678901234567890}',
  })

  const again = await openModels({ organisation })
  expect(await again.models.complete(request('own/tiny'))).toMatchObject({ text: 'pong' })
  const other = await openModels({ organisation, masterKey: new Secret('another master key') })
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
  ['own', { baseUrl: 'http://169.254.169.254/v1' }, 400, 'kernel.address-refused'],
  ['own', { baseUrl: 'file:///etc/passwd' }, 400, 'wire.body-invalid'],
  [
    'own',
    { baseUrl: 'http://127.0.0.1:9/v1', credential: { env: 'AIRWORTHY_MASTER_KEY' } },
    403,
    'models.credential-own',
  ],
  [
    'own',
    { baseUrl: 'http://127.0.0.1:9/v1', credential: { env: 'DATABASE_URL' } },
    403,
    'models.credential-not-listed',
  ],
  ['Own_1', { baseUrl: 'http://127.0.0.1:9/v1' }, 400, 'wire.params-invalid'],
] as const)('PUT of the provider %s with %j is refused', async ([name, input, status, code]) => {
  const { call } = await openModels()
  const answer = await call('PUT', `/api/v1/providers/${name}`, { dialect: 'openai', ...input })
  expect([answer.status, answer.body.code]).toEqual([status, code])
})

test('a key goes to its own provider and to nobody else', async () => {
  const { models } = await openModels({
    credential: (name) => (/_KEY|URL$/.test(name) ? new Secret('sk') : undefined),
    credentialNames: ['MY_APP_KEY', 'NOT_SET'],
  })
  const { credentialFor } = models.providers
  expect((await credentialFor('OPENAI_API_KEY', 'https://api.openai.com/v1')).reveal()).toBe('sk')
  expect((await credentialFor('MY_APP_KEY', 'http://127.0.0.1:9/')).reveal()).toBe('sk')
  const refusals: [string, string, string][] = [
    ['OPENAI_API_KEY', 'https://evil.example/v1', 'models.credential-elsewhere'],
    ['openai', 'https://evil.example/v1', 'models.credential-elsewhere'],
    ['AIRWORTHY_MASTER_KEY', 'https://evil.example/v1', 'models.credential-own'],
    ['DATABASE_URL', 'https://evil.example/v1', 'models.credential-not-listed'],
    ['NOT_SET', 'https://evil.example/v1', 'models.key-missing'],
  ]
  for (const [name, url, code] of refusals) await expect(credentialFor(name, url)).rejects.toMatchObject({ code })
})
