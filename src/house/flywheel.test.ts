/** From users back to ideas, and lines of alerts, through the front door. */
import { afterAll, expect, test } from 'vitest'
import { ask, createClient } from '../../sdk/index.ts'
import { testAirworthy } from '../testing/airworthy.ts'
import { echoApplication } from '../testing/echo-application.ts'

const airworthy = await testAirworthy()
afterAll(() => airworthy.close())
const { client } = airworthy
const params = { name: 'parcels' }

await client.createApplication({ body: { name: 'parcels', files: echoApplication('first') } })
await client.freezeRelease({ params, body: {} })

async function asked(content: string, helped?: boolean) {
  const { trace } = await ask(airworthy.options, { model: 'parcels', messages: [{ role: 'user', content }] })
  if (helped !== undefined) await client.recordFeedback({ body: { trace, value: helped, user: 'ann' } })
}

test('requests that helped nobody are a suggestion by their words, and an idea that remembers them', async () => {
  expect((await client.listIdeaSuggestions({ params })).items).toEqual([])
  for (const at of [1, 2, 3, 4]) await asked(`Please insure my parcel abroad, number ${at}`, false)
  for (const at of [1, 2]) await asked(`What is the weather like, day ${at}`, false)
  await asked('Please insure my parcel abroad, number 5', true)
  const { items } = await client.listIdeaSuggestions({ params })
  expect(items).toHaveLength(1)
  expect(items[0]).toMatchObject({ kind: 'of-no-help', requests: 4, share: 4 / 7, idea: null })
  expect(items[0]?.words).toEqual(expect.arrayContaining(['parcel']))
  expect(items[0]?.traces).toHaveLength(4)

  const key = items[0]?.key ?? ''
  const idea = await client.takeIdeaSuggestion({ params: { ...params, key }, body: { title: 'Insurance' } })
  expect(idea).toMatchObject({ title: 'Insurance', parent: 'parcels', origin: { requests: 4, kind: 'of-no-help' } })
  expect((await client.listIdeaSuggestions({ params })).items[0]?.idea).toBe(idea.id)
  await expect(client.takeIdeaSuggestion({ params: { ...params, key }, body: {} })).rejects.toMatchObject({
    code: 'governance.suggestion-taken',
  })
})

test('how it is used stands beside the period before, with what is lacking to say that something changed', async () => {
  const found = await client.getUsagePatterns({ params, query: { days: 7 } })
  expect(found).toMatchObject({
    now: { requests: 7, looked: 7 },
    before: { requests: 0, users: 0 },
    lacking: { requests: 30, users: 10 },
    drift: { change: 'too-few' },
  })
  expect(found.days).toHaveLength(15)
  expect(found.days.reduce((sum, { requests }) => sum + requests, 0)).toBe(7)
  const shares = found.figures.map(({ kind, name, now: { count, n } }) => [kind, name, count, n])
  expect(shares).toEqual(expect.arrayContaining([['outcome', 'helpful', 1, 7]]))
  expect(found.figures.filter(({ kind }) => kind === 'intent')[0]).toMatchObject({ now: { count: 5, n: 7 } })

  await expect(client.getUsagePatterns({ params, query: { days: 91 } })).rejects.toMatchObject({ status: 400 })
  await expect(client.getUsagePatterns({ params: { name: 'nobody' }, query: {} })).rejects.toMatchObject({
    status: 404,
  })
  const { secret } = await client.createKey({ body: { name: 'other', role: 'viewer', application: 'other' } })
  const bound = createClient({ ...airworthy.options, token: secret })
  await expect(bound.getUsagePatterns({ params, query: {} })).rejects.toMatchObject({ status: 403 })
})

