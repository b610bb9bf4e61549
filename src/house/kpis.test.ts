/** What KPIs became, through the front door: cases as events, values that are evidence until they are old, and the return. */
import { afterAll, expect, test } from 'vitest'
import { DAY, stoppedClock } from '../kernel/time.ts'
import { testAirworthy } from '../testing/airworthy.ts'
import { echoApplication } from '../testing/echo-application.ts'

// A Monday.
const clock = stoppedClock('2026-11-23T08:00:00.000Z')
const airworthy = await testAirworthy({ clock })
afterAll(() => airworthy.close())
const { client } = airworthy
const params = { name: 'parcels' }
const KPI = 'Solved without a person'
const CHARTER = {
  kpis: [{ name: KPI, unit: 'share', baseline: 0.4, baselineN: 200, target: 0.6, floor: 0.5, everyDays: 7 }],
}

const event = (id: string, value: boolean, more: object = {}) => ({
  ...{ specversion: '1.0' as const, id, source: '/help-desk', type: 'case.closed', data: { kpi: KPI, value }, ...more },
})
const kpi = async () => (await client.getPlan({ params, query: {} })).charter.kpis[0]
const proved = async () => (await client.listEvidence({ query: { application: 'parcels', check: 'pilot.kpi' } })).items

await client.createApplication({ body: { name: 'parcels', files: echoApplication('first') } })
await client.putDocument({ params: { ...params, document: 'charter' }, body: { value: CHARTER } })

test('cases are taken once, by a key that may do nothing else, and bad ones are refused with their place', async () => {
  const { secret } = await client.createKey({
    body: { name: 'help desk', role: 'builder', permissions: ['infer'], application: 'parcels' },
  })
  const send = (body: unknown) =>
    fetch(`${airworthy.url}/api/v1/applications/parcels/kpi-events`, {
      method: 'POST',
      headers: { authorization: `Bearer ${secret}`, 'content-type': 'application/cloudevents+json' },
      body: JSON.stringify(body),
    }).then(async (answer) => ({ status: answer.status, body: await answer.json() }))
  const cases = Array.from({ length: 100 }, (_, at) => event(`case-${at}`, at % 4 > 0))
  expect(await send(cases)).toEqual({ status: 200, body: { taken: 100, known: 0 } })
  expect(await send(cases[0])).toEqual({ status: 200, body: { taken: 0, known: 1 } })
  const ahead = event('x', true, { time: '2026-11-24T10:00:00+01:00' })
  expect(await send([event('y', true), ahead])).toMatchObject({ status: 400, body: { detail: /^Event 2, time: / } })
  const unknown = { ...event('z', true), data: { kpi: 'Sales', value: 1 } }
  expect(await send(unknown)).toMatchObject({ status: 400, body: { code: 'governance.kpi-unknown' } })
  expect(await client.rollUpKpiEvents({ params })).toEqual({ values: 0 })
})

test('when the week is over its cases are one value, and a late one makes it anew', async () => {
  clock.advance(7 * DAY)
  expect(await client.rollUpKpiEvents({ params })).toEqual({ values: 1 })
  expect(await client.rollUpKpiEvents({ params })).toEqual({ values: 0 })
  const first = await kpi()
  expect(first).toMatchObject({
    state: 'reached',
    actual: { value: 0.75, n: 100, measuredAt: '2026-11-30T00:00:00.000Z' },
  })
  expect(first?.actual?.low).toBeGreaterThan(0.65)
  const late = event('late', false, { time: '2026-11-29T23:00:00+00:00' })
  expect(await client.sendKpiEvents({ params, body: late })).toEqual({ taken: 1, known: 0 })
  await client.rollUpKpiEvents({ params })
  expect((await kpi())?.actual).toMatchObject({ n: 101, measuredAt: '2026-11-30T00:00:00.000Z' })
  expect(await proved()).toEqual([])
})

test('the return is computed from the measured KPI, and expected again when it is old', async () => {
  const benefit = {
    name: 'less work',
    low: 100,
    high: 200,
    period: 'month',
    kpi: KPI,
    usdPerUnit: 10,
    casesPerMonth: 1000,
  }
  const rows = [{ id: 'people', type: 'People', category: 'person', cost: 1000, period: 'month' }]
  await client.putDocument({
    params: { ...params, document: 'resources' },
    body: { value: { rows, benefits: [benefit] } },
  })
  const { resources } = await client.getPlan({ params, query: {} })
  const [standing] = resources.benefits
  expect(standing).toMatchObject({ basis: 'measured', monthly: { likely: expect.closeTo(3426, 0) } })
  expect(standing?.monthly.low).toBeGreaterThan(2000)
  expect(resources.roi?.low).toBeGreaterThan(1)
  const { returns, meteredReturns } = await client.getOverview({ params, query: {} })
  expect(returns?.low).toBe(resources.roi?.low)
  expect(meteredReturns).toMatchObject({ range: null, months: 12, says: resources.metered?.says })
  const paper = await (
    await client.exportPlan({ params: { ...params, paper: 'resources' }, query: { format: 'markdown' } })
  ).text()
  expect(paper).toMatch(/went from 0\.4 to 0\.743 share over 101 cases, measured on 2026-11-30/)
  clock.advance(30 * DAY)
  const later = (await client.getPlan({ params, query: {} })).resources.benefits[0]
  expect(later).toMatchObject({ basis: 'expected', monthly: { low: 100, high: 200 } })
})

test('in the pilot a new value is evidence at once, and fails by itself when the next one does not come', async () => {
  const { body: release } = await client.freezeRelease({ params, body: {} })
  // As a promotion would do it, whose gates are not what this is about.
  const held = await airworthy.engine.acquire()
  await held.script(
    `insert into live_stages select organisation, application, 'pilot', release, since from live_stages where application = 'parcels'`,
  )
  held.release()
  await client.putBlueprint({
    params,
    body: { files: { ...echoApplication('second'), 'charter.yaml': JSON.stringify(CHARTER) } },
  })
  await client.freezeRelease({ params, body: {} })
  const record = (value: number) =>
    client.recordKpiValues({ params, body: { values: [{ kpi: KPI, value, n: 400, source: 'weekly report' }] } })
  await record(0.7)
  const [newest] = await proved()
  expect(newest).toMatchObject({
    release: release.id,
    trust: 'imported',
    facts: { floorMetOrOverruled: { value: true } },
  })
  clock.advance(11 * DAY)
  await client.rollUpKpiEvents({ params })
  await client.rollUpKpiEvents({ params })
  const after = await proved()
  expect(after).toHaveLength(2)
  expect(after[0]).toMatchObject({ facts: { floorMetOrOverruled: { value: false }, isOld: { value: true } } })
  await record(0.7)
  expect((await proved())[0]?.facts.floorMetOrOverruled).toEqual({ value: true })
})
