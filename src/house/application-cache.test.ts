/** S1.17c · An application whose blueprint keeps answers: to whom they are given again, and what is asked anew. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { testAirworthy } from '../testing/airworthy.ts'
import { airworthyCommand } from '../testing/child.ts'
import { echoApplication } from '../testing/echo-application.ts'
import { type Says, well, withProviders } from '../testing/local-provider.ts'

const house = await testAirworthy()
const { client } = house
afterAll(() => house.close())
const local = withProviders(house)
afterAll(local.close)
const { provider, post, trace, price } = local

const files = (change: Record<string, unknown>) => {
  const { 'airworthy.yaml': settings = '', ...others } = echoApplication('first')
  const models = { answer: { model: 'counted/m' }, baseline: { model: 'scripted/fixed', parameters: { text: 'No.' } } }
  return { ...others, 'airworthy.yaml': JSON.stringify({ ...JSON.parse(settings), models, ...change }) }
}
async function application(name: string, change: Record<string, unknown>) {
  await client.createApplication({ body: { name, files: files(change) } })
  await client.freezeRelease({ params: { name }, body: {} })
}
let counted: Awaited<ReturnType<typeof provider>>
let says: Says = well
beforeAll(async () => {
  counted = await provider('counted', (response, heard, times) => says(response, heard, times))
  await price('counted/m', { input: '1', output: '1' })
  await application('mine', { cache: { minutes: 5 } })
  await application('shared', { cache: { minutes: 5, sharedBy: 'everybody' } })
  await application('plain', {})
})
const question = (model: string, more: Record<string, unknown> = {}) => ({
  model,
  messages: [{ role: 'user', content: 'Where is it?' }],
  ...more,
})
const cacheOf = async (body: unknown, headers: Record<string, string> = {}) =>
  (await post(body, { headers })).headers.get('airworthy-cache')

test('the same question is answered by the same bytes, for nothing, whole and as a stream, and its trace says so', async () => {
  for (const stream of [false, true]) {
    const before = counted.heard.length
    const first = await post(question('mine', { stream }))
    const again = await post(question('mine', { stream }))
    expect(again.text).toBe(first.text)
    expect(again.headers.get('airworthy-cost-micro-usd')).toBe('0')
    expect([first, again].map(({ headers }) => headers.get('airworthy-cache'))).toEqual(['miss', 'hit'])
    expect(again.headers.get('airworthy-release')).toBe(first.headers.get('airworthy-release'))
    expect(counted.heard.length).toBe(before + 1)
    const { summary, spans } = await trace(again.headers.get('airworthy-trace'))
    expect(summary).toMatchObject({ status: 'complete', costMicroUsd: '0', application: 'mine', servedBy: 'counted/m' })
    expect(spans.map(({ name }) => name)).toContain('cache hit')
  }
})

test('another user is asked anew, unless the blueprint shares with everybody', async () => {
  expect(await cacheOf(question('mine', { user: 'ada' }))).toBe('miss')
  expect(await cacheOf(question('mine', { user: 'ada' }))).toBe('hit')
  expect(await cacheOf(question('mine'), { 'airworthy-subject': 'bob' })).toBe('miss')
  const { secret } = await client.createKey({ body: { name: 'other', role: 'builder' } })
  const other = { authorization: `Bearer ${secret}` }
  expect(await cacheOf(question('mine', { user: 'ada' }), other)).toBe('miss')
  expect(await cacheOf(question('shared'))).toBe('miss')
  expect(await cacheOf(question('shared'), other)).toBe('hit')
  // A key that is bound to the application sees what that key may see.
  const bound = await client.createKey({ body: { name: 'bound', role: 'builder', application: 'shared' } })
  expect(await cacheOf(question('shared'), { authorization: `Bearer ${bound.secret}` })).toBe('miss')
})

test('another question, another release, and who asks anew are answered anew; without the word for it all are', async () => {
  const user = { user: 'cyd' }
  await cacheOf(question('mine', user))
  expect(await cacheOf(question('mine', { ...user, messages: [{ role: 'user', content: 'Where is she?' }] }))).toBe(
    'miss',
  )
  expect(await cacheOf(question('mine', user), { 'cache-control': 'no-cache' })).toBeNull()
  await client.putBlueprint({ params: { name: 'mine' }, body: { files: files({ cache: { minutes: 6 } }) } })
  await client.freezeRelease({ params: { name: 'mine' }, body: {} })
  await expect.poll(() => cacheOf(question('mine', user))).toBe('miss')
  expect(await cacheOf(question('plain'))).toBeNull()
})

test('who asks the same at once waits for one answer, and a failure is kept for nobody', async () => {
  says = (response, heard, times) => setTimeout(() => well(response, heard, times), 80)
  const before = counted.heard.length
  const told = await Promise.all([1, 2, 3, 4].map(() => post(question('shared', { temperature: 0.1, user: 'dan' }))))
  expect(counted.heard.length).toBe(before + 1)
  expect(new Set(told.map(({ text }) => text)).size).toBe(1)
  says = (response) => void response.writeHead(500).end('{}')
  expect((await post(question('shared', { user: 'eve' }))).status).toBe(502)
  says = well
  expect(await cacheOf(question('shared', { user: 'eve' }))).toBe('miss')
})

test('usage says what kept answers saved, by whatever requests have in common; an unknown price saves no zero', async () => {
  const models = {
    answer: { model: 'counted/new' },
    baseline: { model: 'scripted/fixed', parameters: { text: 'No.' } },
  }
  await application('unpriced', { cache: { minutes: 5 }, models })
  await client.setPricePolicy({
    params: { scope: 'application', name: 'unpriced' },
    body: { onUnknownPrice: 'flag', reason: 'a price nobody knows' },
  })
  const asked = async (model: string) => (await post(question(model, { user: 'fay' }))).headers
  const made = (await asked('mine')).get('airworthy-cost-micro-usd')
  for (const model of ['mine', 'unpriced', 'unpriced']) {
    const last = (await asked(model)).get('airworthy-trace')
    await trace(last)
  }
  const query = { by: 'application,user' }
  const { items } = await client.getUsageBy({ query })
  const of = (application: string) =>
    items.find(({ group }) => group.application === application && group.user === 'fay')
  expect(of('mine')).toMatchObject({
    ...{ requests: 2, keptAnswers: 1, keptByMeaning: 0, keptShare: 0.5 },
    ...{ savedMicroUsd: made, savedUnpriced: 0, costMicroUsd: made },
  })
  expect(Number(made)).toBeGreaterThan(0)
  expect(of('unpriced')).toMatchObject({ requests: 2, keptAnswers: 1, savedMicroUsd: null, savedUnpriced: 1 })
  const lines = (await (await client.getUsageCsv({ query })).text()).split('\r\n')
  const cells = (application: string) => {
    const line = lines.find((one) => one.startsWith(`${application},fay,`))?.split(',') ?? []
    return Object.fromEntries((lines[0] ?? '').split(',').map((name, at) => [name, line[at]]))
  }
  expect(cells('mine')).toMatchObject({ keptAnswers: '1', keptShare: '0.5', savedMicroUsd: made, savedUnpriced: '0' })
  expect(cells('unpriced')).toMatchObject({ keptAnswers: '1', savedMicroUsd: '', savedUnpriced: '1' })
  const { out } = await airworthyCommand(['usage', '--by', 'application'], {
    ...{ AIRWORTHY_URL: house.url, AIRWORTHY_TOKEN: house.ownerToken, AIRWORTHY_DATA: house.data },
  })
  expect(out).toMatch(/kept answers +saved[\s\S]*unpriced .*1 \(50 %\) +unknown/)
})

test('an answer is kept for a day at most', async () => {
  const refused = client.createApplication({ body: { name: 'long', files: files({ cache: { minutes: 2000 } }) } })
  await expect(refused).rejects.toMatchObject({ status: 400 })
})
