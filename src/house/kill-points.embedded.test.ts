/**
 * A server that is killed at named points of its files and of its tables: with half a file written, before and after a
 * sync, a rename, the removal of a spool file whose rows are in the database, and a statement, also of a migration. The
 * next start finds one state or the other, and everything that was confirmed. `AIRWORTHY_TEST_SEEDS=30` dies that often
 * at each kind of point.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { expect, onTestFinished, test } from 'vitest'
import { ask, type Client, createClient } from '../../sdk/index.ts'
import { readConfig } from '../config.ts'
import { seededRandom } from '../kernel/random.ts'
import { ROOT } from '../testing/airworthy.ts'
import { type ServerProcess, startServer } from '../testing/child.ts'
import { echoApplication } from '../testing/echo-application.ts'

const { testSeeds } = readConfig()
const NAME = 'parcels'
const QUESTIONS = 12
/** How many of them there are in a life, about; a death that is never met comes at its end. */
const POINTS = { sql: 150, write: 24, sync: 9, rename: 9, unlink: 1 } as const
const ALL = ['sql', 'write', 'sync', 'rename', 'unlink'] as const
/** A life takes some seconds, so the ordinary run has one of each kind that nothing else dies at. */
const KINDS = testSeeds === undefined ? (['sql', 'write', 'unlink'] as const) : ALL
const SEEDS = testSeeds ?? 1
const LIVES = SEEDS * KINDS.length

type Confirmed = { readonly releases: Set<string>; readonly traces: Set<string>; owner: string | undefined }

async function live(server: ServerProcess, data: string, confirmed: Confirmed): Promise<void> {
  const options = { baseUrl: server.url, token: ownerToken(data), retries: 0 }
  if (confirmed.owner !== undefined) expect(options.token).toBe(confirmed.owner)
  confirmed.owner = options.token
  const client = createClient(options)
  await demandWhole(client, confirmed)
  const { items } = await client.listApplications()
  const files = echoApplication(confirmed.releases.size % 2 === 0 ? 'first' : 'second', {
    'knowledge/a.md': `# Life ${confirmed.traces.size}\n\nA page of its own.`,
  })
  if (items.length === 0) await client.createApplication({ body: { name: NAME, files } })
  else await client.putBlueprint({ params: { name: NAME }, body: { files } })
  const { body: release } = await client.freezeRelease({ params: { name: NAME }, body: {} })
  confirmed.releases.add(release.id)
  for (let i = 0; i < QUESTIONS; i++) {
    const content = `parcel ${i}`
    const answer = await ask(options, { model: NAME, messages: [{ role: 'user', content }] })
    confirmed.traces.add(answer.trace)
  }
  // Until they went from the spool into the database, and their file is removed.
  await expect.poll(async () => (await client.getTelemetryStatus()).spooled, { timeout: 10_000 }).toBe(0)
}

/** What was confirmed is there, and what is there is whole. */
async function demandWhole(client: Client, { releases, traces }: Confirmed): Promise<void> {
  expect(await client.verifyAudit()).toMatchObject({ kind: 'intact' })
  for (const id of releases) expect((await client.getRelease({ params: { id } })).manifest.prompts).toHaveLength(1)
  const lost = async () => {
    const found = await Promise.allSettled([...traces].map((id) => client.getTrace({ params: { id } })))
    return [...traces].filter((_, index) => found[index]?.status === 'rejected')
  }
  await expect.poll(lost, { timeout: 15_000 }).toEqual([])
}

const ownerToken = (data: string) => readFileSync(join(data, 'owner-token'), 'utf8').trim()

/** Lives on one folder from its first start on, each to its death; then one that ends well. Returns how they died. */
async function liveAndDie(seed: number): Promise<string[]> {
  const data = mkdtempSync(join(tmpdir(), 'airworthy-points-'))
  onTestFinished(() => rmSync(data, { recursive: true, force: true }))
  const random = seededRandom(1 + seed)
  const confirmed: Confirmed = { releases: new Set(), traces: new Set(), owner: undefined }
  // The points are those of the embedded engine, whatever the run is on.
  const settings = { AIRWORTHY_DATA: data, AIRWORTHY_DATABASE_URL: '' }
  const deaths: string[] = []
  for (const point of KINDS) {
    const at = String(1 + Math.floor(random() * POINTS[point]))
    const when = random() < 0.5 ? 'before' : 'after'
    const note = `${point} ${at} ${when} (seed ${seed})`
    const death = new URL(pathToFileURL(join(ROOT, 'src/testing/death-at.ts')))
    for (const [name, value] of Object.entries({ folder: data, point, at, when })) death.searchParams.set(name, value)
    const withDeath = { ...settings, NODE_OPTIONS: `--import=${death}` }
    const server = await startServer(withDeath, { onNothing: true }).catch((thrown: Error) => {
      // At its start already; it says nothing of it.
      expect(thrown.message, note).toMatch(/^The server ended: [^!]*$/)
      deaths.push(`${note} at the start`)
      return undefined
    })
    if (!server) continue
    const isDead = server.gone.then(() => true)
    try {
      await live(server, data, confirmed)
    } catch (thrown) {
      const late = new Promise<boolean>((passed) => setTimeout(passed, 5000, false))
      if (!(await Promise.race([isDead, late]))) throw new Error(note, { cause: thrown })
      deaths.push(note)
    }
    await server.kill('SIGKILL')
  }
  const last = await startServer(settings)
  onTestFinished(() => last.kill('SIGKILL'))
  await live(last, data, confirmed)
  await last.kill('SIGTERM')
  return deaths
}

test(
  `the server is killed at ${LIVES} named points by seed: the next start finds one state or the other, and all that was confirmed`,
  async () => {
    const deaths: string[] = []
    for (let seed = 0; seed < SEEDS; seed++) deaths.push(...(await liveAndDie(seed)))
    console.log(`died at ${deaths.length} of ${LIVES} points: ${deaths.slice(0, 10).join(', ')}`)
    expect(deaths.length).toBeGreaterThan(LIVES / 3)
  },
  60_000 + LIVES * 30_000,
)
