/** What the installation asks of models by itself takes from the caps of whom it is done for, and a cap is no failure. */
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { testAirworthy } from '../testing/airworthy.ts'
import { echoApplication, parcels } from '../testing/echo-application.ts'
import { completion, json, withProviders } from '../testing/local-provider.ts'

const house = await testAirworthy()
const { client } = house
const local = withProviders(house)
afterAll(async () => {
  await house.close()
  local.close()
})

/** Each answer costs 110 micro-dollars, and 1,124 may be needed for it: a kilobyte in and 100 tokens out. */
const USED = { usage: { prompt_tokens: 10, completion_tokens: 100, total_tokens: 110 } }
const COST = 110
const ROWS = 8
const MOST = { max_tokens: 100 }
const JUDGE = { model: 'judge/m', parameters: MOST }
const shop = { params: { name: 'shop' } }
let maker: Awaited<ReturnType<typeof local.provider>>
let judge: Awaited<ReturnType<typeof local.provider>>
let near: Awaited<ReturnType<typeof local.provider>>
let release = ''

beforeAll(async () => {
  maker = await local.provider('maker', (response) => json(response, completion('parcel number 1', USED)))
  judge = await local.provider('judge', (response) =>
    json(response, completion('{"reason": "so", "verdict": true}', USED)),
  )
  // Whose price nobody knows.
  await local.provider('secret', (response) => json(response, completion('{"reason": "so", "verdict": true}', USED)))
  near = await local.provider('near', (response, { text }) =>
    json(response, {
      data: (JSON.parse(text).input as string[]).map((_, index) => ({ index, embedding: [1, 0] })),
      usage: { prompt_tokens: 5, total_tokens: 5 },
    }),
  )
  for (const name of ['maker', 'judge', 'near']) await local.price(`${name}/m`, { input: '1', output: '1' })
  const models = { answer: { model: 'maker/m', parameters: MOST }, baseline: { model: 'scripted/echo' } }
  const { limits: _, ...settings } = JSON.parse(echoApplication('first')['airworthy.yaml'] ?? '')
  const judged = { use: 'criterion', options: { criterion: 'is polite', judge: JUDGE } }
  const files = echoApplication('first', {
    'airworthy.yaml': JSON.stringify({ ...settings, models }),
    'datasets/parcels.jsonl': parcels(4 * ROWS).join('\n'),
    'datasets/few.jsonl': parcels(4 * ROWS)
      .filter((row) => !row.includes('"build"'))
      .slice(0, ROWS)
      .join('\n'),
    'evals/judged.yaml': JSON.stringify({ dataset: 'few', evaluators: ['token-f1', judged], primary: 'token-f1' }),
    'evals/mixed.yaml': JSON.stringify({
      dataset: 'few',
      evaluators: [
        'token-f1',
        { use: 'criterion', options: { criterion: 'is polite', judge: { ...JUDGE, model: 'secret/m' } } },
        { use: 'similarity', options: { model: 'near/m' } },
      ],
      primary: 'token-f1',
    }),
    'evals/plain.yaml': JSON.stringify({ dataset: 'few', evaluators: ['token-f1'], primary: 'token-f1' }),
  })
  await client.createApplication({ body: { name: 'shop', files } })
  release = (await client.freezeRelease({ ...shop, body: {} })).body.id
})

const setLimits = (body: Parameters<typeof client.setLimits>[0]['body']) => client.setLimits({ ...shop, body })
const capModel = (name: string, requestsPerDay: number | null) =>
  client.setScopeLimits({ params: { scope: 'model', name }, body: { requestsPerDay } })
const spentOf = async () => Number((await client.getLimits(shop)).cost.spentMicroUsd)
const heard = () => maker.heard.length + judge.heard.length

async function ended(id: string) {
  await vi.waitUntil(
    async () => !['queued', 'running'].includes((await client.getExperiment({ params: { id } })).state),
    20_000,
  )
  return client.getExperiment({ params: { id } })
}
async function measure(suite: string) {
  const { body } = await client.createExperiment({ params: { id: release }, body: { suite } })
  if (!('id' in body)) throw new Error('It was not begun.')
  return ended(body.id)
}
const resume = async (id: string) => ended((await client.resumeExperiment({ params: { id }, body: {} })).id)
const rowsOf = async (id: string) =>
  (await client.listExperimentRows({ params: { id }, query: { arm: 'candidate' } })).items

