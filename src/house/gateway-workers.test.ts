/** Two gateway processes behind one port, on the engine of the run: caps, switches, metrics, a death and the end. */

import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Client, createClient } from '../../sdk/index.ts'
import { type ServerProcess, startServer } from '../testing/child.ts'
import { readMetrics } from '../testing/metrics-parser.ts'

const TOKEN = 'the-token-of-the-owner'
const data = mkdtempSync(join(tmpdir(), 'airworthy-workers-'))
const settings = { AIRWORTHY_DATA: data, AIRWORTHY_OWNER_TOKEN: TOKEN, AIRWORTHY_GATEWAY_WORKERS: '2' }
let server: ServerProcess
let client: Client

/** Questions that the provider has heard. */
let heard = 0
/** A provider that answers after as many milliseconds as the question says. */
const provider = createServer((request, response) => {
  let text = ''
  request.setEncoding('utf8').on('data', (piece) => {
    text += piece
  })
  request.on('end', () => {
    heard += 1
    const content = JSON.parse(text).messages[0].content as string
    setTimeout(
      () => {
        response.setHeader('content-type', 'application/json')
        response.end(
          JSON.stringify({
            id: 'a',
            choices: [{ index: 0, message: { role: 'assistant', content }, finish_reason: 'stop' }],
            usage: { prompt_tokens: 3, completion_tokens: 2 },
          }),
        )
      },
      Number(/^wait (\d+)/.exec(content)?.[1] ?? 0),
    )
  })
})

/** A connection of its own, so that the processes take turns. */
async function ask(content: string, token = TOKEN): Promise<{ status: number; trace: string | null }> {
  const response = await fetch(`${server.url}/v1/chat/completions`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', connection: 'close' },
    body: JSON.stringify({ model: 'box/m', messages: [{ role: 'user', content }] }),
  })
  await response.text()
  return { status: response.status, trace: response.headers.get('airworthy-trace') }
}

const workersOf = (pid: number): number[] =>
  readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').map(Number)

const counts = (statuses: readonly number[]) =>
  Object.fromEntries(Object.entries(Object.groupBy(statuses, String)).map(([status, all]) => [status, all?.length]))

beforeAll(async () => {
  await new Promise<void>((resolve) => provider.listen(0, '127.0.0.1', resolve))
  server = await startServer(settings)
  client = createClient({ baseUrl: server.url, token: TOKEN })
  const baseUrl = `http://127.0.0.1:${(provider.address() as AddressInfo).port}/v1`
  await client.putProvider({ params: { name: 'box' }, body: { dialect: 'openai', baseUrl } })
  // Each process hears of it.
  for (let known = 0; known < 6; ) known = (await ask('there?')).status === 200 ? known + 1 : 0
}, 120_000)
afterAll(async () => {
  await server?.kill('SIGKILL')
  provider.close()
  rmSync(data, { recursive: true, force: true })
})

/** A change is known to the process that made it at once, and to the others a moment later. */
const everywhere = (expected: number) =>
  expect
    .poll(
      async () => new Set((await Promise.all(Array.from({ length: 6 }, () => ask('x')))).map(({ status }) => status)),
      { timeout: 20_000, interval: 50 },
    )
    .toEqual(new Set([expected]))

test('a cap lets through as many as it says over both processes, with 200 requests in flight', async () => {
  const limits = { requestsPerMonth: 100, costMicroUsdPerMonth: null }
  const { secret } = await client.createKey({ body: { name: 'capped', role: 'builder', limits } })
  // Each process hears of the key; what it lets through by then counts.
  let [before, heard] = [0, 0]
  while (heard < 6) {
    const isLetThrough = (await ask('x', secret)).status === 200
    heard = isLetThrough ? heard + 1 : 0
    before += Number(isLetThrough)
  }
  const answers = await Promise.all(Array.from({ length: 200 }, () => ask('wait 300', secret)))
  const through = counts(answers.map(({ status }) => status))
  expect(Object.keys(through).sort()).toEqual(['200', '429'])
  let total = before + (through['200'] ?? 0)
  expect(total).toBeLessThanOrEqual(100)
  // What one process holds ahead of need is out of the other's reach for a moment, and is given back.
  const rest = async () => {
    if (total < 100) total += Number((await ask('x', secret)).status === 200)
    return total
  }
  await expect.poll(rest, { timeout: 20_000, interval: 50 }).toBe(100)
  expect((await ask('one more', secret)).status).toBe(429)
}, 60_000)

test('a switch holds at both processes soon after its answer, and so does its end', async () => {
  const params = { kind: 'provider' as const, name: 'box' }
  await client.switchOff({ params, body: { reason: 'A test.' } })
  await everywhere(403)
  await client.switchOn({ params, query: { reason: 'It is over.' } })
  await everywhere(200)
})