test('the application that it becomes shows where it came from, and the old one what came from its users', async () => {
  const [idea] = (await client.listIdeas({ query: {} })).items
  await client.beginApplication({ params: { id: idea?.id ?? 'ide_' }, body: { name: 'insurance' } })
  const born = await client.getIdeaLineage({ params: { name: 'insurance' } })
  expect(born).toMatchObject({ from: [{ title: 'Insurance', parent: 'parcels', origin: { requests: 4 } }], ledTo: [] })
  const parent = await client.getIdeaLineage({ params })
  expect(parent).toMatchObject({ from: [], ledTo: [{ title: 'Insurance', application: 'insurance' }] })
})

test('objects carry one of the five phases, and the list filters by it', async () => {
  const all = await client.listObjects({ query: { application: 'parcels' } })
  expect(all.items.map(({ kind, phase }) => [kind, phase])).toEqual(
    expect.arrayContaining([
      ['idea', 'improvement'],
      ['release', 'development'],
    ]),
  )
  const { items, phases } = await client.listObjects({ query: { phase: 'improvement' } })
  expect(items).toMatchObject([{ kind: 'idea', application: 'insurance' }])
  expect(phases).toMatchObject({ improvement: 1, deployment: 0 })
  const { secret } = await client.createKey({ body: { name: 'b', role: 'viewer', application: 'parcels' } })
  const bound = createClient({ ...airworthy.options, token: secret })
  expect((await bound.listObjects({ query: { kind: 'idea' } })).items).toEqual([])
  await expect(bound.listObjects({ query: { application: 'insurance' } })).rejects.toMatchObject({ status: 403 })
})

test('what it is connected with follows from keys, requests, its release and webhooks', async () => {
  await client.createKey({
    body: { name: 'help desk', role: 'builder', permissions: ['infer'], application: 'parcels' },
  })
  const { items } = await client.listIntegrations({ params })
  expect(items.map(({ direction, name, requests }) => [direction, name, requests])).toEqual(
    expect.arrayContaining([
      ['asks-it', 'help desk', 0],
      ['is-asked', 'scripted/echo', null],
    ]),
  )
  expect(items[0]).toMatchObject({ direction: 'asks-it', requests: 7 })
})

test('platforms stand beside each other, with what was asked of them here', async () => {
  const { items } = await client.listPlatforms()
  expect(items.find(({ provider }) => provider === 'openai')).toMatchObject({ host: 'api.openai.com', works: false })
  expect(items.find(({ provider }) => provider === 'local')).toMatchObject({ runs: 'inside', works: true })
  const paper = await (await client.exportPlatforms({ query: { format: 'csv' } })).text()
  expect(paper).toMatch(/^Platform,Run by,Host,Region/)
})

test('lines of alerts are drawn for one application, with a reason that stays, and hold from the next look on', async () => {
  const errorsOf = async () => {
    const { alerts } = await client.getOverview({ params, query: {} })
    return alerts.find(({ kind }) => kind === 'errors')?.says
  }
  expect(await errorsOf()).toContain('Too few requests in the last day to say: 7 of 20')
  const lines = { errors: 0.025, leastRequests: 5 }
  await client.drawAlertLines({ params, body: { lines: { cost: 0.5 }, reason: 'Money is short.' } })
  const drawn = await client.drawAlertLines({ params, body: { lines, reason: 'Two in a hundred were promised.' } })
  expect(drawn.lines).toEqual({ ...drawn.usual, ...lines })
  expect(drawn.history.map(({ reason }) => reason)).toEqual(['Two in a hundred were promised.', 'Money is short.'])
  expect(await errorsOf()).toBe('0 % of 7 requests of the last day failed; the line is 2.5 %.')
  const viewer = await airworthy.person('Vera Viewer', 'viewer')
  await expect(viewer.drawAlertLines({ params, body: { lines, reason: 'x' } })).rejects.toMatchObject({ status: 403 })
  expect((await viewer.getAlertLines({ params: { name: 'insurance' } })).lines).toEqual(drawn.usual)
  const { items } = await client.listAudit({ query: { application: 'parcels', action: 'governance.alert-lines' } })
  expect(items).toHaveLength(2)
})
