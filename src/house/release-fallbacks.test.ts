/** S4.25, S1.21.1 · Fallbacks of a release: parts of it, measured by suites of their own, and named where they answer. */
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

const MEANT = { answer: { model: 'large/m' }, spare: { model: 'small/m', parameters: { temperature: 0 } } }
const BASELINE = { baseline: { model: 'scripted/fixed', parameters: { text: 'No.' } } }
const step = (more = {}) => [{ id: 'answer', use: 'generate', prompt: 'answer', model: 'answer', ...more }]
const files = (change: Record<string, unknown> = {}, more: Record<string, string> = {}) => {
  const { 'airworthy.yaml': settings = '', ...others } = echoApplication('first')
  const models = { ...MEANT, ...BASELINE }
  const own = { ...JSON.parse(settings), models, flow: step({ fallbacks: ['spare'] }), ...change }
  return { ...others, 'airworthy.yaml': JSON.stringify(own), ...more }
}
const broken: Says = (response) => json(response, { error: { message: 'We are down.' } }, 503)
let [large, small]: Says[] = [well, well]
let heard = { large: 0, small: 0 }
beforeAll(async () => {
  await local.provider('large', (...said) => {
    heard.large += 1
    large?.(...said)
  })
  await local.provider('small', (...said) => {
    heard.small += 1
    small?.(...said)
  })
  await local.price('large/m', { input: '10', output: '10' })
  await local.price('small/m', { input: '1', output: '1' })
  await client.createApplication({ body: { name: 'shop', files: files() } })
  await client.freezeRelease({ params: { name: 'shop' }, body: {} })
})
const question = { model: 'shop', messages: [{ role: 'user', content: 'Where is it?' }] }

test.for([false, true])('an answer of a fallback is labelled wherever it is seen (stream: %s)', async (stream) => {
  large = broken
  const { status, headers } = await local.post({ ...question, stream })
  expect([status, headers.get('airworthy-fallback'), headers.get('airworthy-attempts')]).toEqual([200, 'spare', '2'])
  const id = headers.get('airworthy-trace') ?? ''
  const { summary, spans } = await local.trace(id)
  expect(summary).toMatchObject({ servedBy: 'small/m', application: 'shop', costMicroUsd: '1100' })
  expect(spans.find(({ name }) => name === 'chat small/m')?.attributes).toMatchObject({
    'airworthy.fallback': 'spare',
    'airworthy.fallback.why': 'large/m failed: models.upstream-failed.',
    'gen_ai.request.temperature': 0,
  })
  expect(spans.find(({ name }) => name === 'chat large/m')).toMatchObject({ status: { code: 'error' } })
  const explained = await client.explainAnswer({ params: { id } })
  expect(explained.fallbacks).toEqual(['spare'])
  expect(explained.words.join(' ')).toContain('answered by the fallback spare')
})

test('three failures on end let the model rest, and usage says who answered instead', async () => {
  large = broken
  heard = { large: 0, small: 0 }
  await local.post(question)
  const { headers } = await local.post(question)
  expect([heard.small, heard.large < 2, headers.get('airworthy-fallback')]).toEqual([2, true, 'spare'])
  await local.trace(headers.get('airworthy-trace'))
  const { items } = await client.getUsageBy({ query: { by: 'model', application: 'shop' } })
  expect(items.find(({ group }) => group.model === 'small/m')?.requests).toBeGreaterThanOrEqual(4)
})

test('a model that is switched off is answered for by its fallback; with both off nobody answers', async () => {
  ;[large, small] = [well, well]
  const off = (name: string) =>
    client.switchOff({ params: { kind: 'provider', name }, body: { reason: 'An incident.' } })
  const on = (name: string) => client.switchOn({ params: { kind: 'provider', name }, query: { reason: 'It is over.' } })
  await off('large')
  expect((await local.post(question)).headers.get('airworthy-fallback')).toBe('spare')
  await off('small')
  const refused = await local.post(question)
  expect([refused.status, refused.text.includes('gateway.switched-off')]).toEqual([403, true])
  expect(refused.headers.get('airworthy-fallback')).toBeNull()
  await on('small')
  await on('large')
})

