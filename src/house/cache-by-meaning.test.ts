/** S1.17c · Answers given again to questions in other words: measured first, bounded by who asks what, and named. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { testAirworthy } from '../testing/airworthy.ts'
import { airworthyCommand } from '../testing/child.ts'
import { echoApplication } from '../testing/echo-application.ts'
import { json, type Says, well, withProviders } from '../testing/local-provider.ts'
import { runSuite } from '../testing/run-suite.ts'

const house = await testAirworthy()
const { client } = house
afterAll(() => house.close())
const local = withProviders(house)
afterAll(local.close)

/** Vectors whose cosines are known: what is asked about, and a little of how it is asked. */
const TOPICS = ['parcel', 'refund', 'address', 'invoice']
const vectorOf = (text: string): number[] => [
  ...TOPICS.map((topic) => (text.toLowerCase().includes(topic) ? 10 : 0)),
  text.length % 7,
  1,
]
const embeds: Says = (response, { text }) => {
  const { input } = JSON.parse(text) as { input: string[] }
  const data = input.map((one, index) => ({ index, embedding: vectorOf(one) }))
  json(response, { object: 'list', data, usage: { prompt_tokens: 1000, total_tokens: 1000 } })
}
const pair = (one: string, other: string, same: boolean, split = 'regress') =>
  JSON.stringify({ id: `${one} ${other}`, input: one, split, metadata: { other, same } })
const PAIRS = [
  ...Array.from({ length: 60 }, (_, n) => pair(`Where is parcel ${n}?`, `Who pays refund ${n}?`, false)),
  ...Array.from({ length: 20 }, (_, n) => pair(`Which address ${n}?`, `Which invoice ${n}?`, false, 'build')),
  ...Array.from({ length: 20 }, (_, n) => pair(`My parcel ${n}?`, `Is my parcel here, ${n}?`, true)),
]
const MEANING = { model: 'vectors', threshold: 0.75, pairs: 'pairs', mostFalseHits: 0.05 }
const files = (cache: object = {}, more: object = {}, pairs = PAIRS) => {
  const { 'airworthy.yaml': settings = '', ...others } = echoApplication('first')
  const models = {
    ...{ answer: { model: 'counted/m' }, vectors: { model: 'makes/vectors' } },
    baseline: { model: 'scripted/fixed', parameters: { text: 'No.' } },
  }
  const kept = { minutes: 5, sharedBy: 'everybody', byMeaning: { ...MEANING, ...cache } }
  return {
    ...others,
    'datasets/pairs.jsonl': `${pairs.join('\n')}\n`,
    'airworthy.yaml': JSON.stringify({ ...JSON.parse(settings), models, cache: kept, ...more }),
  }
}
let vectors: Says = embeds
let [counted, made]: Awaited<ReturnType<typeof local.provider>>[] = []
let release = ''
const freeze = async (given: Record<string, string>) => {
  await client.putBlueprint({ params: { name: 'shop' }, body: { files: given } })
  return (await client.freezeRelease({ params: { name: 'shop' }, body: {} })).body.id
}
beforeAll(async () => {
  counted = await local.provider('counted', well)
  made = await local.provider('makes', (...said) => vectors(...said))
  await local.price('counted/m', { input: '1', output: '1' })
  await local.price('makes/vectors', { input: '0.02', output: '0' })
  await client.createApplication({ body: { name: 'shop', files: files() } })
  release = (await client.freezeRelease({ params: { name: 'shop' }, body: {} })).body.id
})
const ask = (content: string, more: object = {}, options: Parameters<typeof local.post>[1] = {}) =>
  local.post({ model: 'shop', messages: [{ role: 'user', content }], ...more }, options)
const cacheOf = async (...asked: Parameters<typeof ask>) => (await ask(...asked)).headers.get('airworthy-cache')

