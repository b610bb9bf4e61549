import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { AirworthyError, call, type Operation } from './client.ts'

type Answer = { status: number; body?: unknown; headers?: Record<string, string>; hangUp?: boolean }
type Seen = { method: string; url: string; headers: IncomingMessage['headers']; body: string }

const closing: (() => void)[] = []
afterEach(() => {
  for (const close of closing.splice(0)) close()
})

/** A server that gives these answers in turn, the last one for ever, and keeps what it was asked. */
async function answering(...answers: Answer[]): Promise<{ baseUrl: string; seen: Seen[] }> {
  const seen: Seen[] = []
  const server = createServer(async (request: IncomingMessage, response: ServerResponse) => {
    let body = ''
    for await (const piece of request) body += piece
    seen.push({ method: request.method ?? '', url: request.url ?? '', headers: request.headers, body })
    const answer = answers[Math.min(seen.length, answers.length) - 1]
    if (!answer || answer.hangUp) return void request.socket.destroy()
    response.writeHead(answer.status, { 'content-type': 'application/json', ...answer.headers })
    response.end(typeof answer.body === 'string' ? answer.body : JSON.stringify(answer.body ?? {}))
  })
  await new Promise<void>((listens) => server.listen(0, '127.0.0.1', listens))
  closing.push(() => server.close().closeAllConnections())
  return { baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, seen }
}

const operation = (change: Partial<Operation> = {}): Operation => ({
  method: 'GET',
  path: '/things/:name',
  statuses: [200],
  raw: false,
  ...change,
})
const refused = async (asked: Promise<unknown>): Promise<AirworthyError> => {
  const thrown = await asked.catch((error: unknown) => error)
  if (!(thrown instanceof AirworthyError)) throw new Error(`expected an AirworthyError, got ${String(thrown)}`)
  return thrown
}
const SOON = { 'retry-after': '0' }

test('a call fills in its path, leaves out what is not asked, and sends its key', async () => {
  const { baseUrl, seen } = await answering({ status: 200, body: { fine: true } })
  const input = { params: { name: 'a b/ü' }, query: { limit: 5, cursor: undefined, state: null, flag: false } }
  expect(await call({ baseUrl: `${baseUrl}/`, token: 'awk_x' }, operation(), input)).toEqual({ fine: true })
  expect(seen[0]?.url).toBe('/things/a%20b%2F%C3%BC?limit=5&flag=false')
  expect(seen[0]?.headers).toMatchObject({ authorization: 'Bearer awk_x', accept: 'application/json' })
  expect(seen[0]?.headers['content-type']).toBeUndefined()
})

test('without a key and query there is neither, and a body goes as JSON', async () => {
  const { baseUrl, seen } = await answering({ status: 200 })
  await call({ baseUrl }, operation({ method: 'PUT' }), { params: { name: 'x' }, body: { text: 'ü' } })
  expect(seen[0]).toMatchObject({ method: 'PUT', url: '/things/x', body: '{"text":"ü"}' })
  expect(seen[0]?.headers['content-type']).toBe('application/json')
  expect(seen[0]?.headers.authorization).toBeUndefined()
})

test('an operation with several statuses says which one it was', async () => {
  const { baseUrl } = await answering({ status: 409, body: { kind: 'held' } })
  const promote = operation({ method: 'POST', statuses: [201, 409] })
  expect(await call({ baseUrl }, promote, { params: { name: 'x' } })).toEqual({ status: 409, body: { kind: 'held' } })
})

test('a problem is thrown with its code, sentence, problems and facts, even with a declared status', async () => {
  const problem = {
    code: 'delivery.name-taken',
    detail: 'The name is in use. Choose another.',
    problems: [{ field: 'name', message: 'in use' }],
    facts: { name: 'x' },
  }
  const { baseUrl } = await answering({
    status: 409,
    body: problem,
    headers: { 'content-type': 'application/problem+json' },
  })
  const error = await refused(call({ baseUrl }, operation({ statuses: [200, 409] }), { params: { name: 'x' } }))
  expect(error).toMatchObject({ status: 409, code: problem.code, problems: problem.problems, facts: problem.facts })
  expect(error.message).toBe(problem.detail)
})

test.for([
  ['a status that was not declared', { status: 418, body: {} }, 'sdk.unexpected-answer', /answered 418/],
  ['a page in place of JSON', { status: 200, body: '<html>' }, 'sdk.unexpected-answer', /not JSON.*Airworthy server/],
] as const)('%s is an error with a sentence', async ([, answer, code, message]) => {
  const { baseUrl } = await answering(answer)
  const error = await refused(call({ baseUrl }, operation(), { params: { name: 'x' } }))
  expect(error.code).toBe(code)
  expect(error.message).toMatch(message)
})