test('the playground falls back as the gateway does, and says so', async () => {
  ;[large, small] = [broken, well]
  const { items } = await client.listReleases({ params: { name: 'shop' }, query: {} })
  const answered = await client.answerRelease({
    params: { id: items[0]?.id as never },
    body: { turns: [{ role: 'user', content: 'Where is it?' }] },
  })
  expect(answered).toMatchObject({ servedBy: 'small/m', fallbacks: ['spare'] })
})

test('what a blueprint says of fallbacks is checked before it is frozen', async () => {
  const refused = async (given: Record<string, string>) => {
    const thrown = await client.putBlueprint({ params: { name: 'shop' }, body: { files: given } }).catch((one) => one)
    return JSON.stringify(thrown.problems ?? thrown.body ?? thrown)
  }
  expect(await refused(files({ flow: step({ fallbacks: ['nobody'] }) }))).toContain('there is no model nobody')
  expect(await refused(files({ flow: step({ fallbacks: ['answer'] }) }))).toContain('answer is asked already')
  expect(await refused(files({ flow: step({ firstWordMs: 500 }) }))).toContain(
    'nobody is asked when the model is silent',
  )
  const suite = JSON.stringify({ dataset: 'parcels', evaluators: ['token-f1'], fallback: 'other' })
  expect(await refused(files({}, { 'evals/outage.yaml': suite }))).toContain('falls back to other')
})

test('another fallback is told in words, and a suite of its own measures it while the others fall back to nobody', async () => {
  ;[large, small] = [well, well]
  const suite = { dataset: 'parcels', evaluators: ['token-f1'], primary: 'token-f1', fallback: 'spare', threshold: 0.9 }
  const models = {
    answer: { model: 'scripted/echo', parameters: { failEvery: 1 } },
    spare: { model: 'scripted/echo' },
    ...BASELINE,
  }
  const parcels = { ...suite, fallback: undefined, threshold: 0 }
  const own = files(
    { models },
    { 'evals/outage.yaml': JSON.stringify(suite), 'evals/parcels.yaml': JSON.stringify(parcels) },
  )
  await client.putBlueprint({ params: { name: 'shop' }, body: { files: files({ flow: step() }) } })
  await client.freezeRelease({ params: { name: 'shop' }, body: {} })
  await client.putBlueprint({ params: { name: 'shop' }, body: { files: own } })
  const { id } = (await client.freezeRelease({ params: { name: 'shop' }, body: {} })).body
  const { items } = await client.getReleaseChanges({ params: { id }, query: {} })
  expect(items.find(({ kind }) => kind === 'flow')?.words).toContain(
    'when scripted/echo fails in answer, scripted/echo answers instead; before, nobody did',
  )
  const told = await airworthyCommand(
    ['diff', '--application', 'shop'],
    { AIRWORTHY_URL: house.url, AIRWORTHY_TOKEN: house.ownerToken, AIRWORTHY_DATA: house.data },
    house.data,
  )
  expect(told).toMatchObject({
    code: 0,
    out: expect.stringContaining('scripted/echo answers instead; before, nobody did'),
  })
  const { forward } = await client.getReleaseCompatibility({ params: { id }, query: {} })
  expect(forward.find(({ what }) => what === 'fallbacks')?.words).toContain('When scripted/echo fails')
  const quality = async () =>
    (await client.listEvidence({ query: { release: id, check: 'eval.quality' } })).items[0]?.facts.unmeasuredFallbacks
  const meant = await runSuite(client, id, 'parcels')
  expect([meant?.failed, await quality()]).toEqual([meant?.rows, { value: 1 }])
  expect(await runSuite(client, id, 'outage')).toMatchObject({
    failed: 0,
    label: expect.stringContaining('spare alone'),
  })
  expect(await quality()).toBeUndefined()
})
