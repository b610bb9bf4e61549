/**
 * One installation as five processes on one PostgreSQL: an API, two gateways, two workers. One of them is killed by
 * seed, then the database goes away. Always on a PostgreSQL of its own, because it is stopped in the middle.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type AirworthyError, ask, type Client, createClient } from '../../sdk/index.ts'
import { readConfig } from '../config.ts'
import { seededRandom } from '../kernel/random.ts'
import { airworthyCommand, type ServerProcess, startServer } from '../testing/child.ts'
import { echoApplication } from '../testing/echo-application.ts'
import { type RunningPostgres, startPostgres, whyNoPostgres } from '../testing/postgres.ts'

const NAME = 'parcels'
const TOKEN = 'the-token-of-the-owner'
const MASTER_KEY = 'one master key for all processes'
/** A little slow, so that a process is killed in the middle of answers and rows. */
const FILES = echoApplication('first', {}, { latencyMs: 20 })
const home = mkdtempSync(join(tmpdir(), 'airworthy-roles-'))
const missing = whyNoPostgres()
const house = new Map<string, ServerProcess>()
let postgres: RunningPostgres
let client: Client

const settings = (name: string): Record<string, string> => ({
  AIRWORTHY_DATA: join(home, name),
  AIRWORTHY_DATABASE_URL: postgres.url,
  AIRWORTHY_MASTER_KEY: MASTER_KEY,
  AIRWORTHY_OWNER_TOKEN: TOKEN,
  AIRWORTHY_ROLES: name.split('-')[0] ?? '',
})
async function start(name: string): Promise<ServerProcess> {
  // A worker that asks through the port asks the gateway.
  const publicUrl = house.get('gateway-1')?.url
  const server = await startServer({
    ...settings(name),
    ...(name.startsWith('worker') && publicUrl && { AIRWORTHY_PUBLIC_URL: publicUrl }),
  })
  house.set(name, server)
  return server
}
const urlOf = (name: string): string => house.get(name)?.url ?? ''
const question = (content: string) => ({ model: NAME, messages: [{ role: 'user' as const, content }] })
const askAt = (name: string, content: string) =>
  ask({ baseUrl: urlOf(name), token: TOKEN, fetch: withoutPool }, question(content))
/** A connection a request, so that a broken one is the request's own. */
const withoutPool: typeof fetch = (input, init) =>
  fetch(input, { ...init, headers: { ...init?.headers, connection: 'close' } })

/** As a client with one retry behind a load balancer does. */
async function askTwice(user: number, content: string): Promise<string> {
  const gateways = ['gateway-1', 'gateway-2']
  const answer = await askAt(gateways[user % 2] ?? '', content).catch(() =>
    askAt(gateways[(user + 1) % 2] ?? '', content),
  )
  expect(answer.text).toBe(content)
  return answer.trace
}

beforeAll(async () => {
  if (missing) return
  postgres = await startPostgres()
  // Together, because they must not both migrate.
  await Promise.all(['api-1', 'gateway-1', 'gateway-2'].map(start))
  await Promise.all(['worker-1', 'worker-2'].map(start))
  client = createClient({ baseUrl: urlOf('api-1'), token: TOKEN })
  await client.createApplication({ body: { name: NAME, files: FILES } })
  // What is tried here is what is lost, not what is capped.
  await client.setLimits({ params: { name: NAME }, body: { requestsPerMinute: null } })
}, 120_000)
afterAll(async () => {
  for (const server of house.values()) await server.kill('SIGKILL')
  await postgres?.close()
  rmSync(home, { recursive: true, force: true })
}, 60_000)

test.skipIf(missing)(
  `what one process changes the others know within five seconds${missing ? `: ${missing}` : ''}`,
  async () => {
    const { body: release } = await client.freezeRelease({ params: { name: NAME }, body: {} })
    for (const gateway of ['gateway-1', 'gateway-2']) {
      await expect
        .poll(() => askAt(gateway, 'parcel 7').then(({ release }) => release, String), { timeout: 5000 })
        .toBe(release.id)
    }
    const { key, secret } = await client.createKey({ body: { name: 'shop', role: 'builder', application: NAME } })
    const asShop = () =>
      ask({ baseUrl: urlOf('gateway-2'), token: secret }, question('parcel 8')).then(
        () => 200,
        (thrown: AirworthyError) => thrown.status,
      )
    await expect.poll(asShop, { timeout: 5000 }).toBe(200)
    await client.revokeKey({ params: { key: key.id } })
    await expect.poll(asShop, { timeout: 5000 }).toBe(401)
    await client.putProvider({ params: { name: 'box' }, body: { dialect: 'openai', baseUrl: 'http://127.0.0.1:9/v1' } })
    const models = () =>
      ask({ baseUrl: urlOf('gateway-1'), token: TOKEN }, { ...question('x'), model: 'box/any' }).catch(
        (thrown: AirworthyError) => thrown.code,
      )
    await expect.poll(models, { timeout: 5000 }).not.toMatch(/unknown/)

    // Each door is where its role is.
    const refused = await fetch(`${urlOf('gateway-1')}/api/v1/applications`)
    expect(refused.status).toBe(404)
    expect(await refused.json()).toMatchObject({ code: 'api.other-role', detail: expect.stringContaining('role api') })
    expect(await askAt('api-1', 'x').catch((thrown: AirworthyError) => thrown.status)).toBe(404)
  },
  60_000,
)

