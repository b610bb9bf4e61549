/** Experiments and timings whose answers come in batches of their provider: cheaper, sent once, and taken row by row. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { type Client, createClient } from '../../sdk/index.ts'
import { batchProvider } from '../testing/batch-provider.ts'
import { airworthyCommand, type ServerProcess, startServer } from '../testing/child.ts'
import { echoApplication, parcels } from '../testing/echo-application.ts'
import { withProviders } from '../testing/local-provider.ts'
import { messageBatchProvider } from '../testing/message-batch-provider.ts'

const TOKEN = 'the-token-of-the-owner'
/** Of 10 tokens in and 100 out: $1 and $2 a million at once, half of it in a batch. */
const BATCH_COST = 105
const ROWS = 8
const folder = mkdtempSync(join(tmpdir(), 'airworthy-batches-'))
const shop = { params: { name: 'shop' } }
const maker = batchProvider(() => 'parcel number 1')
let server: ServerProcess
let client: Client
let local: ReturnType<typeof withProviders>
let release = ''

async function start(): Promise<void> {
  server = await startServer({ AIRWORTHY_DATA: folder, AIRWORTHY_OWNER_TOKEN: TOKEN })
  client = createClient({ baseUrl: server.url, token: TOKEN })
}
/** An application whose few rows one model answers. */
async function frozen(name: string, answer: object): Promise<string> {
  const { limits: _, ...settings } = JSON.parse(echoApplication('first')['airworthy.yaml'] ?? '')
  const rows = parcels(4 * ROWS).filter((row) => !row.includes('"build"'))
  const files = echoApplication('first', {
    'airworthy.yaml': JSON.stringify({ ...settings, models: { answer, baseline: { model: 'scripted/echo' } } }),
    'datasets/few.jsonl': rows.slice(0, ROWS).join('\n'),
    'evals/plain.yaml': JSON.stringify({ dataset: 'few', evaluators: ['token-f1'], primary: 'token-f1' }),
  })
  await client.createApplication({ body: { name, files } })
  return (await client.freezeRelease({ params: { name }, body: {} })).body.id
}
beforeAll(async () => {
  await start()
  local = withProviders({ client, url: server.url, ownerToken: TOKEN })
  await local.provider('maker', maker.says)
  const rates = { input: '1', output: '2', tiers: { batch: { input: '0.5', output: '1' } } }
  await local.price('maker/m', rates)
  release = await frozen('shop', { model: 'maker/m', parameters: { max_tokens: 100 } })
}, 60_000)
afterAll(async () => {
  await server.kill('SIGTERM')
  local.close()
  rmSync(folder, { recursive: true, force: true })
})

async function begin(more: object = {}, id = release) {
  const body = { suite: 'plain', serving: 'batch' as const, ...more }
  const { body: begun } = await client.createExperiment({ params: { id }, body })
  if (!('id' in begun)) throw new Error('It was not begun.')
  return begun.id
}
const get = (id: string) => client.getExperiment({ params: { id } })
async function ended(id: string) {
  await vi.waitUntil(async () => !['queued', 'running'].includes((await get(id)).state), {
    timeout: 30_000,
    interval: 100,
  })
  return get(id)
}
const used = async () => (await client.getLimits(shop)).cost
const sent = (from: number) => maker.batches.slice(from)

test('a quote says what batches save and how long they may take, and what cannot be sent in one is refused', async () => {
  const quote = async (serving: 'batch' | 'real-time') => {
    const body = { suite: 'plain', serving, dryRun: true }
    const answer = (await client.createExperiment({ params: { id: release }, body })).body
    if (!('quote' in answer)) throw new Error('It was begun.')
    return answer.quote
  }
  const [batch, single] = [await quote('batch'), await quote('real-time')]
  expect(single.batch).toEqual({ models: ['maker/m'], savesMicroUsd: batch.costMicroUsd, hours: 24 })
  expect(Number(single.costMicroUsd)).toBeCloseTo(2 * Number(batch.costMicroUsd))
  expect(batch.minutes).toBe(24 * 60)
  await expect(begin({ stopEarly: true })).rejects.toMatchObject({ code: 'evals.batch-stops-early' })
})

