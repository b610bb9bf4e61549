/** Data is kept as long as the blueprint says, else as long as the installation says, else until somebody deletes it. */
import { afterAll, expect, test } from 'vitest'
import { ask } from '../../sdk/index.ts'
import { DAY, stoppedClock } from '../kernel/time.ts'
import { testAirworthy } from '../testing/airworthy.ts'
import { echoApplication } from '../testing/echo-application.ts'

const clock = stoppedClock()
const airworthy = await testAirworthy({ clock, environment: { AIRWORTHY_RETENTION_DAYS: '90' } })
const { client, options } = airworthy
afterAll(() => airworthy.close())

const files = echoApplication('first')
const settings = JSON.parse(files['airworthy.yaml'] ?? '{}')
const privacy = { purpose: 'Answers about parcels', lawfulBasis: 'contract', retention: { tracesDays: 30 } }
const [brief, usual] = ['brief', 'usual']
await client.createApplication({
  body: { name: brief, files: { ...files, 'airworthy.yaml': JSON.stringify({ ...settings, name: brief, privacy }) } },
})
await client.createApplication({
  body: { name: usual, files: { ...files, 'airworthy.yaml': JSON.stringify({ ...settings, name: usual }) } },
})
for (const name of [brief, usual]) await client.freezeRelease({ params: { name }, body: {} })

const traces = async (application: string) => {
  const { items } = await client.listTraces({ query: { application, limit: 1000 } })
  return items.length
}
async function askBoth() {
  for (const model of [brief, usual]) await ask(options, { model, messages: [{ role: 'user', content: 'parcel 7' }] })
  for (const model of [brief, usual]) while ((await traces(model)) === 0) await new Promise(setImmediate)
}

test('what each application says, and whose word it is otherwise, is listed', async () => {
  const { items } = await client.listRetention()
  expect(items).toEqual(
    [
      {
        application: brief,
        purpose: privacy.purpose,
        lawfulBasis: 'contract',
        tracesDays: 30,
        saidBy: 'blueprint',
        last: expect.anything(),
      },
      {
        application: usual,
        purpose: null,
        lawfulBasis: null,
        tracesDays: 90,
        saidBy: 'installation',
        last: expect.anything(),
      },
      {
        application: null,
        purpose: null,
        lawfulBasis: null,
        tracesDays: 90,
        saidBy: 'installation',
        last: expect.anything(),
      },
    ].map((item) => ({
      ...item,
      last: items.find(({ application }) => application === item.application)?.last ?? null,
    })),
  )
})

test('traces and their feedback go when they are older than the blueprint says, and no sooner', async () => {
  await askBoth()
  const [trace] = (await client.listTraces({ query: { application: brief } })).items
  await client.recordFeedback({ body: { trace: trace?.traceId ?? '', value: true } })
  clock.advance(30 * DAY)
  await client.enforceRetention()
  expect(await traces(brief)).toBe(1)
  clock.advance(1)
  const { items } = await client.enforceRetention()
  expect(items.find(({ application }) => application === brief)?.last).toMatchObject({ removed: 1 })
  expect([await traces(brief), await traces(usual)]).toEqual([0, 1])
  expect(await airworthy.rowsOf(['feedback'])).toBe('')
})

test('where the blueprint says nothing, the installation’s word holds, and the log has what went', async () => {
  clock.advance(60 * DAY)
  await client.enforceRetention()
  expect(await traces(usual)).toBe(0)
  const { items } = await client.listAudit({ query: { action: 'privacy.enforce-retention' } })
  expect(items.map(({ application, detail }) => [application, detail.removed])).toEqual([
    [usual, 1],
    [brief, 1],
  ])
})

test('a blueprint with a basis that the law does not know is refused', async () => {
  const wrong = { ...privacy, lawfulBasis: 'because' }
  await expect(
    client.putBlueprint({
      params: { name: brief },
      body: { files: { ...files, 'airworthy.yaml': JSON.stringify({ ...settings, name: brief, privacy: wrong }) } },
    }),
  ).rejects.toMatchObject({ code: 'delivery.blueprint-invalid' })
})