test.skipIf(missing).each(['api', 'gateway', 'worker'])(
  'a process with another master key ends at its start with one line: %s',
  async (role) => {
    const other = { ...settings(`${role}-9`), AIRWORTHY_MASTER_KEY: 'the key of somebody else', AIRWORTHY_PORT: '0' }
    expect(await airworthyCommand(['up'], other)).toMatchObject({
      code: 4,
      err: expect.stringMatching(/^This installation was begun under another master key, .+AIRWORTHY_MASTER_KEY.+\n$/),
    })
  },
  60_000,
)

test.skipIf(missing)(
  'a gateway or a worker that is killed costs no request more than one retry, and no job is done twice or lost',
  async () => {
    const seeds = readConfig().testSeeds ?? 2
    for (let seed = 1; seed <= seeds; seed++) {
      const random = seededRandom(seed)
      const kind = seed % 2 === 0 ? 'gateway' : 'worker'
      const victim = `${kind}-${1 + Math.floor(random() * 2)}`
      const { body: release } = await client.freezeRelease({ params: { name: NAME }, body: {} })
      const experiments: string[] = []
      for (let i = 0; i < 4; i++) {
        const made = await client.createExperiment({ params: { id: release.id }, body: { suite: 'parcels' } })
        if (made.status !== 201) throw new Error(`no experiment: ${made.status}`)
        experiments.push(made.body.id)
      }
      const traces: string[] = []
      let isOver = false
      const traffic = Promise.all(
        Array.from({ length: 6 }, async (_, user) => {
          for (let i = 0; !isOver; i++) traces.push(await askTwice(user, `parcel ${seed}-${user}-${i}`))
        }),
      )
      await new Promise((passed) => setTimeout(passed, 300 + random() * 700))
      await house.get(victim)?.kill('SIGKILL')
      await new Promise((passed) => setTimeout(passed, 1500))
      isOver = true
      await traffic

      await start(victim)
      const states = () =>
        Promise.all(experiments.map(async (id) => (await client.getExperiment({ params: { id } })).state))
      await expect.poll(states, { timeout: 60_000, interval: 500 }).toEqual(experiments.map(() => 'succeeded'))
      for (const id of experiments) {
        const { items } = await client.listExperimentRows({ params: { id }, query: { limit: 1000 } })
        const rows = items.map(({ arm, example, repeat }) => `${arm} ${example} ${repeat}`)
        expect(new Set(rows).size, `seed ${seed}: rows done twice`).toBe(rows.length)
        expect(rows.length, `seed ${seed}: rows lost`).toBe(72)
      }
      // Every answer that was given has its trace, also those of the gateway that was killed.
      await expect
        .poll(
          async () => {
            const found = await Promise.all(
              traces.slice(0, -6).map((id) =>
                client.getTrace({ params: { id } }).then(
                  () => [],
                  () => [id],
                ),
              ),
            )
            return found.flat()
          },
          { timeout: 20_000, interval: 1000 },
        )
        .toEqual([])
      expect((await client.verifyAudit()).kind, `seed ${seed}`).toBe('intact')
    }
  },
  120_000 + (readConfig().testSeeds ?? 0) * 30_000,
)

test.skipIf(missing)(
  'while the database is away gateways answer, also one that starts then; the API says so, and all goes on afterwards',
  async () => {
    const last = await askAt('gateway-2', 'parcel 1')
    await postgres.stop()
    expect((await askAt('gateway-1', 'parcel 2')).release).toBe(last.release)
    const thrown = await client.listApplications().catch((error: unknown) => error)
    expect(thrown).toMatchObject({ status: 503, code: 'store.database-away' })
    expect((thrown as AirworthyError).message).toContain('The database cannot be reached.')
    const readiness = async (name: string) => {
      const answer = await fetch(`${urlOf(name)}/readyz`)
      const { checks } = (await answer.json()) as { checks: { name: string; ok: boolean; detail: string }[] }
      return { status: answer.status, database: checks.find(({ name }) => name === 'database') }
    }
    expect(await readiness('api-1')).toMatchObject({ status: 503, database: { ok: false } })
    expect(await readiness('gateway-1')).toMatchObject({
      status: 200,
      database: { ok: true, detail: expect.stringContaining('Serving the last known state.') },
    })

    await house.get('gateway-2')?.kill('SIGTERM')
    await start('gateway-2')
    const answered = await askAt('gateway-2', 'parcel 3')
    expect(answered).toMatchObject({ text: 'parcel 3', release: last.release })
    const fresh = await airworthyCommand(['up'], { ...settings('gateway-3'), AIRWORTHY_PORT: '0' })
    expect(fresh).toMatchObject({
      code: 4,
      err: expect.stringMatching(/^The database cannot be reached, and .+ the first start needs the database\.\n$/),
    })

    await postgres.start()
    await expect
      .poll(() => client.getTrace({ params: { id: answered.trace } }).then(() => 'there', String), {
        timeout: 30_000,
        interval: 500,
      })
      .toBe('there')
    const run = await client.createExperiment({ params: { id: last.release ?? '' }, body: { suite: 'parcels' } })
    if (run.status !== 201) throw new Error(`no experiment: ${run.status}`)
    await expect
      .poll(async () => (await client.getExperiment({ params: { id: run.body.id } })).state, { timeout: 30_000 })
      .toBe('succeeded')
  },
  120_000,
)
