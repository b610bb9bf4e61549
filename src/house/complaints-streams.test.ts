/**
 * What users of gateways complain of, as tests: streams that are cut, silent, cancelled or billed wrongly.
 * `docs/gateway-complaints.md` maps each complaint to its test; the numbers are those of that table.
 */
import type { ServerResponse } from 'node:http'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { testAirworthy } from '../testing/airworthy.ts'
import { ask, chunk, json, type Says, stream, well, withProviders } from '../testing/local-provider.ts'

const house = await testAirworthy()
afterAll(() => house.close())
const local = withProviders(house)
afterAll(local.close)
const { provider, post, price, route, trace } = local

const closed = new Map<string, (value: undefined) => void>()
/** Resolves when the provider's connection to us is gone. */
const goneFrom = (name: string) => new Promise<undefined>((resolve) => closed.set(name, resolve))
const twenty = (response: ServerResponse) =>
  stream(response).write(Array.from({ length: 20 }, (_, n) => chunk({ content: `word${n} ` })).join(''))
/** Twenty pieces, and then nothing. */
const stalls =
  (name: string): Says =>
  (response) => {
    response.once('close', () => closed.get(name)?.(undefined))
    twenty(response)
  }
const silent =
  (name: string): Says =>
  (response) =>
    void response.once('close', () => closed.get(name)?.(undefined))

beforeAll(async () => {
  await provider('stalling', stalls('stalling'))
  await provider('thinking', silent('thinking'))
  await price('stalling/m', { input: '1', output: '2' })
})

