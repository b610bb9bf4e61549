import http from 'node:http'
import OpenAI, { APIError } from 'openai'
import { afterEach, expect, test } from 'vitest'
import { Failure } from '../kernel/failure.ts'
import { refusedReservation } from './gateway.example.ts'
import type { GatewayDeps } from './index.ts'
import { listening } from './listening.example.ts'

const { open } = listening({
  http,
  afterEach,
  connect: (apiKey, baseURL) => new OpenAI({ apiKey, baseURL, maxRetries: 0 }),
})
type Body = OpenAI.ChatCompletionCreateParamsNonStreaming
const question: Body = { model: 'helpdesk', messages: [{ role: 'user', content: 'Where is my order?' }] }
const refused = async (asked: PromiseLike<unknown>): Promise<APIError> => {
  try {
    await asked
  } catch (thrown) {
    if (thrown instanceof APIError) return thrown
    throw thrown
  }
  throw new Error('was not refused')
}

const failing = async () => {
  throw new Failure('unavailable', 'models.upstream-failed', 'The provider failed.')
}
const wrong = (change: Record<string, unknown>) => ({ ...question, ...change }) as unknown as Body
test.for<[string, string, Body, Partial<GatewayDeps>, number, string, RegExp]>([
  ['nobody', 'stranger', question, {}, 401, 'access.key-unknown', /unknown or revoked/],
  ['a role that may not', 'viewer', question, {}, 403, 'access.forbidden', /takes the permission infer/],
  [
    'a key of another application',
    'bound',
    wrong({ model: 'shop' }),
    {},
    403,
    'access.other-application',
    /bound to the application helpdesk/,
  ],
  [
    'a bound key asking for a model',
    'bound',
    wrong({ model: 'remote/gpt' }),
    {},
    403,
    'gateway.models-not-allowed',
    /Ask for helpdesk/,
  ],
  [
    'a role without models',
    'inferring',
    wrong({ model: 'local/echo' }),
    {},
    403,
    'gateway.models-not-allowed',
    /Ask for an application/,
  ],
  [
    'an unknown name',
    'builder',
    wrong({ model: 'nope' }),
    {},
    404,
    'gateway.model-unknown',
    /These work: helpdesk, helpdesk@sandbox, helpdesk@poc, local\/echo, remote\/gpt\.$/,
  ],
  [
    'a name of the prototype',
    'builder',
    wrong({ model: 'constructor' }),
    {},
    404,
    'gateway.model-unknown',
    /These work/,
  ],
  ['an unknown local model', 'builder', wrong({ model: 'local/nope' }), {}, 404, 'gateway.model-unknown', /These work/],
  [
    'an empty stage',
    'builder',
    wrong({ model: 'helpdesk@production' }),
    {},
    404,
    'gateway.stage-empty',
    /there is one in sandbox, poc/,
  ],
  [
    'an application with nothing live',
    'builder',
    wrong({ model: 'shop' }),
    {},
    404,
    'gateway.stage-empty',
    /Freeze one/,
  ],
  ['no messages', 'builder', wrong({ messages: [] }), {}, 400, 'gateway.request-not-valid', /at least one message/],
  [
    'a picture',
    'builder',
    wrong({
      messages: [{ role: 'user', content: [{ type: 'image_url', image_url: { url: 'https://a.test/b.png' } }] }],
    }),
    {},
    400,
    'gateway.request-not-valid',
    /text only/,
  ],
  [
    'a tool message',
    'builder',
    wrong({ messages: [{ role: 'tool', tool_call_id: 'call_1', content: 'x' }] }),
    {},
    400,
    'gateway.request-not-valid',
    /the result of a tool/,
  ],
  [
    'a large body',
    'builder',
    wrong({ user: 'x'.repeat(5_000_000) }),
    { maxBodyBytes: 1000 },
    413,
    'gateway.body-too-large',
    /larger than the 1000 bytes/,
  ],
  [
    'a limit',
    'builder',
    question,
    { reserve: refusedReservation },
    429,
    'gateway.limit-requests-per-minute',
    /may make 1 requests a minute/,
  ],
  ['a failing model', 'builder', question, { runFlow: failing }, 502, 'models.upstream-failed', /The provider failed/],
  [
    'a bug',
    'builder',
    question,
    { runFlow: () => Promise.reject(new Error('secret detail')) },
    500,
    'gateway.broken',
    /^500 Something broke on our side/,
  ],
  [
    'a release that is not loaded',
    'builder',
    question,
    { releaseOf: () => undefined },
    503,
    'gateway.release-missing',
    /Try again/,
  ],
])('%s is refused with a status, a code and what to do', async ([, key, body, change, status, code, message]) => {
  const { client, settled, gateway, reserved } = await open(change)
  const error = await refused(client(key).chat.completions.create(body))
  expect(error).toMatchObject({ status, code })
  expect(error.message).toMatch(message)
  expect(error.message).not.toContain('secret detail')
  if (status === 429) expect(error.headers?.get('retry-after')).toBe('7')
  if (status === 401) expect(settled).toEqual([])
  else expect(settled).toMatchObject([{ status: 'errored', httpStatus: status, errorCode: code }])
  if (status < 500) expect(settled.map(({ rollout }) => rollout)).toEqual(settled.map(() => null))
  expect(reserved.every(({ actual }) => actual.length === 1)).toBe(true)
  expect(gateway.inFlight()).toBe(0)
})

test('models are listed as the caller may use them', async () => {
  const { client } = await open()
  const names = async (key: string) => (await client(key).models.list()).data.map(({ id }) => id)
  expect(await names('builder')).toEqual(['helpdesk', 'helpdesk@sandbox', 'helpdesk@poc', 'local/echo', 'remote/gpt'])
  expect(await names('bound')).toEqual(['helpdesk', 'helpdesk@sandbox', 'helpdesk@poc'])
  expect(await client().models.retrieve('local/echo')).toMatchObject({ id: 'local/echo', owned_by: 'local' })
  expect(await refused(client().models.retrieve('nope'))).toMatchObject({ status: 404, code: 'gateway.model-unknown' })
  expect(await refused(client('viewer').models.list())).toMatchObject({ status: 403 })
})

test.for([
  ['GET', '/v1/chat/completions', 405, 'gateway.method-not-taken'],
  ['POST', '/v1/elsewhere', 404, 'gateway.path-unknown'],
  ['POST', '/v1/chat/completions', 400, 'gateway.body-not-json'],
] as const)('%s %s without a body is answered by %s', async ([method, path, status, code]) => {
  const { url } = await open()
  const response = await fetch(url + path, { method, headers: { authorization: 'Bearer builder' } })
  expect(response.status).toBe(status)
  expect(await response.json()).toMatchObject({ error: { code, param: null } })
})

test('the paths of the gateway are its own', async () => {
  const { answers } = (await open()).gateway
  const own = [
    '/v1/models',
    '/v1/models/a',
    '/v1/chat/completions',
    '/v1/messages/count_tokens',
    '/v1/images/generations',
  ]
  expect(own.filter((path) => !answers(path))).toEqual([])
  expect(['/v1/traces', '/v1/modelsx', '/api/v1/models', '/'].filter(answers)).toEqual([])
})
