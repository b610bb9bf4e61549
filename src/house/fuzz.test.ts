/**
 * Every operation of the OpenAPI document as it is served, and of the gateway, is sent requests that are nearly right
 * or hostile in some part: as an owner, and as nobody. None breaks the server, hangs, or is answered by something that
 * the document does not declare; and what is refused names its field.
 *
 * The requests follow from a seed, which a failure prints (`src/testing/properties.ts`).
 * `AIRWORTHY_TEST_SEEDS=20 npm test -- src/house/fuzz` sends twenty times as many, from a seed of its own.
 */
import { Agent } from 'node:http'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { z } from 'zod'
import { testAirworthy } from '../testing/airworthy.ts'
import { echoApplication } from '../testing/echo-application.ts'
import { type FuzzRequest, type Operation, operationsOf, requestsFor } from '../testing/fuzz/requests.ts'
import { type FuzzAnswer, sendRaw } from '../testing/fuzz/send.ts'
import { cases } from '../testing/properties.ts'
import { ProblemDetails } from '../wire/problem.ts'

const HANGS_MS = 20_000

const airworthy = await testAirworthy()
const { client, url, listener, ownerToken } = airworthy
const agent = new Agent({ keepAlive: true, maxSockets: 4 })
afterAll(async () => {
  agent.destroy()
  await airworthy.close()
})

/** Values that exist, so that not every request ends at the first look-up. */
const known: Record<string, readonly string[]> = {}
beforeAll(async () => {
  const name = 'parcels'
  await client.createApplication({ body: { name, files: echoApplication('first') } })
  const { body: release } = await client.freezeRelease({ params: { name }, body: {} })
  await client.putProvider({ params: { name: 'box' }, body: { dialect: 'openai', baseUrl: 'http://127.0.0.1:9/v1' } })
  const key = await client.createKey({ body: { name: 'spare', role: 'viewer' } })
  const actor = await client.createActor({ body: { name: 'Ada', role: 'viewer' } })
  const { webhook } = await client.createWebhook({ body: { url: 'http://127.0.0.1:9/', events: ['gate.held'] } })
  Object.assign(known, {
    name: [name, 'box'],
    application: [name],
    id: [release.id, webhook.id],
    release: [release.id],
    key: [key.id],
    actor: [actor.id],
    stage: ['poc', 'sandbox'],
    dataset: ['parcels'],
    prompt: ['answer'],
    kind: ['application', 'model'],
    limit: ['5'],
  })
})

/** Operations that are asked nothing, with the reason. */
const LEFT_OUT: Readonly<Record<string, string>> = {
  resetExample: 'takes nothing that could be wrong, and plays the example for minutes',
}

/** The answers from 500 that are foreseen, by operation, with the code that says which. */
const FORESEEN: Readonly<Record<string, readonly string[]>> = {}

const document = await client.getOpenApi()
const operations = operationsOf(document).filter(({ operationId }) => !(operationId in LEFT_OUT))
const routes = new Map(listener.mounted.map(({ route }) => [route.name, route]))

const chat = {
  type: 'object',
  required: ['model', 'messages'],
  properties: {
    model: { enum: ['parcels', 'parcels@sandbox', 'scripted/echo', 'box/any', 'nothing', 'constructor'] },
    messages: {
      type: 'array',
      items: {
        type: 'object',
        required: ['role', 'content'],
        properties: {
          role: { enum: ['system', 'user', 'assistant', 'tool'] },
          content: {
            anyOf: [
              { type: 'string' },
              { type: 'array', items: { type: 'object', properties: { type: {}, text: {} } } },
            ],
          },
          tool_calls: { type: 'array', items: {} },
        },
      },
    },
    stream: { type: 'boolean' },
    stream_options: { type: 'object', properties: { include_usage: { type: 'boolean' } } },
    temperature: { type: 'number' },
    max_tokens: { type: 'integer' },
    n: { type: 'integer' },
    user: { type: 'string' },
    metadata: { type: 'object', additionalProperties: { type: 'string' } },
    response_format: {},
    tools: { type: 'array', items: {} },
  },
} as const

/** The model routes are no part of the document: they speak the dialects of others. */
const gatewayOperations: Operation[] = [
  ...['chat/completions', 'embeddings', 'responses', 'messages'].map((path) => ({
    operationId: path,
    method: 'POST',
    path: `/v1/${path}`,
    parameters: [],
    bodies: { 'application/json': chat },
  })),
  { operationId: 'models', method: 'GET', path: '/v1/models', parameters: [], bodies: {} },
  {
    operationId: 'model',
    method: 'GET',
    path: '/v1/models/{model}',
    parameters: [{ name: 'model', in: 'path' }],
    bodies: {},
  },
]

/** What the gateway may say when a provider does not answer; the provider of this test is nowhere. */
const UPSTREAM_GONE = /"code":"models\.upstream-(unreachable|timeout)"/