test('rows go as one batch, come back at its price, and what an arm asks of no provider runs at once', async () => {
  const [batches, singly, before] = [maker.batches.length, maker.singly.length, await used()]
  maker.end = false
  const id = await begin()
  await vi.waitUntil(() => sent(batches).length === 1, { timeout: 20_000 })
  // The other arm needs no provider.
  await vi.waitUntil(async () => (await get(id)).progress.done === ROWS, { timeout: 20_000 })
  expect(Number((await used()).reservedMicroUsd)).toBeGreaterThan(0)
  maker.end = true
  const whole = await ended(id)
  expect(whole).toMatchObject({ state: 'succeeded', serving: 'batch', spentMicroUsd: String(ROWS * BATCH_COST) })
  expect(whole.arms[0]).toMatchObject({ rows: ROWS, failed: 0, costMicroUsd: String(ROWS * BATCH_COST) })
  expect([sent(batches).length, maker.singly.length]).toEqual([1, singly])
  expect(sent(batches)[0]?.lines).toHaveLength(ROWS)
  const after = await used()
  expect(Number(after.spentMicroUsd) - Number(before.spentMicroUsd)).toBe(ROWS * BATCH_COST)
  expect(after.reservedMicroUsd).toBe('0')
})

test('the command takes the mode of serving: it quotes what a batch saves, waits for one, and refuses another word', async () => {
  const run = (words: string) =>
    airworthyCommand(
      `eval shop --suite plain --against none ${words}`.split(' '),
      { AIRWORTHY_URL: server.url, AIRWORTHY_TOKEN: TOKEN, AIRWORTHY_DATA: folder },
      folder,
    )
  const quoted = await run('--dry-run')
  expect(quoted).toMatchObject({
    code: 0,
    out: expect.stringContaining('In batches (--serving batch) maker/m saves $'),
  })
  const batches = maker.batches.length
  const { out } = await run('--serving batch')
  expect(out).toMatch(/^plain goes in batches, which may take a day\. .+ airworthy eval --resume exp_/)
  expect(out).toMatch(/plain \(succeeded\), exp_\w+, spent \$0\.00084/)
  expect(sent(batches)).toHaveLength(1)
  expect(await run('--serving soon')).toMatchObject({
    code: 2,
    err: expect.stringContaining('--serving takes real-time or batch, not soon.'),
  })
}, 60_000)

test('rows that failed in their batch are errors of the harness, and are asked again one by one', async () => {
  const [batches, singly] = [maker.batches.length, maker.singly.length]
  const seen = new Map<string, boolean>()
  maker.fails = (question) => {
    if (!seen.has(question)) seen.set(question, seen.size % 2 === 0)
    return seen.get(question) === true
  }
  const paused = await ended(await begin())
  maker.fails = () => false
  expect(paused).toMatchObject({ state: 'paused', error: expect.stringMatching(/^\d+ rows failed or expired/) })
  const query = { arm: 'candidate', failed: 'true' } as const
  const { items } = await client.listExperimentRows({ params: { id: paused.id }, query })
  expect(items.length).toBeGreaterThan(0)
  for (const { error, costMicroUsd } of items) {
    expect(error).toContain('It came too late.')
    expect(costMicroUsd).toBeNull()
  }
  await client.resumeExperiment({ params: { id: paused.id }, body: {} })
  const whole = await ended(paused.id)
  expect(whole).toMatchObject({ state: 'succeeded', arms: [{ rows: ROWS, failed: 0 }, {}] })
  expect([sent(batches).length, maker.singly.length - singly]).toEqual([1, items.length])
})