test.skipIf(process.platform !== 'linux')(
  'a process that is killed is begun anew, loses no record of an answer, and the port goes on',
  async () => {
    const [victim = 0] = workersOf(server.pid)
    const traces: string[] = []
    const broken: unknown[] = []
    let isOver = false
    const traffic = Promise.all(
      Array.from({ length: 8 }, async () => {
        while (!isOver)
          await ask('wait 20').then(
            ({ trace }) => trace && traces.push(trace),
            (thrown) => broken.push(thrown),
          )
      }),
    )
    await new Promise((passed) => setTimeout(passed, 500))
    process.kill(victim, 'SIGKILL')
    await expect.poll(() => workersOf(server.pid).filter((pid) => pid !== victim).length, { timeout: 20_000 }).toBe(2)
    await everywhere(200)
    isOver = true
    await traffic
    expect(server.said()).toMatch(/! gateway-\d: it ended \(SIGKILL\) and is begun anew/)
    // Each connection that it held broke, and no other.
    expect(broken.length).toBeLessThanOrEqual(8)
    const lost = async () => {
      const found = await Promise.allSettled(traces.map((id) => client.getTrace({ params: { id } })))
      return traces.filter((_, index) => found[index]?.status === 'rejected')
    }
    await expect.poll(lost, { timeout: 20_000, interval: 500 }).toEqual([])
  },
  60_000,
)

test('an answer of a moment ago is rated, whichever process gave it, and one that nobody gave is unknown', async () => {
  const rate = (trace: string) => client.recordFeedback({ body: { trace, value: true } })
  const traces = (await Promise.all(Array.from({ length: 8 }, () => ask('x')))).map(({ trace }) => trace ?? '')
  const rated = await Promise.all(traces.map(rate))
  expect(rated.map(({ traceId }) => traceId)).toEqual(traces)
  await expect(rate('0123456789abcdef0123456789abcdef')).rejects.toMatchObject({ code: 'telemetry.trace-unknown' })
})

test('metrics are those of all processes together', async () => {
  const read = async () => {
    const response = await fetch(`${server.url}/metrics`, { headers: { authorization: `Bearer ${TOKEN}` } })
    const families = readMetrics(await response.text(), 'prometheus')
    // Both that answer, and not the one with everything else.
    expect(families.get('airworthy_gateway_requests_capacity')?.samples[0]?.value).toBe(2_000)
    return families
      .get('airworthy_requests_total')
      ?.samples.filter(({ labels }) => labels.status === '2xx')
      .reduce((sum, { value }) => sum + value, 0)
  }
  const before = (await read()) ?? 0
  const answers = await Promise.all(Array.from({ length: 20 }, () => ask('x')))
  expect(answers.every(({ status }) => status === 200)).toBe(true)
  expect(await read()).toBe(before + 20)
})

test('faults happen to a drill in whichever process answers it', async () => {
  const files = {
    'airworthy.yaml': 'models: {answer: {model: scripted/fixed, parameters: {text: "It is here."}}}\n',
    'prompts/answer.prompt': '{{question}}\n',
  }
  await client.createApplication({ body: { name: 'drilled', files } })
  const { id } = (await client.freezeRelease({ params: { name: 'drilled' }, body: {} })).body
  const body = { faults: ['provider-503', 'provider-cut'] as const, question: 'Where is it?' }
  await client.startFaultDrill({ params: { id }, body: { ...body, faults: [...body.faults] } })
  const drill = async () => (await client.listFaultDrills({ params: { id } })).items[0]
  await expect.poll(async () => (await drill())?.state, { timeout: 40_000 }).toBe('succeeded')
  const { cases = [], tried } = (await drill())?.result ?? {}
  expect([tried, new Set(cases.map(({ fault, outcome }) => `${fault} ${outcome}`))]).toEqual([
    ['provider-503', 'provider-cut'],
    new Set(['none good', 'provider-503 refused', 'provider-cut refused']),
  ])
}, 60_000)

test('a server that is told to end finishes its answers at both processes', async () => {
  const before = heard
  const answers = Promise.all(Array.from({ length: 6 }, () => ask('wait 1500')))
  await expect.poll(() => heard, { timeout: 20_000, interval: 20 }).toBe(before + 6)
  const isGone = server.kill('SIGTERM')
  expect((await answers).map(({ status }) => status)).toEqual([200, 200, 200, 200, 200, 200])
  await isGone
  expect(server.said().split('Stopping')[1]).not.toContain('! ')
  server = await startServer(settings)
  client = createClient({ baseUrl: server.url, token: TOKEN })
  for (const { trace } of await answers) expect(await client.getTrace({ params: { id: trace ?? '' } })).toBeDefined()
}, 60_000)

test.skipIf(process.platform !== 'linux')(
  'a server that is told to end while a process of it starts anew does not wait for ever',
  async () => {
    const [victim = 0] = workersOf(server.pid)
    process.kill(victim, 'SIGKILL')
    const others = () => workersOf(server.pid).filter((pid) => pid !== victim)
    await expect.poll(() => others().length, { timeout: 20_000, interval: 5 }).toBe(2)
    await server.kill('SIGTERM')
  },
  60_000,
)
