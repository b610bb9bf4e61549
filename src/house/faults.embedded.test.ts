/** A disk that is full or cannot be written, and a thread of the engine that ends: what people see of it. */
import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statfsSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Worker } from 'node:worker_threads'
import { afterAll, expect, onTestFinished, test } from 'vitest'
import { ask, createClient } from '../../sdk/index.ts'
import { openEmbedded } from '../store/embedded.ts'
import { airworthyCommand, startServer } from '../testing/child.ts'
import { echoApplication } from '../testing/echo-application.ts'

const NAME = 'parcels'
const home = mkdtempSync(join(tmpdir(), 'airworthy-faults-'))
const question = (content: string) => ({ model: NAME, messages: [{ role: 'user' as const, content }] })
afterAll(() => rmSync(home, { recursive: true, force: true }))

async function start(data: string) {
  const server = await startServer({ AIRWORTHY_DATA: data, AIRWORTHY_DATABASE_URL: '' })
  onTestFinished(() => server.kill('SIGKILL'))
  const options = { baseUrl: server.url, token: readFileSync(join(data, 'owner-token'), 'utf8').trim() }
  return { server, options, client: createClient({ ...options, retries: 0 }) }
}

/** A small disk of its own; undefined where mounting is not allowed. */
function smallDisk(): string | undefined {
  const place = join(home, 'disk')
  mkdirSync(place)
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=160m', 'tmpfs', place], { stdio: 'ignore' })
  } catch {
    return undefined
  }
  afterAll(() => execFileSync('umount', ['-l', place]))
  return place
}
const disk = smallDisk()

/** Two ways to a disk that takes no more; the second needs no right to mount, and is what is left without it. */
type Full = { readonly way: string; readonly data: string; fill(pid: number): void; free(pid: number): void }
const FULL: Full[] = []
if (disk) {
  const ballast = join(disk, 'ballast')
  FULL.push({
    way: 'a small disk',
    data: join(disk, 'data'),
    fill() {
      const { bavail, bsize } = statfsSync(disk)
      try {
        writeFileSync(ballast, Buffer.alloc(bavail * bsize))
      } catch {
        // To the last byte.
      }
    },
    free: () => rmSync(ballast),
  })
} else
  console.log('No disk can be mounted here: a full one is tried by a limit on files, one that is read only not at all.')
const limit = (pid: number, bytes: string) => execFileSync('prlimit', ['--pid', String(pid), `--fsize=${bytes}:`])
if (hasPrlimit())
  FULL.push({
    way: 'a limit on the size of files',
    data: join(home, 'limited'),
    fill: (pid) => limit(pid, '4096'),
    free: (pid) => limit(pid, 'unlimited'),
  })

function hasPrlimit(): boolean {
  try {
    execFileSync('prlimit', ['--version'], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

test('a full disk can be tried here in one way at least', () => {
  console.log(`A full disk is tried by ${FULL.map(({ way }) => way).join(', and by ')}.`)
  expect(FULL.length).toBeGreaterThan(0)
})

test.each(FULL)(
  'a full disk ($way) is said, the gateway answers on, and all goes on when there is space',
  async (full) => {
    const { server, options, client } = await start(full.data)
    const ready = async () => (await fetch(`${options.baseUrl}/readyz`)).status
    await client.createApplication({ body: { name: NAME, files: echoApplication('first') } })
    await client.freezeRelease({ params: { name: NAME }, body: {} })
    full.fill(server.pid)
    const refused = await client
      .createKey({ body: { name: 'x'.repeat(50), role: 'builder' } })
      .then(
        () => client.createApplication({ body: { name: 'more', files: echoApplication('second') } }),
        (thrown: unknown) => Promise.reject(thrown),
      )
      .catch((thrown: unknown) => thrown)
    expect(refused).toMatchObject({
      status: 503,
      code: 'store.disk-full',
      message: expect.stringContaining('Free some space'),
    })
    expect((await ask(options, question('parcel 1'))).text).toBe('parcel 1')
    expect(await ready()).toBe(503)

    full.free(server.pid)
    await expect.poll(ready, { timeout: 20_000 }).toBe(200)
    await client.createApplication({ body: { name: 'after', files: echoApplication('second') } })
    expect((await client.verifyAudit()).kind).toBe('intact')
  },
  120_000,
)

if (disk)
  test('a folder that is read only stops the start with one line', async () => {
    const place = join(home, 'read-only')
    mkdirSync(place)
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'ro,size=1m', 'tmpfs', place])
    onTestFinished(() => void execFileSync('umount', [place]))
    const ended = await airworthyCommand(['up'], { AIRWORTHY_DATA: place, AIRWORTHY_PORT: '0' })
    expect(ended).toMatchObject({
      code: 4,
      err: expect.stringMatching(
        /^The data folder \S+ cannot be written \(.+\)\. Give it to the user .+ AIRWORTHY_DATA\.\n$/,
      ),
    })
  }, 60_000)

test('a folder that cannot be made stops the start with one line', async () => {
  const file = join(home, 'a-file')
  writeFileSync(file, '')
  const ended = await airworthyCommand(['up'], { AIRWORTHY_DATA: join(file, 'data'), AIRWORTHY_PORT: '0' })
  expect(ended).toMatchObject({ code: 4, err: expect.stringMatching(/^The data folder .+ cannot be written .+\n$/) })
}, 60_000)

test('an engine whose thread ends is opened again, and keeps what was confirmed', async () => {
  const threads: Worker[] = []
  const keep = (worker: Worker) => void threads.push(worker)
  process.on('worker', keep)
  const engine = await openEmbedded(join(home, 'thread', 'database'))
  process.off('worker', keep)
  const run = async (sql: string) => {
    const connection = await engine.acquire()
    try {
      return (await connection.script(sql)).rows
    } finally {
      connection.release()
    }
  }
  await run('create table pets (name text); insert into pets values (1)')
  // As when its memory is used up.
  const underWay = run('select pg_sleep(60)').catch((thrown: unknown) => thrown)
  await threads[0]?.terminate()
  expect(await underWay).toMatchObject({ code: 'store.database-away' })
  expect(await run('select name from pets')).toEqual([{ name: '1' }])
  await engine.close()
}, 60_000)