test('a server that is killed while it sends finds its batch with the provider and does not send it twice', async () => {
  const batches = maker.batches.length
  Object.assign(maker, { silent: true, end: false })
  const id = await begin()
  await vi.waitUntil(() => sent(batches).length === 1, { timeout: 20_000 })
  const heldForOne = Number((await used()).reservedMicroUsd)
  await server.kill('SIGKILL')
  maker.silent = false
  await start()
  await vi.waitUntil(async () => (await get(id)).progress.done === ROWS, { timeout: 30_000 })
  await server.kill('SIGKILL')
  await start()
  maker.end = true
  expect(await ended(id)).toMatchObject({ state: 'succeeded', spentMicroUsd: String(ROWS * BATCH_COST) })
  expect(sent(batches)).toHaveLength(1)
  // What a killed process had taken of the cap counts for minutes, because nobody else knows what it spent.
  expect(Number((await used()).reservedMicroUsd)).toBeLessThanOrEqual(heldForOne)
}, 120_000)

test('message batches, which take no tag, are found by time and size among others, cancelled and paid for by half, and split where they are too large', async () => {
  const lots = messageBatchProvider(() => 'parcel number 1')
  const local = withProviders({ client, url: server.url, ownerToken: TOKEN })
  await local.provider('lots', lots.says, { dialect: 'anthropic' })
  await local.price('lots/m', { input: '1', output: '2', tiers: { batch: { input: '0.5', output: '1' } } })
  const id = await frozen('many', { model: 'lots/m', parameters: { max_tokens: 100 } })
  // One of the same size that is of ours and known, one that is too old, and some of another size on the page before.
  lots.addForeign(ROWS, new Date(Date.now() - 3_600_000))
  lots.end = false
  const first = await begin({}, id)
  await vi.waitUntil(() => lots.batches.length === 2, { timeout: 20_000 })
  lots.silent = true
  const second = await begin({}, id)
  await vi.waitUntil(() => lots.batches.length === 3, { timeout: 20_000 })
  for (const size of [1, 2, 3]) lots.addForeign(size, new Date())
  await server.kill('SIGKILL')
  lots.silent = false
  await start()
  await vi.waitUntil(async () => (await get(second)).progress.done === ROWS, { timeout: 30_000 })
  await client.cancelExperiment({ params: { id: second } })
  await vi.waitUntil(() => lots.batches[2]?.isCancelled === true, { timeout: 20_000 })
  const spent = async () => Number((await client.getLimits({ params: { name: 'many' } })).cost.spentMicroUsd)
  await vi.waitUntil(async () => (await spent()) === (ROWS / 2) * BATCH_COST, { timeout: 20_000 })
  lots.end = true
  expect(await ended(first)).toMatchObject({ state: 'succeeded', arms: [{ rows: ROWS, failed: 0 }, {}] })
  expect(lots.batches.map(({ isCancelled }) => isCancelled)).toEqual([false, false, true, false, false, false])
  // A batch that is larger than the provider takes goes as halves of it.
  lots.most = ROWS / 2
  const third = await ended(await begin({}, id))
  expect(third).toMatchObject({ state: 'succeeded', arms: [{ rows: ROWS, failed: 0 }, {}] })
  expect(lots.batches.slice(6).map(({ asked }) => asked.length)).toEqual([ROWS / 2, ROWS / 2])
  expect([lots.batches.length, lots.singly.length]).toEqual([8, 0])
  local.close()
}, 120_000)

test('a cap holds the batch back before it is sent, and a cancelled experiment cancels it and keeps what it answered', async () => {
  const [batches, singly] = [maker.batches.length, maker.singly.length]
  await client.setLimits({ ...shop, body: { costMicroUsdPerMonth: '5000' } })
  const paused = await ended(await begin())
  expect(paused).toMatchObject({ state: 'paused', error: expect.stringContaining('A cap is reached') })
  expect(sent(batches)).toEqual([])
  await client.setLimits({ ...shop, body: { costMicroUsdPerMonth: '50000000' } })
  maker.end = false
  await client.resumeExperiment({ params: { id: paused.id }, body: {} })
  await vi.waitUntil(() => sent(batches).length === 1, { timeout: 20_000 })
  await vi.waitUntil(async () => Number((await used()).reservedMicroUsd) > 0, { timeout: 20_000 })
  const before = Number((await used()).spentMicroUsd)
  await client.cancelExperiment({ params: { id: paused.id } })
  await vi.waitUntil(() => sent(batches)[0]?.status === 'cancelled', { timeout: 20_000 })
  // What it had answered is paid for.
  const half = (ROWS / 2) * BATCH_COST
  await vi.waitUntil(async () => Number((await used()).spentMicroUsd) === before + half, { timeout: 20_000 })
  maker.end = true
  await client.resumeExperiment({ params: { id: paused.id }, body: {} })
  const whole = await ended(paused.id)
  expect(whole).toMatchObject({ state: 'succeeded', arms: [{ rows: ROWS, failed: 0 }, {}] })
  // The half that was answered is asked for in no second batch.
  expect(sent(batches).map(({ lines }) => lines.length)).toEqual([ROWS, ROWS / 2])
  expect(maker.singly).toHaveLength(singly)
}, 60_000)

