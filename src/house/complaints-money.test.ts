/**
 * What users of gateways complain of, as tests: budgets that are overspent, that block falsely, that are walked round,
 * and costs that are wrong. `docs/gateway-complaints.md` maps each complaint to its test.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { testAirworthy } from '../testing/airworthy.ts'
import { ask, chunk, completion, isStream, json, stream, well, withProviders } from '../testing/local-provider.ts'

const house = await testAirworthy()
const { client, url } = house
afterAll(() => house.close())
const local = withProviders(house)
afterAll(local.close)
const { provider, post, price, route, trace } = local

const EVERY_CALL = ['chat', 'messages', 'responses', 'embeddings', 'images', 'count-tokens'] as const
beforeAll(async () => {
  await provider('everything', well, { speaks: [...EVERY_CALL] })
  await price('everything/m', { input: '1', output: '1' })
})

const keyWith = async (limits: Parameters<typeof client.createKey>[0]['body']['limits']) => {
  const { key, secret } = await client.createKey({ body: { name: 'capped', role: 'builder', limits } })
  return { id: key.id, headers: { authorization: `Bearer ${secret}` } }
}

describe('complaint 5: budgets are overspent in a race, and block falsely once that is mended', () => {
  test('two hundred at once spend no more than the cap, and all that it allows', async () => {
    // Each costs 110 micro-dollars.
    await provider('exact', (response) =>
      setTimeout(() => json(response, completion('A.', { usage: { prompt_tokens: 10, completion_tokens: 100 } })), 20),
    )
    await price('exact/m', { input: '1', output: '1' })
    const { id, headers } = await keyWith({ costMicroUsdPerMonth: '5000', requestsPerMinute: null })
    const answers = await Promise.all(
      Array.from({ length: 200 }, () => post(ask('exact/m', { max_tokens: 150 }), { headers })),
    )
    const answered = answers.filter(({ status }) => status === 200).length
    expect(answers.every(({ status }) => status === 200 || status === 429)).toBe(true)
    expect(answered * 110).toBeLessThanOrEqual(5000)
    const { caps } = await client.getScopeLimits({ params: { scope: 'key', name: id } })
    expect(caps.find(({ kind }) => kind === 'cost-per-month')).toMatchObject({
      used: String(answered * 110),
      held: '0',
    })
    // What was held and not used is there again: one after the other they go on to the end of the cap.
    let more = 0
    while ((await post(ask('exact/m', { max_tokens: 150 }), { headers })).status === 200) more += 1
    const spent = (answered + more) * 110
    expect(spent).toBeLessThanOrEqual(5000)
    // A kilobyte in and 150 tokens out are the most that one may cost: what is left has no room for another.
    expect(spent).toBeGreaterThan(5000 - 1024 - 150)
  })

  test('a request that failed, was refused or was given up holds nothing of the cap', async () => {
    await provider('refusing', (response) => json(response, { error: { message: 'no' } }, 400))
    await price('refusing/m', { input: '1', output: '1' })
    const { id, headers } = await keyWith({ costMicroUsdPerMonth: '2000', requestsPerMinute: null })
    for (let n = 0; n < 20; n += 1)
      expect((await post(ask('refusing/m', { max_tokens: 100 }), { headers })).status).toBe(400)
    const { caps } = await client.getScopeLimits({ params: { scope: 'key', name: id } })
    expect(caps[0]).toMatchObject({ kind: 'cost-per-month', used: '0', held: '0' })
  })
})

describe('complaint 6: a budget is walked round', () => {
  test.for([
    ['chat completions', '/v1/chat/completions', ask('everything/m')],
    ['a stream', '/v1/chat/completions', ask('everything/m', { stream: true })],
    ['messages', '/v1/messages', ask('everything/m', { max_tokens: 9 })],
    ['responses', '/v1/responses', { model: 'everything/m', input: 'Hello' }],
    ['embeddings', '/v1/embeddings', { model: 'everything/m', input: 'Hello' }],
    ['pictures', '/v1/images/generations', { model: 'everything/m', prompt: 'A cat' }],
    ['a route', '/v1/chat/completions', ask('round')],
  ] as const)('by %s', async ([, path, body]) => {
    await route('round', ['everything/m'])
    const { headers } = await keyWith({ costMicroUsdPerMonth: '0' })
    const { status, text } = await post(body, { path, headers })
    expect(status).toBe(429)
    expect(JSON.parse(text)).toMatchObject({ error: { code: 'gateway.limit-cost-per-month' } })
  })
})

test('complaint 7: limits of tokens count what was used, and open again when they say so', async () => {
  const { headers } = await keyWith({ tokensPerMinute: 2500, requestsPerMinute: null })
  // 1,100 tokens each.
  expect((await post(ask('everything/m', { max_tokens: 100 }), { headers })).status).toBe(200)
  expect((await post(ask('everything/m', { max_tokens: 100 }), { headers })).status).toBe(200)
  const refused = await post(ask('everything/m', { max_tokens: 400 }), { headers })
  expect(refused.status).toBe(429)
  expect(refused.text).toContain('gateway.limit-tokens-per-minute')
  const seconds = Number(refused.headers.get('retry-after'))
  expect(seconds).toBeGreaterThan(30)
  expect(seconds).toBeLessThanOrEqual(61)
})

describe('complaint 8: the cost is wrong with cached tokens', () => {
  const usages = {
    chat: {
      path: '/v1/chat/completions',
      answer: completion('A.', {
        usage: { prompt_tokens: 1000, completion_tokens: 100, prompt_tokens_details: { cached_tokens: 800 } },
      }),
      body: ask('billing-chat/m'),
      // 200 fresh at 10, 800 cached at 1, 100 out at 20.
      cost: '4800',
    },
    messages: {
      path: '/v1/messages',
      answer: {
        id: 'msg_1',
        type: 'message',
        role: 'assistant',
        model: 'm',
        content: [{ type: 'text', text: 'A.' }],
        stop_reason: 'end_turn',
        usage: {
          input_tokens: 100,
          cache_read_input_tokens: 800,
          cache_creation_input_tokens: 100,
          cache_creation: { ephemeral_5m_input_tokens: 60, ephemeral_1h_input_tokens: 40 },
          output_tokens: 100,
        },
      },
      body: ask('billing-messages/m', { max_tokens: 100 }),
      // 100 fresh at 10, 800 read at 1, 60 kept for minutes at 12.5, 40 for an hour at 20, 100 out at 20.
      cost: '5350',
    },
  } as const
  test.for(['chat', 'messages'] as const)('%s, whole and as a stream', async (call) => {
    const { path, answer, body, cost } = usages[call]
    const dialect = call === 'chat' ? 'openai' : 'anthropic'
    await provider(
      `billing-${call}`,
      (response, heard) => {
        if (!isStream(heard)) return json(response, answer)
        stream(response)
        if (call === 'chat') {
          response.write(`${chunk({ content: 'A.' })}${chunk({}, 'stop')}`)
          response.end(`${chunk({}, null, { choices: [], usage: answer.usage })}data: [DONE]\n\n`)
          return
        }
        const { content: _, stop_reason: stop, usage, ...message } = usages.messages.answer
        const events = [
          { type: 'message_start', message: { ...message, content: [], usage: { ...usage, output_tokens: 1 } } },
          { type: 'content_block_start', index: 0, content_block: { type: 'text', text: '' } },
          { type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text: 'A.' } },
          { type: 'content_block_stop', index: 0 },
          { type: 'message_delta', delta: { stop_reason: stop }, usage: { output_tokens: 100 } },
          { type: 'message_stop' },
        ]
        response.end(events.map((event) => `event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`).join(''))
      },
      { dialect },
    )
    await price(`billing-${call}/m`, {
      input: '10',
      cacheRead: '1',
      cacheWrite: '12.5',
      cacheWriteHour: '20',
      output: '20',
    })
    for (const stream of [false, true]) {
      const { headers } = await post({ ...body, stream }, { path })
      const { summary } = await trace(headers.get('airworthy-trace'))
      expect({ stream, cost: summary.costMicroUsd, input: summary.inputTokens }).toEqual({ stream, cost, input: 1000 })
    }
  })
})

describe('complaint 25: an unknown model is free, basics are sold apart, and a stop cuts answers off', () => {
  test('an unknown price is unknown, and never nothing', async () => {
    await provider('unpriced', well)
    const { headers } = await post(ask('unpriced/m'))
    expect(headers.get('airworthy-cost-micro-usd')).toBeNull()
    const id = headers.get('airworthy-trace') ?? ''
    expect((await trace(id)).summary.costMicroUsd).toBeNull()
    expect(await client.getTraceCost({ params: { id } })).toMatchObject({ kind: 'price_unknown', costMicroUsd: null })
    expect((await client.getUsageBy({ query: { by: 'model' } })).items).toContainEqual(
      expect.objectContaining({ unpriced: 1 }),
    )
  })

  test('roles, caps of each key, the audit log and metrics are there without a licence', async () => {
    const { id } = await keyWith({ requestsPerMinute: 1 })
    const { items } = await client.listAudit({ query: { limit: 5 } })
    expect(JSON.stringify(items)).toContain(id)
    const { secret } = await client.createKey({ body: { name: 'reader', role: 'viewer' } })
    expect((await post(ask('everything/m'), { headers: { authorization: `Bearer ${secret}` } })).status).toBe(403)
    const metrics = await fetch(`${url}/metrics`, { headers: { authorization: `Bearer ${house.ownerToken}` } })
    expect(await metrics.text()).toContain('airworthy_requests_total')
  })

  test('a stop waits for the answer that is under way, and takes no more', async () => {
    const stopping = await testAirworthy()
    const { provider, post, close } = withProviders(stopping)
    let end: (() => void) | undefined
    await provider('unhurried', (response) => {
      stream(response).write(chunk({ content: 'First, ' }))
      end = () => response.end(`${chunk({ content: 'and last.' })}${chunk({}, 'stop')}data: [DONE]\n\n`)
    })
    const answer = post(ask('unhurried/m', { stream: true }))
    await expect.poll(() => end).toBeDefined()
    const closed = stopping.close()
    setTimeout(() => end?.(), 300)
    const { events } = await answer
    expect(events.join('')).toContain('and last.')
    expect(events.at(-1)).toBe('[DONE]')
    await closed
    close()
  })
})