test('who asks the same in other words is given the same answer, for what the look-up cost, and is told', async () => {
  for (const stream of [false, true]) {
    const before = counted?.heard.length ?? 0
    const first = await ask('Where is my parcel?', { stream })
    expect(first.headers.get('airworthy-cache')).toBe('miss')
    const near = await ask('Please tell me where my parcel is', { stream })
    const { headers, text } = near
    expect(['airworthy-cache', 'airworthy-attempts'].map((name) => headers.get(name))).toEqual(['near', '0'])
    expect([text, counted?.heard.length]).toEqual([first.text, before + 1])
    expect(Number(headers.get('airworthy-cache-similarity'))).toBeGreaterThan(0.75)
    expect(headers.get('airworthy-cost-micro-usd')).toBe('20')
    const { summary, spans } = await local.trace(headers.get('airworthy-trace'))
    expect(summary).toMatchObject({ status: 'complete', costMicroUsd: '20', servedBy: 'counted/m' })
    expect(spans.find(({ name }) => name === 'cache near')?.attributes).toMatchObject({
      'airworthy.cache.trace': first.headers.get('airworthy-trace'),
      // The answer itself and the look-up before it.
      'airworthy.cache.saved_micro_usd': '1120',
    })
    expect(spans.find(({ name }) => name === 'embeddings makes/vectors')?.attributes).toMatchObject({
      'airworthy.cache.threshold': 0.75,
    })
    // Exactly the same costs no look-up.
    const same = await ask('Where is my parcel?', { stream })
    expect(same.headers.get('airworthy-cost-micro-usd')).toBe('0')
    await local.trace(same.headers.get('airworthy-trace'))
  }
  const { total } = await client.getUsageBy({ query: { by: 'application', application: 'shop' } })
  expect(total).toMatchObject({ keptAnswers: 4, keptByMeaning: 2, savedMicroUsd: '4480', savedUnpriced: 0 })
})

test('another question, other instructions, turns, parameters or keys are asked anew', async () => {
  const asked = 'Is the refund on its way?'
  const other = 'And now, is the refund on its way?'
  expect(await cacheOf(asked)).toBe('miss')
  expect(await cacheOf('Is the invoice on its way?')).toBe('miss')
  expect(await cacheOf(other, { temperature: 0.3 })).toBe('miss')
  const turns = (...before: object[]) => ({ messages: [...before, { role: 'user', content: other }] })
  expect(await cacheOf(other, turns({ role: 'system', content: 'Be rude.' }))).toBe('miss')
  expect(await cacheOf(other, turns({ role: 'user', content: 'Hi' }, { role: 'assistant', content: 'Hi' }))).toBe(
    'miss',
  )
  expect(await cacheOf(other, {}, { headers: { 'cache-control': 'no-cache' } })).toBeNull()
  const bound = await client.createKey({ body: { name: 'bound', role: 'builder', application: 'shop' } })
  expect(await cacheOf(other, {}, { headers: { authorization: `Bearer ${bound.secret}` } })).toBe('miss')
  expect(await cacheOf(other)).toBe('near')
})

test('a model of vectors that fails, or gives no vectors, makes nobody wait for an answer', async () => {
  const failures: Record<string, Says> = {
    'Which address is it?': (response) => json(response, { error: { message: 'Busy.' } }, 503),
    'Whose address is it?': (response) => json(response, { data: [{ index: 0, embedding: [0, 0] }] }),
  }
  for (const [words, says] of Object.entries(failures)) {
    vectors = says
    const { status, headers } = await ask(words)
    expect([status, headers.get('airworthy-cache')]).toEqual([200, 'miss'])
    const { spans } = await local.trace(headers.get('airworthy-trace'))
    expect(spans.find(({ name }) => name.startsWith('embeddings'))?.status.code).toBe('error')
  }
  vectors = embeds
})

const standing = async (id = release) => client.getMeaningStanding({ params: { id } })

