/** A shadow: the candidate answers the same questions, nobody sees it, and no traffic moves. */
import { afterAll, expect, test, vi } from 'vitest'
import { ask } from '../../sdk/index.ts'
import { testAirworthy } from '../testing/airworthy.ts'
import { walkToRollout } from '../testing/parcels-path.ts'

const airworthy = await testAirworthy()
const { client, options } = airworthy
afterAll(() => airworthy.close())
const METRICS = [{ name: 'error', kind: 'event', margin: 0.9 }]
const SHADOW = { strategy: 'shadow', steps: [0.5, 1], shadow: { sample: 1, usd: '5' }, metrics: METRICS }

test('sampled users are answered by the control alone, and the pairs decide without moving anybody', async () => {
  await walkToRollout(client, { rollouts: { poc: SHADOW } })
  const before = (await client.getLive()).applications.parcels?.stages.poc
  expect(before?.rollout).toMatchObject({ share: 0, shadow: 1 })
  const [begun] = (await client.listRollouts({ query: { application: 'parcels' } })).items
  const id = begun?.id ?? ''
  const get = () => client.getRollout({ params: { id } })
  for (let user = 0; (await get()).state === 'running' && user < 400; user += 4)
    for (const answer of await Promise.all(
      [0, 1, 2, 3].map((i) =>
        ask(options, {
          model: 'parcels@poc',
          subject: `user-${user + i}`,
          messages: [{ role: 'user', content: `parcel ${user + i}` }],
        }),
      ),
    ))
      expect(answer).toMatchObject({ release: before?.release, arm: 'control' })
  await vi.waitUntil(async () => (await get()).state !== 'running', 10_000)
  const ended = await get()
  expect(ended).toMatchObject({ state: 'completed', share: 0 })
  expect(ended.shadowed?.runs).toBeGreaterThan(50)
  const { firstSeen } = ended.statistics[0] ?? { firstSeen: { control: 0, candidate: 0 } }
  expect(firstSeen.candidate).toBeGreaterThan(40)
  expect((await client.getLive()).applications.parcels?.stages.poc).toMatchObject({
    release: before?.release,
    rollout: null,
  })
  const { items } = await client.listTraces({ query: { application: 'parcels', limit: 1000 } })
  const shadows = items.filter(({ release }) => release === ended.candidate)
  expect(shadows.length).toBeGreaterThan(0)
  expect(shadows.every(({ stage }) => stage === null)).toBe(true)
})

test.for([
  { plan: { ...SHADOW, shadow: undefined }, field: 'shadow' },
  { plan: { ...SHADOW, steps: [0.2, 1] }, field: 'steps' },
  { plan: { metrics: METRICS, shadow: { usd: '1' } }, field: 'shadow' },
])('a shadow without its bounds is refused and names $field', async ({ plan, field }) => {
  const body = { files: { 'airworthy.yaml': JSON.stringify({ name: 'parcels', rollouts: { poc: plan } }) } }
  const { problems } = await client.checkBlueprint({ params: { name: 'parcels' }, body })
  expect(problems.map((one) => one.field)).toContain(`rollouts.poc.${field}`)
})
