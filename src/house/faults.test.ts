/**
 * What breaks around the server, and what people see of it; `docs/faults.md` is the table. What breaks below the embedded
 * engine is in `faults.embedded.test.ts`.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, onTestFinished, test } from 'vitest'
import { ask, createClient } from '../../sdk/index.ts'
import { DAY, stoppedClock } from '../kernel/time.ts'
import { testAirworthy } from '../testing/airworthy.ts'
import { airworthyCommand, engineOf, startServer } from '../testing/child.ts'
import { echoApplication } from '../testing/echo-application.ts'

const NAME = 'parcels'
const home = mkdtempSync(join(tmpdir(), 'airworthy-faults-'))
const question = (content: string) => ({ model: NAME, messages: [{ role: 'user' as const, content }] })
afterAll(() => rmSync(home, { recursive: true, force: true }))

async function start(data: string) {
  const server = await startServer({ AIRWORTHY_DATA: data })
  onTestFinished(() => server.kill('SIGKILL'))
  const options = { baseUrl: server.url, token: readFileSync(join(data, 'owner-token'), 'utf8').trim() }
  return { server, options, client: createClient({ ...options, retries: 0 }) }
}

test('a folder whose master key was exchanged stops the start with one line, and starts again when it is back', async () => {
  const data = join(home, 'other-key')
  const first = await start(data)
  await first.server.kill('SIGTERM')
  const place = join(data, 'master.key')
  const key = readFileSync(place)
  writeFileSync(place, 'the key of another installation\n')
  const up = { AIRWORTHY_DATA: data, AIRWORTHY_PORT: '0', ...(await engineOf(data)) }
  expect(await airworthyCommand(['up'], up)).toMatchObject({
    code: 4,
    err: expect.stringMatching(/^This installation was begun under another master key, .+ master\.key back .+\n$/),
  })
  writeFileSync(place, key)
  const again = await start(data)
  expect((await again.client.verifyAudit()).kind).toBe('intact')
}, 60_000)

test('a clock that is set back breaks no log and no order', async () => {
  const clock = stoppedClock('2026-03-02T00:00:00.000Z')
  await using airworthy = await testAirworthy({ clock })
  const { client, options } = airworthy
  await client.createApplication({ body: { name: NAME, files: echoApplication('first') } })
  const { body: first } = await client.freezeRelease({ params: { name: NAME }, body: {} })
  clock.advance(-DAY)
  await client.putBlueprint({ params: { name: NAME }, body: { files: echoApplication('second') } })
  const { body: second } = await client.freezeRelease({ params: { name: NAME }, body: {} })
  expect(second.number).toBe(first.number + 1)
  expect((await client.listReleases({ params: { name: NAME } })).items.map(({ id }) => id)).toEqual([
    second.id,
    first.id,
  ])
  expect((await ask(options, question('parcel 1'))).release).toBe(second.id)
  expect((await client.verifyAudit()).kind).toBe('intact')
})

test('on SIGTERM an open answer ends whole, and a running experiment goes on after the next start', async () => {
  const data = join(home, 'stopped')
  const first = await start(data)
  await first.client.createApplication({
    body: { name: NAME, files: echoApplication('first', {}, { latencyMs: 700 }) },
  })
  const { body: release } = await first.client.freezeRelease({ params: { name: NAME }, body: {} })
  const run = await first.client.createExperiment({ params: { id: release.id }, body: { suite: 'parcels' } })
  if (run.status !== 201) throw new Error(`no experiment: ${run.status}`)
  const { id } = run.body
  await expect.poll(async () => (await first.client.getExperiment({ params: { id } })).state).toBe('running')
  const answer = fetch(`${first.options.baseUrl}/v1/chat/completions`, {
    method: 'POST',
    headers: { authorization: `Bearer ${first.options.token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ ...question('one two three'), stream: true }),
  }).then((response) => response.text())
  await new Promise((passed) => setTimeout(passed, 300))
  await first.server.kill('SIGTERM')
  expect(await answer).toMatch(/data: \[DONE\]\s*$/)

  const second = await start(data)
  await expect
    .poll(async () => (await second.client.getExperiment({ params: { id } })).state, { timeout: 60_000 })
    .toBe('succeeded')
  const { items } = await second.client.listExperimentRows({ params: { id }, query: { limit: 1000 } })
  expect(items).toHaveLength(72)
}, 120_000)
