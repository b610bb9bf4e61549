/**
 * What users of gateways complain of, as tests: two replicas that each give the whole budget away, and that answer by
 * yesterday's settings. On a PostgreSQL of its own. `docs/gateway-complaints.md` is the table.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createClient } from '../../sdk/index.ts'
import { type Airworthy, startAirworthy } from '../airworthy.ts'
import { readConfig } from '../config.ts'
import { ROOT } from '../testing/airworthy.ts'
import { ask, completion, json, type Told, well, withProviders } from '../testing/local-provider.ts'
import { type RunningPostgres, startPostgres, whyNoPostgres } from '../testing/postgres.ts'

const missing = whyNoPostgres()
const home = mkdtempSync(join(tmpdir(), 'airworthy-replicas-'))
let postgres: RunningPostgres
let replicas: Airworthy[] = []
let at: ReturnType<typeof withProviders>

beforeAll(async () => {
  if (missing) return
  postgres = await startPostgres()
  for (const name of ['one', 'two'])
    replicas.push(
      await startAirworthy({
        config: readConfig({
          AIRWORTHY_DATA: join(home, name),
          AIRWORTHY_DATABASE_URL: postgres.url,
          AIRWORTHY_MASTER_KEY: 'one master key for all replicas',
          AIRWORTHY_OWNER_TOKEN: 'the-token-of-the-owner',
          AIRWORTHY_PORT: '0',
          AIRWORTHY_EXAMPLE: '0',
        }),
        root: ROOT,
        print: () => {},
        pages: false,
      }),
    )
  const [one] = replicas
  if (!one) throw new Error('no replica')
  const client = createClient({ baseUrl: one.url, token: one.ownerToken })
  at = withProviders({ client, url: one.url, ownerToken: one.ownerToken })
}, 120_000)
afterAll(async () => {
  for (const replica of replicas) await replica.close()
  at?.close()
  replicas = []
  if (!missing) await postgres.close()
  rmSync(home, { recursive: true, force: true })
})

const client = () => createClient({ baseUrl: replicas[0]?.url ?? '', token: 'the-token-of-the-owner' })
const both = (body: unknown, headers: Record<string, string> = {}): Promise<Told[]> =>
  Promise.all(replicas.map(({ url }) => at.post(body, { at: url, headers })))

test.skipIf(missing)('complaint 21: settings and models are lost or stale at other replicas', async () => {
  const body = { onUnknownPrice: 'flag' as const, reason: 'a test of replicas' }
  await client().setPricePolicy({ params: { scope: 'organisation', name: 'default' }, body })
  await at.provider('told', well)
  await at.route('told-route', ['told/m'])
  await expect
    .poll(async () => (await both(ask('told-route'))).map(({ status }) => status), { timeout: 15_000 })
    .toEqual([200, 200])
  const { key, secret } = await client().createKey({ body: { name: 'short-lived', role: 'builder' } })
  const headers = { authorization: `Bearer ${secret}` }
  await expect
    .poll(async () => (await both(ask('told/m'), headers)).map(({ status }) => status), { timeout: 15_000 })
    .toEqual([200, 200])
  await client().revokeKey({ params: { key: key.id } })
  await client().deleteModelRoute({ params: { name: 'told-route' } })
  await expect
    .poll(async () => (await both(ask('told/m'), headers)).map(({ status }) => status), { timeout: 15_000 })
    .toEqual([401, 401])
  await expect
    .poll(async () => (await both(ask('told-route'))).map(({ status }) => status), { timeout: 15_000 })
    .toEqual([404, 404])
})

test.skipIf(missing)('complaints 6 and 7: replicas together spend one budget, and not one each', async () => {
  const COST = 110
  const CAP = 22_000
  await at.provider('shared', (response) =>
    setTimeout(() => json(response, completion('A.', { usage: { prompt_tokens: 10, completion_tokens: 100 } })), 10),
  )
  await at.price('shared/m', { input: '1', output: '1' })
  const { secret } = await client().createKey({
    body: { name: 'shared', role: 'builder', limits: { costMicroUsdPerMonth: String(CAP), requestsPerMinute: null } },
  })
  const headers = { authorization: `Bearer ${secret}` }
  const body = ask('shared/m', { max_tokens: 150 })
  await expect
    .poll(async () => (await both(body, headers)).map(({ status }) => status), { timeout: 15_000 })
    .toEqual([200, 200])
  let answered = 2
  // Until both refuse ten times on end: what one holds and does not use goes back to the other.
  for (let refusals = 0; refusals < 10; ) {
    const told = (await Promise.all(Array.from({ length: 10 }, () => both(body, headers)))).flat()
    const now = told.filter(({ status }) => status === 200).length
    answered += now
    refusals = now === 0 ? refusals + 1 : 0
  }
  // The polls before count too, so that this is the least that was spent.
  expect(answered * COST).toBeLessThanOrEqual(CAP + CAP / 20)
  expect(answered * COST).toBeGreaterThan(CAP / 2)
})
