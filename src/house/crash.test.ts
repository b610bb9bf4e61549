/** Processes that die, and processes that meet: what was answered is kept, and one folder has one process. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { ask, type Client, createClient } from '../../sdk/index.ts'
import { airworthyCommand, type ServerProcess, startServer } from '../testing/child.ts'
import { echoApplication } from '../testing/echo-application.ts'

const data = mkdtempSync(join(tmpdir(), 'airworthy-crash-'))
const NAME = 'parcels'
let server: ServerProcess | undefined
afterAll(async () => {
  await server?.kill('SIGKILL')
  rmSync(data, { recursive: true, force: true })
})

async function start(): Promise<{ client: Client; options: { baseUrl: string; token: string } }> {
  server = await startServer({ AIRWORTHY_DATA: data })
  const options = { baseUrl: server.url, token: readFileSync(join(data, 'owner-token'), 'utf8').trim() }
  return { client: createClient(options), options }
}

test('a second process on a folder gets one line; a killed one loses no request that had ended, and its jobs go on', async () => {
  const first = await start()
  await first.client.createApplication({ body: { name: NAME, files: echoApplication('first') } })
  const { body: release } = await first.client.freezeRelease({ params: { name: NAME }, body: {} })

  const second = await airworthyCommand(['up'], { AIRWORTHY_DATA: data, AIRWORTHY_PORT: '0' }, tmpdir(), {
    throughDoor: true,
  })
  expect(second).toMatchObject({
    code: 4,
    err: `Another Airworthy process uses ${data}. Stop it, or choose another folder with AIRWORTHY_DATA.\n`,
  })

  // In the middle of traffic, and of a job.
  const answered: string[] = []
  const traffic = Promise.allSettled(
    Array.from({ length: 8 }, async (_, user) => {
      for (let i = 0; ; i++) {
        const question = { model: NAME, messages: [{ role: 'user' as const, content: `parcel ${user}-${i}` }] }
        answered.push((await ask(first.options, question)).trace)
      }
    }),
  )
  await expect.poll(() => answered.length, { timeout: 10_000 }).toBeGreaterThan(100)
  const run = await first.client.runGate({ params: { id: release.id, stage: 'poc' }, body: {} })
  if (run.status !== 202) throw new Error(`no job: ${run.status}`)
  const killed = server?.kill('SIGKILL')
  const finished = [...answered]
  await killed
  await traffic

  const again = await start()
  // What the spool holds is taken in while the server is up already.
  const missing = async () => {
    const found = await Promise.allSettled(finished.map((id) => again.client.getTrace({ params: { id } })))
    return finished.filter((_, index) => found[index]?.status === 'rejected')
  }
  await expect.poll(missing, { timeout: 20_000, interval: 500 }).toEqual([])
  expect((await again.client.verifyAudit()).kind).toBe('intact')
  await expect
    .poll(async () => (await again.client.getJob({ params: { id: run.body.job } })).state, { timeout: 30_000 })
    .toBe('succeeded')
  expect((await again.client.getLive()).applications[NAME]?.stages.sandbox).toEqual({
    release: release.id,
    rollout: null,
  })
  expect((await ask(again.options, { model: NAME, messages: [{ role: 'user', content: 'parcel 1' }] })).text).toBe(
    'parcel 1',
  )

  await server?.kill('SIGTERM')
  expect(server?.said()).toMatch(/Stopping \(SIGTERM\): open answers are finished, jobs are handed back\./)
}, 240_000)

test('a server whose starter was killed stops in order', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'airworthy-crash-'))
  const started = await startServer({ AIRWORTHY_DATA: folder }, { throughDoor: true })
  await started.kill('SIGKILL')
  expect(started.said()).toContain('Stopping (the process that started this one is gone)')
  await expect(fetch(`${started.url}/healthz`)).rejects.toThrow()
  rmSync(folder, { recursive: true, force: true })
}, 120_000)