/** Providers for the server as it runs now. */
const beside = () => withProviders({ client, url: server.url, ownerToken: TOKEN })

/** A model that is measured on questions of the shop by batches alone. */
async function timed(model: string) {
  const body = { model, suite: 'plain', questions: 5, modes: ['batch' as const] }
  const { body: begun } = await client.startModelTiming({ ...shop, body })
  const id = begun.kind === 'started' ? begun.id : ''
  const now = async () => (await client.listModelTimings(shop)).items.find((one) => one.id === id)
  const ended = (state: string) =>
    vi.waitUntil(async () => (await now())?.state === state, { timeout: 40_000, interval: 100 })
  return { id, now, ended }
}

test.for(['openai', 'anthropic'] as const)(
  'a timing that is killed while it sends a batch finds it with %s, and sends none twice',
  { timeout: 120_000 },
  async (dialect) => {
    const lots = messageBatchProvider(() => 'parcel number 1')
    const whose = dialect === 'openai' ? maker : lots
    const name = dialect === 'openai' ? 'maker' : 'timed'
    if (dialect === 'anthropic') await beside().provider(name, lots.says, { dialect })
    const batches = whose.batches.length
    Object.assign(whose, { silent: true, end: false })
    const { now, ended } = await timed(`${name}/m`)
    await vi.waitUntil(() => whose.batches.length === batches + 1, { timeout: 20_000 })
    await server.kill('SIGKILL')
    Object.assign(whose, { silent: false, end: true })
    await start()
    await ended('succeeded')
    expect((await now())?.modes).toMatchObject([{ mode: 'batch', asked: 5, errors: 0 }])
    expect(whose.batches).toHaveLength(batches + 1)
  },
)

test('a batch of which nobody knows whether it was taken is looked for; what was made by somebody else is none of ours', async () => {
  const lots = messageBatchProvider(() => 'parcel number 1')
  const says: typeof lots.says = (response, said, times) => {
    if (said.path !== '/messages/batches' || said.text === '') return lots.says(response, said, times)
    // It breaks off, with the batch or, the second time, with one of another's.
    if (lots.batches.length > 0) lots.addForeign(5, new Date())
    else lots.says({ writeHead: () => ({ end: () => {} }) } as never, said, times)
    response.socket?.destroy()
  }
  await beside().provider('shaky', says, { dialect: 'anthropic' })
  const first = await timed('shaky/m')
  await first.ended('succeeded')
  expect([(await first.now())?.modes?.[0]?.errors, lots.batches.length]).toEqual([0, 1])
  const second = await timed('shaky/m')
  await second.ended('failed')
  expect((await second.now())?.error).toContain('holds none of ours')
}, 60_000)

test('a timing that is cancelled cancels its batch, and what was done by then is taken from the caps', async () => {
  const batches = maker.batches.length
  maker.end = false
  const { id } = await timed('maker/m')
  await vi.waitUntil(() => sent(batches).length === 1, { timeout: 20_000 })
  const before = Number((await used()).spentMicroUsd)
  await client.cancelJob({ params: { id: id as never } })
  await vi.waitUntil(() => sent(batches)[0]?.status === 'cancelled', { timeout: 20_000 })
  // Of five, three were done.
  await vi.waitUntil(async () => Number((await used()).spentMicroUsd) > before, { timeout: 20_000 })
  expect(Number((await used()).spentMicroUsd) - before).toBe(3 * BATCH_COST)
  maker.end = true
}, 60_000)
