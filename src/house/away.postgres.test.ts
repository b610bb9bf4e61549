/**
 * PostgreSQL goes away in the middle of traffic, of experiments and of a rollout, and comes back: gateways answer all
 * the time, what was under way waits, and afterwards nothing is missing. Some seconds in the ordinary run, a whole
 * minute and more with `AIRWORTHY_TEST_SEEDS`.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ask, type Client, createClient } from '../../sdk/index.ts'
import { readConfig } from '../config.ts'
import { type ServerProcess, startServer } from '../testing/child.ts'
import { echoApplication, TRAINING } from '../testing/echo-application.ts'
import { type RunningPostgres, startPostgres, whyNoPostgres } from '../testing/postgres.ts'

const NAME = 'parcels'
const TOKEN = 'the-token-of-the-owner'
const AWAY_SECONDS = readConfig().testSeeds === undefined ? 5 : 65
/** A margin that no traffic of a few minutes decides, so that the rollout is still under way afterwards. */
const PLAN = {
  duties: { risk: 'owner' },
  rollouts: {
    poc: { steps: [0.5, 1], minimumUnits: 100_000, metrics: [{ name: 'error', kind: 'event', margin: 0.2 }] },
  },
}
const missing = whyNoPostgres()
const home = mkdtempSync(join(tmpdir(), 'airworthy-away-'))
const house: ServerProcess[] = []
let postgres: RunningPostgres
let client: Client
let gateway = ''

async function start(role: string, more: Record<string, string> = {}): Promise<string> {
  const server = await startServer({
    AIRWORTHY_DATA: join(home, role),
    AIRWORTHY_DATABASE_URL: postgres.url,
    AIRWORTHY_MASTER_KEY: 'one master key for all processes',
    AIRWORTHY_OWNER_TOKEN: TOKEN,
    AIRWORTHY_ROLES: role,
    ...more,
  })
  house.push(server)
  return server.url
}

beforeAll(async () => {
  if (missing) return
  postgres = await startPostgres()
  client = createClient({ baseUrl: await start('api'), token: TOKEN })
  gateway = await start('gateway')
  await start('worker', { AIRWORTHY_PUBLIC_URL: gateway })
}, 120_000)
afterAll(async () => {
  for (const server of house) await server.kill('SIGKILL')
  await postgres?.close()
  rmSync(home, { recursive: true, force: true })
}, 60_000)

/** A release that may go into poc; the second one starts a rollout there. */
async function promoted(release: 'first' | 'second'): Promise<string> {
  const files = echoApplication(release, {}, { latencyMs: 100 })
  const settings = JSON.parse(files['airworthy.yaml'] ?? '{}')
  files['airworthy.yaml'] = JSON.stringify({ ...settings, ...PLAN, duties: { ...settings.duties, ...PLAN.duties } })
  if (release === 'first') await client.createApplication({ body: { name: NAME, files } })
  else await client.putBlueprint({ params: { name: NAME }, body: { files } })
  const { body } = await client.freezeRelease({ params: { name: NAME }, body: {} })
  const run = await client.runGate({ params: { id: body.id, stage: 'poc' }, body: {} })
  if (run.status !== 202) throw new Error(`no job: ${run.status}`)
  await expect
    .poll(async () => (await client.getJob({ params: { id: run.body.job } })).state, { timeout: 60_000 })
    .toBe('succeeded')
  await client.attestEvidence({
    body: { release: body.id, check: 'gov.classification', duty: 'risk', reason: 'A limited risk.' },
  })
  await client.importEvidence({ body: { tool: 'training-records', release: body.id, content: TRAINING } })
  const outcome = await client.promoteRelease({ params: { id: body.id }, body: { into: 'poc' } })
  expect(outcome.status).toBe(201)
  return body.id
}