test('false hits are measured on pairs that did not choose the threshold, and are evidence until something changes', async () => {
  expect(await standing()).toMatchObject({ state: 'missing', threshold: 0.75, measured: null })
  const asked = ['cache', 'shop', '--measure', '--json']
  const environment = { AIRWORTHY_URL: house.url, AIRWORTHY_TOKEN: house.ownerToken, AIRWORTHY_DATA: house.data }
  const told = await airworthyCommand(asked, environment, house.data)
  expect([told.code, JSON.parse(told.out)]).toMatchObject([
    0,
    { state: 'held', measured: { falseHits: { value: 0, n: 60 }, hits: { n: 20 }, dimensions: 6 } },
  ])
  const { measured } = await standing()
  // The exact bound of none of 60: 1 - 0.05^(1/60).
  expect(measured?.falseHits.interval?.high).toBeCloseTo(0.0487, 4)
  const { items } = await client.listEvidence({ query: { release, check: 'cache.by-meaning' } })
  expect(items[0]).toMatchObject({ trust: 'measured', facts: { threshold: { value: 0.75 } } })
  expect(items[0]?.inputs.map(({ kind }) => kind)).toEqual(['cache', 'model', 'dataset'])
  // Another threshold, another model of vectors, other pairs: what was measured holds no more.
  const same = await freeze(files({}, { description: 'Another word.' }))
  expect((await standing(same)).state).toBe('held')
  const id = await freeze(files({ threshold: 0.7 }))
  expect(await standing(id)).toMatchObject({ state: 'stale', measured: null })
  expect((await standing(await freeze(files({}, {}, PAIRS.slice(1))))).state).toBe('stale')
  const strict = await freeze(files({ mostFalseHits: 0.01 }))
  expect((await standing(strict)).state).toBe('above')
  expect((await airworthyCommand(['cache', 'shop'], environment, house.data)).code).toBe(1)
})

test('a switch turns it off, with the model of vectors or for the application, and what is exact goes with the second', async () => {
  const asked = { body: { reason: 'An incident.' } }
  const gone = { reason: 'It is over.' }
  const say = (n: number) => cacheOf(`Tell me of invoice ${'x'.repeat(n)}`, { temperature: 0.9 })
  await expect.poll(() => say(1)).toBe('miss')
  expect(await say(8)).toBe('near')
  const model = { kind: 'model', name: 'makes/vectors' } as const
  await client.switchOff({ params: model, ...asked })
  const before = made?.heard.length
  expect([await say(15), await say(1), made?.heard.length]).toEqual(['miss', 'hit', before])
  await client.switchOn({ params: model, query: gone })
  const cache = { kind: 'cache', name: 'shop' } as const
  await client.switchOff({ params: cache, ...asked })
  expect([await say(22), await say(1), (await standing()).state]).toEqual([null, null, 'off'])
  await client.switchOn({ params: cache, query: gone })
  expect(await say(1)).toBe('hit')
})

test('an experiment scores answers by how near they are to their references, as the same vectors have it', async () => {
  const near = { dataset: 'parcels', evaluators: [{ use: 'similarity', options: { model: 'makes/vectors' } }] }
  const id = await freeze({ ...files(), 'evals/near.yaml': JSON.stringify({ ...near, primary: 'similarity' }) })
  const before = made?.heard.length ?? 0
  const arm = await runSuite(client, id, 'near')
  const [score] = arm?.scores ?? []
  expect(score).toMatchObject({ evaluator: 'similarity', errors: 0 })
  // Two arms of as many rows; rows that wait go in one request, each text of it once.
  const texts =
    made
      ?.bodies()
      .slice(before)
      .map(({ input }) => input as string[]) ?? []
  expect(texts.length).toBeLessThan(2 * (score?.n ?? 0))
  for (const some of texts) expect(new Set(some).size).toBe(some.length)
  // Half of each vector at most is how a text is written; what is asked about stands in the reference alone.
  expect(score?.mean).toBeGreaterThan(0)
  expect(score?.mean).toBeLessThan(0.53)
  expect(score?.interval).not.toBeNull()
})

test('what a blueprint says of it is checked before it is frozen, and its pairs before they are asked', async () => {
  const refused = async (given: Record<string, string>) => {
    const thrown = await client.putBlueprint({ params: { name: 'shop' }, body: { files: given } }).catch((one) => one)
    return JSON.stringify(thrown.problems ?? thrown.body ?? thrown)
  }
  expect(await refused(files({ model: 'nobody' }))).toContain('there is no model nobody')
  expect(await refused(files({ model: 'answer' }))).toContain('makes vectors')
  expect(await refused(files({ pairs: 'nowhere' }))).toContain('there is no dataset nowhere')
  const guardrails = [{ id: 'mail', on: 'input', detector: 'email', mode: 'redact' }]
  expect(await refused(files({}, { guardrails }))).toContain('before the guardrail mail looks at them')
  const id = await freeze(files({}, {}, [pair('a', 'b', true), JSON.stringify({ id: 'p', input: 'What?' })]))
  const measured = client.measureMeaning({ params: { id } })
  await expect(measured).rejects.toMatchObject({ message: expect.stringContaining('metadata.other is missing') })
})
