/** How the organisation works: what is said beside what is measured, and remarks with an outcome. */
import { afterAll, expect, test } from 'vitest'
import { testAirworthy } from '../testing/airworthy.ts'
import { echoApplication } from '../testing/echo-application.ts'

const airworthy = await testAirworthy()
afterAll(() => airworthy.close())
const { client } = airworthy

const areaOf = async (questionnaire: 'data' | 'ai', id: string) =>
  (await client.listMaturity()).items
    .find((one) => one.questionnaire === questionnaire)
    ?.areas.find((area) => area.id === id)

test('what is measured comes from evidence and commits, and cannot be typed', async () => {
  await client.createApplication({ body: { name: 'parcels', files: echoApplication('first') } })
  await client.freezeRelease({ params: { name: 'parcels' }, body: { commit: 'a'.repeat(40) } })
  expect((await areaOf('ai', 'platform'))?.items.map(({ measured }) => measured)).toEqual([
    null,
    { have: 1, of: 1, level: 3 },
    { have: 0, of: 1, level: 0 },
  ])
  await expect(
    client.assessMaturity({ params: { questionnaire: 'ai' }, body: { answers: { 'from-ci': 3 } } }),
  ).rejects.toThrow(/measured and not typed/)
})

test('each self-assessment is kept, and what is not answered anew stays', async () => {
  const say = (answers: Record<string, number>) =>
    client.assessMaturity({ params: { questionnaire: 'data' }, body: { answers } })
  await say({ 'sources-known': 1 })
  const { areas, history } = await say({ decisions: 2 })
  expect(areas.map(({ said }) => said)).toEqual([1, null, null, 2])
  expect(history.map(({ areas: then }) => then.map(({ said }) => said))).toEqual([
    [1, null, null, 2],
    [1, null, null, null],
  ])
})

test('a remark on the governance has an outcome that names what was changed', async () => {
  const vera = await airworthy.person('Vera Viewer', 'viewer')
  const { id } = await vera.addRemark({ body: { about: 'eval.smoke', says: 'Too much for an idea.' } })
  const decision = { outcome: 'changed', reason: 'Five cases do.' } as const
  await expect(vera.decideRemark({ params: { id }, body: decision })).rejects.toMatchObject({ status: 403 })
  await expect(client.decideRemark({ params: { id }, body: decision })).rejects.toThrow(/say what was changed/)
  await client.publishPolicy({ params: { policy: 'smoke' }, body: { title: 'Smoke', text: 'Five cases.' } })
  await client.decideRemark({ params: { id }, body: { ...decision, change: 'policy smoke version 1' } })
  expect((await vera.listRemarks()).items).toMatchObject([{ id, outcome: 'changed', change: 'policy smoke version 1' }])
})