test.skipIf(missing)(
  `the database is away for ${AWAY_SECONDS} seconds: gateways answer, jobs and a rollout wait, nothing is lost${missing ? `: ${missing}` : ''}`,
  async () => {
    await promoted('first')
    const second = await promoted('second')
    const experiments: string[] = []
    for (let i = 0; i < 2; i++) {
      const made = await client.createExperiment({ params: { id: second }, body: { suite: 'parcels' } })
      if (made.status !== 201) throw new Error(`no experiment: ${made.status}`)
      experiments.push(made.body.id)
    }
    const experiment = async (id: string) => client.getExperiment({ params: { id } })
    const gate = await client.runGate({ params: { id: second, stage: 'poc' }, body: {} })
    await expect
      .poll(async () => (await Promise.all(experiments.map(experiment))).map(({ state }) => state), { timeout: 30_000 })
      .toContain('running')

    // No request is refused at any moment, and none is retried.
    const traces: string[] = []
    let isOver = false
    let whileAway = 0
    let isAway = false
    const traffic = Promise.all(
      Array.from({ length: 4 }, async (_, user) => {
        for (let i = 0; !isOver; i++) {
          const content = `parcel ${user}-${i}`
          const messages = [{ role: 'user' as const, content }]
          const answer = await ask(
            { baseUrl: gateway, token: TOKEN, retries: 0 },
            { model: `${NAME}@poc`, messages, subject: `user-${user}-${i}` },
          )
          expect(answer.text).toBe(content)
          traces.push(answer.trace)
          if (isAway) whileAway += 1
        }
      }),
    )
    // What fails in there is told by the end, when everything is looked at.
    traffic.catch(() => {})
    await postgres.stop()
    isAway = true
    await new Promise((passed) => setTimeout(passed, AWAY_SECONDS * 1000))
    const refused = await client.listApplications().catch((thrown: unknown) => thrown)
    expect(refused).toMatchObject({ status: 503, code: 'store.database-away' })
    expect((await fetch(`${gateway}/readyz`)).status).toBe(200)
    isAway = false
    await postgres.start()
    await new Promise((passed) => setTimeout(passed, 1000))
    isOver = true
    await traffic
    expect(whileAway).toBeGreaterThan(AWAY_SECONDS)

    const states = async () => (await Promise.all(experiments.map(experiment))).map(({ state }) => state)
    await expect.poll(states, { timeout: 90_000, interval: 500 }).toEqual(['succeeded', 'succeeded'])
    for (const id of experiments) {
      const { items } = await client.listExperimentRows({ params: { id }, query: { limit: 1000 } })
      expect(new Set(items.map(({ arm, example, repeat }) => `${arm} ${example} ${repeat}`)).size).toBe(72)
      expect(items.map(({ error }) => error).filter(Boolean)).toEqual([])
    }
    if (gate.status === 202)
      await expect
        .poll(async () => (await client.getJob({ params: { id: gate.body.job } })).state, { timeout: 30_000 })
        .toBe('succeeded')
    const lost = async () => {
      const found = await Promise.allSettled(traces.map((id) => client.getTrace({ params: { id } })))
      return traces.filter((_, index) => found[index]?.status === 'rejected')
    }
    await expect.poll(lost, { timeout: 60_000, interval: 1000 }).toEqual([])
    // Every answer counts in the rollout, those of the time without a database too.
    const counted = async () => {
      const { items } = await client.listRollouts({ query: { application: NAME } })
      const rollout = await client.getRollout({ params: { id: items[0]?.id ?? '' } })
      expect(rollout.state).toBe('running')
      return rollout.statistics.reduce((sum, { firstSeen }) => sum + firstSeen.control + firstSeen.candidate, 0)
    }
    await expect.poll(counted, { timeout: 20_000 }).toBe(traces.length)
    expect((await client.verifyAudit()).kind).toBe('intact')
    // It is said, and not every second.
    const said = house.map((server) => server.said().match(/The database cannot be reached/g)?.length ?? 0)
    for (const times of said) expect(times).toBeLessThan(6)
    console.log(
      `${AWAY_SECONDS} s without a database: ${whileAway} answers, ${traces.length} of ${traces.length} traces`,
    )
  },
  240_000 + AWAY_SECONDS * 1000,
)