/** The ids of traces are told in the head, so that a client that hangs up knows its own. */
async function hangUp(body: unknown, path = '/v1/chat/completions', afterBytes = true): Promise<string> {
  const stop = new AbortController()
  const response = fetch(house.url + path, {
    method: 'POST',
    headers: { authorization: `Bearer ${house.ownerToken}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
    signal: stop.signal,
  })
  if (!afterBytes) {
    setTimeout(() => stop.abort(), 300)
    await response.catch(() => undefined)
    return ''
  }
  const answered = await response
  await answered.body?.getReader().read()
  stop.abort()
  return answered.headers.get('airworthy-trace') ?? ''
}

describe('complaint 1: a client that disconnects does not stop the upstream call', () => {
  test.for([
    ['/v1/chat/completions', ask('stalling/m', { stream: true })],
    ['/v1/messages', ask('stalling/m', { stream: true, max_tokens: 50 })],
    ['/v1/responses', { model: 'stalling/m', input: 'Where is it?', stream: true }],
  ] as const)('%s: while it streams, the upstream is closed', async ([path, body]) => {
    const gone = goneFrom('stalling')
    const id = await hangUp(body, path)
    await gone
    expect((await trace(id)).summary).toMatchObject({ status: 'cancelled', httpStatus: 499 })
  })

  test.for([true, false])('before the first piece too, whether it streams (%s) or not', async (isStreamed) => {
    const gone = goneFrom('thinking')
    await hangUp(ask('thinking/m', { stream: isStreamed }), undefined, false)
    await gone
  })
})

describe('complaint 2: the upstream dies mid-stream and the client gets a clean 200', () => {
  const then =
    (what: (response: ServerResponse) => unknown): Says =>
    (response) => {
      twenty(response)
      setTimeout(() => what(response), 20)
    }
  const cuts: Record<string, Says> = {
    'its connection is destroyed': then((response) => response.destroy()),
    'it ends cleanly and unfinished': then((response) => response.end()),
    'it says that it failed': then((response) => response.end('data: {"error":{"message":"no more"}}\n\n')),
  }
  test.for(Object.keys(cuts))('%s: an error event and no [DONE]', async (how) => {
    await provider('cutting', cuts[how] ?? well)
    const { events, headers } = await post(ask('cutting/m', { stream: true }))
    expect(events).not.toContain('[DONE]')
    expect(JSON.parse(events.at(-1) ?? '')).toMatchObject({ error: { message: expect.any(String) } })
    expect(events.some((event) => event.includes('finish_reason":"stop"'))).toBe(false)
    expect((await trace(headers.get('airworthy-trace'))).summary.status).toBe('errored')
  })
})

test('complaint 3: a fallback in mid-stream: unseen before the first piece, and after it never spliced', async () => {
  await provider('early', (response) => {
    stream(response).write(chunk({ role: 'assistant', content: '' }))
    setTimeout(() => response.destroy(), 20)
  })
  await provider('later', (response) => {
    stream(response).write(chunk({ role: 'assistant', content: 'It is' }))
    setTimeout(() => response.destroy(), 20)
  })
  const backup = await provider('sound', well)
  await route('from-early', ['early/m', 'sound/m'])
  await route('from-later', ['later/m', 'sound/m'])
  const unseen = await post(ask('from-early', { stream: true }))
  expect(unseen.events.join('')).toContain('Answer 1.')
  expect(unseen.events.filter((event) => event.includes('"role":"assistant"'))).toHaveLength(0)
  expect(unseen.events.at(-1)).toBe('[DONE]')
  const seen = await post(ask('from-later', { stream: true }))
  expect(seen.text).toContain('It is')
  expect(seen.text).not.toContain('Answer')
  expect(seen.events.at(-1)).toContain('models.stream-cut')
  expect(backup.heard).toHaveLength(1)
})

describe('complaint 4: a silent or hung upstream, and wrong timeouts', () => {
  test('no answer at all: 504 when the wait for it is over, and the upstream is let go', async () => {
    await route('hung', ['thinking/m'], { timeouts: { headersMs: 150 }, retries: 0 })
    const gone = goneFrom('thinking')
    expect(await post(ask('hung'))).toMatchObject({ status: 504, text: expect.stringContaining('upstream-timeout') })
    await gone
  })

  test('silence in the middle: an error event when the wait between two pieces is over', async () => {
    await route('falls-silent', ['stalling/m'], { timeouts: { idleMs: 150 } })
    const { events } = await post(ask('falls-silent', { stream: true }))
    expect(events).toHaveLength(21)
    expect(events.at(-1)).toContain('models.upstream-timeout')
  })

  test('a model that thinks, and says so by keep-alives, is not cut off', async () => {
    await provider('reasoning', (response) => {
      stream(response).write(': keep-alive\n\n')
      const alive = setInterval(() => response.write(': keep-alive\n\n'), 60)
      setTimeout(() => {
        clearInterval(alive)
        response.end(`${chunk({ content: 'Thought.' })}${chunk({}, 'stop')}data: [DONE]\n\n`)
      }, 700)
    })
    await route('patient', ['reasoning/m'], { timeouts: { idleMs: 400 } })
    expect((await post(ask('patient', { stream: true }))).events.at(-1)).toBe('[DONE]')
  })

  test('the client says how long it waits', async () => {
    const told = await post(ask('thinking/m'), { headers: { 'airworthy-timeout-ms': '150' } })
    expect(told).toMatchObject({ status: 504, text: expect.stringContaining('gateway.deadline') })
  })
})

describe('complaint 9: interrupted streams are recorded as free', () => {
  test('a client that hangs up has cost what was read, said to be estimated', async () => {
    const { summary } = await trace(await hangUp(ask('stalling/m', { stream: true })))
    expect(summary).toMatchObject({ status: 'cancelled', estimated: true })
    expect(summary.inputTokens).toBeGreaterThan(0)
    expect(summary.outputTokens).toBeGreaterThan(0)
    expect(Number(summary.costMicroUsd)).toBeGreaterThan(0)
  })

  test('an upstream that breaks off has cost what was read', async () => {
    await route('stops', ['stalling/m'], { timeouts: { idleMs: 100 } })
    const { headers } = await post(ask('stops', { stream: true }))
    const { summary } = await trace(headers.get('airworthy-trace'))
    expect(summary).toMatchObject({ status: 'errored', estimated: true })
    expect(Number(summary.costMicroUsd)).toBeGreaterThan(0)
  })

  test('a route that drains reads to the end and knows it exactly', async () => {
    let end: () => void = () => {}
    await provider('slow', (response) => {
      twenty(response)
      end = () => {
        const usage = { prompt_tokens: 1000, completion_tokens: 500 }
        response.end(`${chunk({}, 'stop')}${chunk({}, null, { choices: [], usage })}data: [DONE]\n\n`)
      }
    })
    await price('slow/m', { input: '1', output: '2' })
    await route('drained', ['slow/m'], { onDisconnect: 'drain' })
    const id = await hangUp(ask('drained', { stream: true }))
    setTimeout(end, 100)
    // 1,000 at a micro-dollar and 500 at two.
    expect((await trace(id)).summary).toMatchObject({
      status: 'cancelled',
      estimated: false,
      outputTokens: 500,
      costMicroUsd: '2000',
    })
  })
})

describe('complaint 20: a failing target stays in rotation, and Retry-After is ignored', () => {
  test('of 25 failures on end the target hears three', async () => {
    const failing = await provider('failing', (response) => json(response, { error: { message: 'no' } }, 500))
    await provider('healthy', well)
    await route('breaking', ['failing/m', 'healthy/m'])
    for (let n = 0; n < 25; n += 1) expect((await post(ask('breaking'))).status).toBe(200)
    expect(failing.heard).toHaveLength(3)
  })

  test.for([
    ['seconds', { 'retry-after': '30' }],
    ['a date', { 'retry-after': new Date(Date.now() + 60_000).toUTCString() }],
    ['milliseconds', { 'retry-after-ms': '30000' }],
  ] as const)('a target that asks for patience in %s is asked once', async ([how, headers]) => {
    const name = `limited-${how.replace(' ', '-')}`
    const limited = await provider(name, (response) =>
      json(response, { error: { message: 'slow down' } }, 429, headers),
    )
    await provider('healthy', well)
    await route(`after-${name}`, [`${name}/m`, 'healthy/m'])
    for (let n = 0; n < 4; n += 1) expect((await post(ask(`after-${name}`))).status).toBe(200)
    expect(limited.heard).toHaveLength(1)
  })
})