test('a raw operation gives the response itself, and still throws problems', async () => {
  const { baseUrl } = await answering(
    { status: 200, body: 'data: 1\n\n', headers: { 'content-type': 'text/event-stream' } },
    { status: 404, body: { code: 'x.gone' }, headers: { 'content-type': 'application/problem+json' } },
  )
  const response = (await call({ baseUrl }, operation({ raw: true }), { params: { name: 'x' } })) as Response
  expect(await response.text()).toBe('data: 1\n\n')
  expect((await refused(call({ baseUrl }, operation({ raw: true }), { params: { name: 'x' } }))).code).toBe('x.gone')
})

test('an empty answer is null', async () => {
  const { baseUrl } = await answering({ status: 204, body: '' })
  expect(await call({ baseUrl }, operation({ statuses: [204] }), { params: { name: 'x' } })).toBeNull()
})

test.for([429, 502, 503])('a read is tried again after %s, twice at most', async (status) => {
  const healing = await answering({ status, headers: SOON }, { status: 200, body: { fine: true } })
  expect(await call({ baseUrl: healing.baseUrl }, operation(), { params: { name: 'x' } })).toEqual({ fine: true })
  const broken = await answering({ status, headers: SOON })
  expect((await refused(call({ baseUrl: broken.baseUrl }, operation(), { params: { name: 'x' } }))).status).toBe(status)
  expect(broken.seen).toHaveLength(3)
})

test.for([
  ['a write', { method: 'POST' }, {}, 1],
  ['a write with an idempotency key', { method: 'POST' }, { idempotencyKey: 'once' }, 2],
  ['a replacement', { method: 'PUT' }, {}, 2],
] as const)('%s is repeated only when that is safe', async ([, change, more, times]) => {
  const { baseUrl, seen } = await answering({ status: 503, headers: SOON }, { status: 200 })
  const asked = call({ baseUrl }, operation(change), { params: { name: 'x' }, body: { a: 1 } }, more)
  await (times === 1 ? refused(asked) : asked)
  expect(seen).toHaveLength(times)
  expect(new Set(seen.map(({ body }) => body))).toEqual(new Set(['{"a":1}']))
  if ('idempotencyKey' in more) expect(seen.every(({ headers }) => headers['idempotency-key'] === 'once')).toBe(true)
})

test('a broken connection is tried again for a read and thrown for a write', async () => {
  const { baseUrl, seen } = await answering({ status: 0, hangUp: true }, { status: 200, body: { fine: true } })
  expect(await call({ baseUrl }, operation(), { params: { name: 'x' } })).toEqual({ fine: true })
  expect(seen).toHaveLength(2)
  const dead = await answering({ status: 0, hangUp: true })
  await expect(
    call({ baseUrl: dead.baseUrl }, operation({ method: 'POST' }), { params: { name: 'x' } }),
  ).rejects.toThrow(/fetch failed/)
  expect(dead.seen).toHaveLength(1)
})

test('`retries: 0` asks once, and an abort ends the waiting at once', async () => {
  const once = await answering({ status: 503, headers: SOON })
  await refused(call({ baseUrl: once.baseUrl, retries: 0 }, operation(), { params: { name: 'x' } }))
  expect(once.seen).toHaveLength(1)
  const slow = await answering({ status: 503, headers: { 'retry-after': '9' } })
  const stop = new AbortController()
  const started = performance.now()
  const asked = call({ baseUrl: slow.baseUrl }, operation(), { params: { name: 'x' } }, { signal: stop.signal })
  setTimeout(() => stop.abort(new Error('enough')), 100)
  await expect(asked).rejects.toThrow('enough')
  expect(performance.now() - started).toBeLessThan(5000)
})

test('a try that takes too long ends with a code and the time, and is made again where that does no harm', async () => {
  const hanging = createServer(() => {})
  await new Promise<void>((listens) => hanging.listen(0, '127.0.0.1', listens))
  let asked = 0
  hanging.on('request', () => {
    asked += 1
  })
  closing.push(() => hanging.close().closeAllConnections())
  const baseUrl = `http://127.0.0.1:${(hanging.address() as AddressInfo).port}`
  const error = await refused(call({ baseUrl, retries: 1, timeoutMs: 30 }, operation(), { params: { name: 'x' } }))
  expect(error).toMatchObject({ status: 0, code: 'sdk.timeout', message: expect.stringContaining('30 ms') })
  expect(asked).toBe(2)
})
