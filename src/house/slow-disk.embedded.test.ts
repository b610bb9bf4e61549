/** A disk on which every write takes its time: answers do not wait for it, what waits is bounded, and nothing is lost. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { expect, onTestFinished, test } from 'vitest'
import { ask, createClient } from '../../sdk/index.ts'
import { ROOT } from '../testing/airworthy.ts'
import { startServer } from '../testing/child.ts'
import { echoApplication } from '../testing/echo-application.ts'

const NAME = 'parcels'
/** So much for each write; the thread that answers could do seven of them in a second, and nothing else. */
const WRITE_MS = 150
const REQUESTS = 160
const APART_MS = 20

test(`on a disk that takes ${WRITE_MS} ms for a write the gateway answers on, says it, and loses nothing`, async () => {
  const data = mkdtempSync(join(tmpdir(), 'airworthy-slow-'))
  onTestFinished(() => rmSync(data, { recursive: true, force: true }))
  const fast = join(data, 'fast')
  // A start writes thousands of pages, which would only take long.
  writeFileSync(fast, '')
  const disk = new URL(pathToFileURL(join(ROOT, 'src/testing/slow-disk.ts')))
  disk.searchParams.set('folder', data)
  disk.searchParams.set('ms', String(WRITE_MS))
  const server = await startServer({
    AIRWORTHY_DATA: data,
    AIRWORTHY_DATABASE_URL: '',
    NODE_OPTIONS: `--import=${disk}`,
  })
  onTestFinished(() => server.kill('SIGKILL'))
  const options = { baseUrl: server.url, token: readFileSync(join(data, 'owner-token'), 'utf8').trim(), retries: 0 }
  const client = createClient(options)
  await client.createApplication({ body: { name: NAME, files: echoApplication('first') } })
  await client.freezeRelease({ params: { name: NAME }, body: {} })

  rmSync(fast)
  let answered = 0
  // They come whether others were answered or not, as from many users.
  const coming = Array.from({ length: REQUESTS }, async (_, n) => {
    await new Promise((passed) => setTimeout(passed, n * APART_MS))
    const content = `parcel ${n}`
    const answer = await ask(options, { model: NAME, messages: [{ role: 'user', content }] })
    expect(answer.text).toBe(content)
    answered += 1
    return answer.trace
  })
  const said = new Set<string>()
  const watching = (async () => {
    while (answered < REQUESTS)
      for (const { name, ok, detail } of (await client.getReadiness()).body.checks) said.add(`${name} ${ok}: ${detail}`)
  })()
  await coming.at(-1)
  // Were each of them to wait for its own write, some twenty would have been answered by now.
  expect(answered).toBeGreaterThan(REQUESTS / 4)
  writeFileSync(fast, '')
  const traces = await Promise.all(coming)
  await watching
  // Answers do not wait for the spool, so it is no reason to send nobody here; pages do wait for the database.
  expect([...said].join('\n')).toMatch(/^spool true: the disk of the spool is slow: \d+ ms for a write$/m)
  const lost = async () => {
    const found = await Promise.allSettled(traces.map((id) => client.getTrace({ params: { id } })))
    return traces.filter((_, index) => found[index]?.status === 'rejected')
  }
  await expect.poll(lost, { timeout: 30_000 }).toEqual([])
  await expect
    .poll(() => client.getTelemetryStatus(), { timeout: 10_000 })
    .toMatchObject({ dropped: 0, waitsFor: null })
}, 120_000)
