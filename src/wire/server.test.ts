import { expect, test } from 'vitest'
import { z } from 'zod'
import { Failure } from '../kernel/failure.ts'
import { Instant } from '../kernel/time.ts'
import type { Caller } from './caller.ts'
import { handle } from './handle.ts'
import { openApiOf } from './openapi.ts'
import { reply, route } from './route.ts'
import { createServer } from './server.ts'

const greet = route({
  name: 'greetPerson',
  method: 'POST',
  path: '/api/v1/people/:name/greetings',
  summary: 'Greet somebody',
  permission: 'build',
  params: z.object({ name: z.string() }),
  body: z.object({ times: z.number().int().positive() }),
  maxBodyBytes: 100,
  returns: { 201: z.object({ text: z.string() }), 409: z.object({ kind: z.literal('asleep') }) },
})
const ada = {
  actor: 'act_1',
  name: 'ada',
  organisation: 'default',
  role: 'builder',
  permissions: new Set(['build']),
  key: null,
  application: null,
} as unknown as Caller
const viewer = { ...ada, role: 'viewer', permissions: new Set(['view']) } as unknown as Caller
const reported: unknown[] = []
const app = createServer(
  [
    handle(greet, async ({ params, body }) => {
      if (params.name === 'tom') return reply(409, { kind: 'asleep' })
      if (params.name === 'eve')
        throw new Failure('limited', 'people.tired', 'Try in a second.', { facts: { retryAfterMs: 1200 } })
      if (params.name === 'bug') throw new Error('secret detail')
      return reply(201, { text: `hello ${params.name} `.repeat(body.times) })
    }),
  ],
  {
    callerOf: async (request) => ({ ada, viewer })[request.headers.get('authorization') ?? ''],
    report: (thrown) => reported.push(thrown),
  },
)
const ask = (name: string, body: unknown, who = 'ada') =>
  app.request(`/api/v1/people/${name}/greetings`, {
    method: 'POST',
    body: typeof body === 'string' ? body : JSON.stringify(body),
    headers: { authorization: who },
  })

test.for([
  ['a good request', 'ada', 'ada', { times: 1 }, 201, { text: 'hello ada ' }],
  ['a foreseen refusal', 'tom', 'ada', { times: 1 }, 409, { kind: 'asleep' }],
  ['nobody', 'ada', 'nobody', 'not json', 401, { code: 'access.key-missing' }],
  [
    'a role without the permission, before the body is read',
    'ada',
    'viewer',
    'not json',
    403,
    { code: 'access.forbidden' },
  ],
  ['a body that is no JSON', 'ada', 'ada', '{', 400, { code: 'wire.body-not-json' }],
  ['a wrong field', 'ada', 'ada', { times: 0 }, 400, { code: 'wire.body-invalid', problems: [{ field: 'times' }] }],
  ['a body that is too large', 'ada', 'ada', ' '.repeat(101), 413, { code: 'wire.body-too-large' }],
  ['a failure', 'eve', 'ada', { times: 1 }, 429, { code: 'people.tired', status: 429 }],
  ['a bug, without its detail', 'bug', 'ada', { times: 1 }, 500, { code: 'wire.broken' }],
] as const)('%s is answered as declared', async ([, name, who, body, status, answer]) => {
  const response = await ask(name, body, who)
  expect(response.status).toBe(status)
  const text = await response.text()
  expect(JSON.parse(text)).toMatchObject(answer)
  expect(text).not.toContain('secret detail')
  if (status === 429) expect(response.headers.get('retry-after')).toBe('2')
})

test('a route that will go says so in every answer: since when, until when, and what to use', async () => {
  const old = route({
    ...greet,
    deprecated: {
      since: Instant.parse('2026-03-01T00:00:00.000Z'),
      until: Instant.parse('2026-09-01T00:00:00.000Z'),
      use: '/api/v2/people/:name/greetings',
    },
  })
  const app = createServer([handle(old, async () => reply(201, { text: 'hello' }))], {
    callerOf: async () => ada,
    report: (thrown) => reported.push(thrown),
  })
  const { status, headers } = await app.request('/api/v1/people/ada/greetings', { method: 'POST', body: '{"times":1}' })
  expect(status).toBe(201)
  expect([headers.get('deprecation'), headers.get('sunset'), headers.get('link')]).toEqual([
    '@1772323200',
    'Tue, 01 Sep 2026 00:00:00 GMT',
    '</api/v2/people/:name/greetings>; rel="successor-version"',
  ])
  expect(openApiOf([old], { version: '1' })).toMatchObject({
    paths: { '/api/v1/people/{name}/greetings': { post: { deprecated: true } } },
  })
})

test('the OpenAPI document names the operation, its permission, parameters and replies', () => {
  const document = openApiOf([greet], { version: '1' }) as {
    paths: Record<string, Record<string, Record<string, unknown>>>
  }
  expect(document.paths['/api/v1/people/{name}/greetings']?.post).toMatchObject({
    operationId: 'greetPerson',
    'x-permission': 'build',
    parameters: [{ name: 'name', in: 'path', required: true }, { $ref: '#/components/parameters/IdempotencyKey' }],
    requestBody: { content: { 'application/json': { schema: { required: ['times'] } } } },
    responses: { 201: {}, 409: {} },
  })
})
