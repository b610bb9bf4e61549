/** A duty lets a person sign, so whoever edits a blueprint does not give one to himself. */
import { afterAll, expect, test } from 'vitest'
import { testAirworthy } from '../testing/airworthy.ts'
import { echoApplication } from '../testing/echo-application.ts'

const airworthy = await testAirworthy()
const { client } = airworthy
afterAll(() => airworthy.close())
const builder = await airworthy.person('Ada Builder', 'builder')

const params = { name: 'parcels' }
const files = echoApplication('first')
const settings: { duties: Record<string, string> } = JSON.parse(files['airworthy.yaml'] ?? '{}')
const withDuties = (duties: Record<string, string | undefined>) => ({
  ...files,
  'airworthy.yaml': JSON.stringify({ ...settings, duties }),
})
await client.createApplication({ body: { ...params, files } })

test.for([
  ['names himself', { ...settings.duties, risk: 'Ada Builder' }, 'risk'],
  ['names somebody else', { ...settings.duties, security: 'Bo' }, 'security'],
  ['takes a duty away', { ...settings.duties, operations: undefined }, 'operations'],
] as const)('a builder who %s in a blueprint is refused, whatever else is in it', async ([, duties, duty]) => {
  const sent = withDuties(duties)
  for (const change of [
    () => builder.putBlueprint({ params, body: { files: sent } }),
    () =>
      builder.putBlueprintFile({ params: { ...params, path: 'airworthy.yaml' }, body: sent['airworthy.yaml'] ?? '' }),
    () => builder.createApplication({ body: { name: `parcels-${duty}`, files: sent } }),
  ])
    await expect(change()).rejects.toMatchObject({ status: 403, code: 'delivery.duties-not-yours' })
  expect((await client.getBlueprint({ params })).files['airworthy.yaml']).toBe(files['airworthy.yaml'])
})

test('a builder keeps a blueprint with the same duties, and one without any', async () => {
  await builder.putBlueprint({ params, body: { files: { ...files, 'README.md': 'Hello.' } } })
  await builder.createApplication({ body: { name: 'letters', files: withDuties({}) } })
})

test('an owner gives a duty, and the log has whose hand it was', async () => {
  await client.putBlueprint({ params, body: { files: withDuties({ ...settings.duties, risk: 'Bo' }) } })
  const { items } = await client.listAudit({ query: { action: 'delivery.blueprint-put', limit: 1 } })
  const me = await client.getMe()
  expect(items[0]?.actor).toBe(me.actor)
})