test('an experiment takes from the cap of its application, pauses when it is reached, and goes on without paying twice', async () => {
  const cap = 3000
  await setLimits({ costMicroUsdPerMonth: String(cap) })
  const paused = await measure('judged')
  expect(paused).toMatchObject({ state: 'paused', finishedAt: null })
  expect(paused.error).toMatch(
    /A cap is reached\. The application shop may spend \$0\.003 a month.*Try again after \d{4}-/,
  )
  expect(await spentOf()).toBe(heard() * COST)
  expect(await spentOf()).toBeLessThanOrEqual(cap)
  // What is left has no room for one more.
  expect(await spentOf()).toBeGreaterThan(cap - 1124)
  const rows = await rowsOf(paused.id)
  expect(rows.length).toBeLessThan(ROWS)
  expect(rows.filter(({ error, scores }) => error || Object.values(scores).some((one) => one.error))).toEqual([])

  await setLimits({ costMicroUsdPerMonth: '50000000' })
  const whole = await resume(paused.id)
  expect(whole).toMatchObject({ state: 'succeeded', error: null, progress: { done: 2 * ROWS, total: 2 * ROWS } })
  expect([maker.heard.length, judge.heard.length]).toEqual([ROWS, 2 * ROWS])
  expect(await spentOf()).toBe(3 * ROWS * COST)
  expect(Number(whole.spentMicroUsd)).toBe(3 * ROWS * COST)
})

test('an answer whose judge may not be asked is kept, and not asked for again', async () => {
  const [answered, judged] = [maker.heard.length, judge.heard.length]
  await capModel('judge/m', judged + 5)
  const paused = await measure('judged')
  expect(paused).toMatchObject({ state: 'paused', error: expect.stringContaining('The model judge/m may make') })
  expect(judge.heard.length - judged).toBeLessThanOrEqual(5)
  await capModel('judge/m', null)
  expect(await resume(paused.id)).toMatchObject({ state: 'succeeded' })
  expect([maker.heard.length - answered, judge.heard.length - judged]).toEqual([ROWS, 2 * ROWS])
})

test('a quote names answers, judges and vectors, and a price that nobody knows is blocked, or said with what was spent', async () => {
  const quote = async () => {
    const { body } = await client.createExperiment({ params: { id: release }, body: { suite: 'mixed', dryRun: true } })
    if (!('quote' in body)) throw new Error('It was begun.')
    return body.quote
  }
  const policy = (onUnknownPrice: 'flag' | null) =>
    client.setPricePolicy({
      params: { scope: 'application', name: 'shop' },
      body: { onUnknownPrice, reason: 'for a test' },
    })
  const [answers, judges, vectors] = ['maker/m', 'secret/m', 'near/m']
  const blocked = expect.stringContaining('Nobody has said what secret/m costs')
  const found = await quote()
  expect(found).toMatchObject({ costMicroUsd: null, unpriced: [judges], blocked, calls: 6 * ROWS })
  expect(found.parts).toEqual([
    expect.objectContaining({ of: 'answers', model: answers, calls: ROWS }),
    expect.objectContaining({ of: 'answers', model: 'scripted/echo', calls: ROWS, costMicroUsd: '0' }),
    expect.objectContaining({ of: 'judges', model: judges, calls: 2 * ROWS, costMicroUsd: null }),
    expect.objectContaining({ of: 'vectors', model: vectors, calls: 2 * ROWS }),
  ])
  const known = found.parts.reduce((sum, { costMicroUsd }) => sum + Number(costMicroUsd ?? 0), 0)
  expect(Number(found.atLeastMicroUsd)).toBeCloseTo(known)
  await expect(measure('mixed')).rejects.toMatchObject({ code: 'evals.price-unknown' })

  await policy('flag')
  expect(await quote()).toMatchObject({ costMicroUsd: null, unpriced: [judges], blocked: null })
  const whole = await measure('mixed')
  await policy(null)
  expect(whole).toMatchObject({ state: 'succeeded', spentUnpriced: [judges] })
  // Rows that wait for vectors go in one request, so that it takes no more of them than were quoted.
  expect(near.heard.length).toBeLessThanOrEqual(2 * ROWS)
  expect(Number(whole.spentMicroUsd)).toBeCloseTo(ROWS * COST + near.heard.length * 5)
})

