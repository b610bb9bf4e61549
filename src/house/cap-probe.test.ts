/** A cap is tried, not believed: keys of its own are driven to their refusal, and the gate shows the signed evidence. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { testAirworthy } from '../testing/airworthy.ts'
import { echoApplication } from '../testing/echo-application.ts'

const airworthy = await testAirworthy()
const { client } = airworthy
afterAll(() => airworthy.close())

async function freeze(name: string, model: string): Promise<string> {
  const files = echoApplication('first')
  const yaml = (files['airworthy.yaml'] ?? '').replaceAll('scripted/echo', model)
  await client.createApplication({ body: { name, files: { ...files, 'airworthy.yaml': yaml } } })
  await client.freezeRelease({ params: { name }, body: {} })
  return (await client.listReleases({ params: { name } })).items[0]?.id ?? ''
}

let priced = ''
let free = ''
beforeAll(async () => {
  await client.putOwnPrice({
    params: { model: 'scripted/fixed' },
    body: { rates: { input: '1', output: '1' }, reason: 'for this test' },
  })
  priced = await freeze('priced', 'scripted/fixed')
  free = await freeze('free', 'scripted/echo')
})

test('a release that costs something is refused for requests and for money, and the evidence is signed', async () => {
  const evidence = await client.probeCap({ params: { id: priced } })
  expect(evidence).toMatchObject({
    check: 'ops.budgetcap',
    release: priced,
    trust: 'measured',
    facts: {
      refusalTested: { value: true },
      moneyRefusalTested: { value: true },
      refusedBy: { value: 'gateway.limit-requests-per-minute' },
      moneyRefusedBy: { value: 'gateway.limit-cost-per-month' },
    },
  })
  expect(await client.getEvidence({ params: { id: evidence.id } })).toMatchObject({
    envelope: { signatures: [expect.anything()] },
  })
  const { findings } = await client.getGate({ params: { id: priced, stage: 'poc' } })
  expect(findings.find(({ check }) => check === 'ops.budgetcap')).toMatchObject({ verdict: 'PASS' })
  const keys = (await client.listKeys({ query: { limit: 100 } })).items
  expect(keys.filter(({ name, revokedAt }) => name.startsWith('cap probe') && revokedAt === null)).toEqual([])
})

test('a release that costs nothing is refused for requests, and says that money could not be tried', async () => {
  const { summary, facts } = await client.probeCap({ params: { id: free } })
  expect(summary).toContain('as this release costs nothing')
  expect(facts).toMatchObject({ refusalTested: { value: true }, moneyRefusalTested: { value: false } })
})

test('who may not build may not probe', async () => {
  const viewer = await airworthy.person('Vera', 'viewer')
  await expect(viewer.probeCap({ params: { id: free } })).rejects.toMatchObject({ status: 403 })
})