function gatewayComplaint({ status, text }: FuzzAnswer): string | undefined {
  if (status < 400) return undefined
  if (status >= 500 && !UPSTREAM_GONE.test(text)) return `${status}: ${text.slice(0, 300)}`
  const { error } = JSON.parse(text) as { error?: { message?: unknown } }
  return typeof error?.message === 'string' && error.message !== '' ? undefined : `${status} says nothing: ${text}`
}

/** What is wrong with an answer; undefined when nothing is. */
function complaintOf(operation: Operation, { status, type, text }: FuzzAnswer): string | undefined {
  const route = routes.get(operation.operationId)
  if (!route) return `no route is called ${operation.operationId}`
  const declared = route.returns[status]
  if (status < 400 || declared) {
    if (declared === undefined) return `${status} is not declared`
    if (declared === null || route.raw || !type.startsWith('application/json')) return undefined
    return mismatch(declared, text)
  }
  // Programs that speak a protocol are refused in its own words.
  if (route.protocol !== undefined && status < 500) return undefined
  if (!type.startsWith('application/problem+json')) return `${status} comes as ${type}: ${text.slice(0, 100)}`
  const problem = ProblemDetails.safeParse(JSON.parse(text))
  if (!problem.success) return `${status} is no problem document: ${problem.error.message}`
  const { code, detail, problems = [] } = problem.data
  if (status >= 500 && !FORESEEN[operation.operationId]?.includes(code)) return `${status} ${code}: ${detail}`
  if (/^wire\.(params|query|body)-invalid$/.test(code) && !problems.some(({ field }) => field !== ''))
    return `${code} names no field: ${detail}`
  return undefined
}

function mismatch(schema: z.ZodType, text: string): string | undefined {
  const parsed = schema.safeParse(JSON.parse(text))
  return parsed.success ? undefined : `the body is not as declared: ${parsed.error.message.slice(0, 300)}`
}

/** The first request that an operation answers wrongly, as small as it could be made; undefined when there is none. */
async function findWrong(
  operation: Operation,
  token: string | undefined,
  complaint: (answer: FuzzAnswer) => string | undefined,
): Promise<string | undefined> {
  const found = await fc.check(
    fc.asyncProperty(requestsFor(operation, known), async (asked) => {
      const headers = { ...(token !== undefined && { authorization: `Bearer ${token}` }), ...asked.headers }
      const answer = await sendRaw({ ...asked, headers }, { baseUrl: url, agent, timeoutMs: HANGS_MS })
      const wrong = complaint(answer)
      if (wrong !== undefined) throw new Error(wrong)
    }),
    cases(token === undefined ? 2 : 8),
  )
  if (!found.failed) return undefined
  const [asked] = found.counterexample ?? []
  return `${operation.operationId} (seed ${found.seed}, path ${found.counterexamplePath}): ${messageIn(found.errorInstance)}\n  ${asked ? shown(asked) : ''}\n  ${airworthy.printed.at(-1)}`
}

const messageIn = (thrown: unknown): string => (thrown instanceof Error ? thrown.message : String(thrown))

const shown = ({ method, path, headers, body }: FuzzRequest): string =>
  `${method} ${path.slice(0, 300)} ${JSON.stringify(headers).slice(0, 300)} ${body?.toString('utf8').slice(0, 600) ?? ''}`

test('no request of an owner breaks an operation, and every answer is one that the document declares', async () => {
  expect(operations.length).toBeGreaterThan(80)
  const wrong: string[] = []
  for (const operation of operations) {
    const found = await findWrong(operation, ownerToken, (answer) => complaintOf(operation, answer))
    if (found !== undefined) wrong.push(found)
  }
  expect(wrong.join('\n')).toBe('')
}, 600_000)

test('no request breaks the gateway, and every refusal says why', async () => {
  const wrong: string[] = []
  for (const operation of gatewayOperations) {
    const found = await findWrong(operation, ownerToken, gatewayComplaint)
    if (found !== undefined) wrong.push(found)
  }
  expect(wrong.join('\n')).toBe('')
}, 600_000)

test('whoever has no key learns nothing but that, whatever is sent', async () => {
  const wrong: string[] = []
  const guarded = operations.filter(({ operationId }) => routes.get(operationId)?.permission !== 'open')
  for (const operation of guarded) {
    const found = await findWrong(operation, undefined, ({ status, text }) =>
      status === 401 || /"code":"api\.(origin-refused|body-too-large)"/.test(text) ? undefined : `${status} ${text}`,
    )
    if (found !== undefined) wrong.push(found)
  }
  expect(wrong.join('\n')).toBe('')
}, 600_000)

test('after all of it the server is ready, the owner still is, and nothing was reported as broken', async () => {
  expect((await client.getReadiness()).body.ready).toBe(true)
  expect((await client.getMe()).role).toBe('owner')
  expect(airworthy.printed.filter((line) => line.startsWith('! '))).toEqual([])
})