test('a cap on requests holds an experiment by the day and the month, and by the minute callers alone', async () => {
  await setLimits({ requestsPerMinute: 3 })
  expect(await measure('plain')).toMatchObject({ state: 'succeeded' })
  expect(await client.getLimits(shop)).toMatchObject({ requests: { inLastMinute: 0 } })
  await setLimits({ requestsPerMinute: 6000, requestsPerDay: 3 })
  const paused = await measure('plain')
  expect(paused).toMatchObject({ state: 'paused', error: expect.stringContaining('requests a day') })
  await client.cancelExperiment({ params: { id: paused.id } })
  await setLimits({ requestsPerDay: null })
})

test('a cap that opens soon is waited for, and the waiting is no part of the latency', async () => {
  await setLimits({ concurrentRequests: 1 })
  const found = await measure('plain')
  await setLimits({ concurrentRequests: null })
  expect(found).toMatchObject({ state: 'succeeded' })
  const [first, last] = [Date.parse(found.startedAt ?? ''), Date.parse(found.finishedAt ?? '')]
  const worked = (await rowsOf(found.id)).reduce((sum, { latencyMs }) => sum + latencyMs, 0)
  expect(worked).toBeLessThan(last - first)
})

test('tuning stops where a cap ends it and says so, and the same again pays only for what is missing', async () => {
  const asked = maker.heard.length
  await capModel('maker/m', asked + 6)
  const body = { suite: 'parcels', budget: 60 }
  const tuned = async () => {
    const { body: begun } = await client.startTuning({ params: { id: release }, body })
    if (!('id' in begun)) throw new Error('It was not begun.')
    return vi.waitUntil(async () => {
      const one = await client.getTuning({ params: { id: begun.id } })
      if (one.error !== null) throw new Error(one.error)
      return one.result ?? undefined
    }, 20_000)
  }
  const found = await tuned()
  await capModel('maker/m', null)
  expect(found).toMatchObject({ calls: 6, stopped: expect.stringContaining('The model maker/m may make') })
  expect(maker.heard.length - asked).toBe(6)

  const whole = await tuned()
  expect(whole).toMatchObject({ stopped: null })
  expect(whole.calls).toBeGreaterThan(6)
  expect(maker.heard.length - asked).toBe(whole.calls)
  // It is whole, so that another one is a new measurement.
  await tuned()
  expect(maker.heard.length - asked).toBe(2 * whole.calls)
})

test('a calibration that a cap ended goes on from the verdicts that it was given', async () => {
  const texts = ['One.', 'Two.', 'Two.', 'Three.', 'Four.', 'Five.', 'Six.']
  const choices = ['good', 'bad'].map((value) => ({ value, label: value, isGood: value === 'good' }))
  const queue = await client.createAnnotationQueue({
    body: {
      ...{ application: 'shop', name: 'Polite?', data: 'few', guidelines: 'Polite is polite.', choices },
      items: texts.map((answer) => ({ input: 'Where is it?', answer })),
    },
  })
  for (;;) {
    const { task } = await client.nextAnnotation({ params: { id: queue.id } })
    if (!task) break
    await client.labelAnnotation({ params: { id: task.item.id }, body: { value: 'good', tookMs: 1 } })
  }
  const found = (await client.listJudges(shop)).items.find(({ model }) => model === 'judge/m')
  const body = { judge: found?.digest ?? '', queue: queue.id }
  const calibrated = async () => {
    const { body: begun } = await client.runCalibration({ params: { id: release }, body })
    if (begun.kind !== 'started') throw new Error(`It was not begun: ${begun.kind}`)
    return vi.waitUntil(async () => {
      const job = await client.getJob({ params: { id: begun.job } })
      return ['succeeded', 'failed'].includes(job.state) && job
    }, 20_000)
  }
  const before = judge.heard.length
  await capModel('judge/m', before + 3)
  const capped = await calibrated()
  expect(capped).toMatchObject({ state: 'failed', error: expect.stringContaining('it goes on') })
  expect(judge.heard.length - before).toBe(3)
  await capModel('judge/m', null)
  expect(await calibrated()).toMatchObject({ state: 'succeeded' })
  // What stands twice is asked twice, because each is a verdict of its own.
  expect(judge.heard.length - before).toBe(texts.length)
  expect(await calibrated()).toMatchObject({ state: 'succeeded' })
  expect(judge.heard.length - before).toBe(2 * texts.length)
})
