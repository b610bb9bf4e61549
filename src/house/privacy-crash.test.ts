/** A deletion that is cut off by SIGKILL is done to its end; one that a restored back-up does not know is done again. */
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { AirworthyError, ask, type Client, type ClientOptions, createClient } from '../../sdk/index.ts'
import { airworthyCommand, engineOf, type ServerProcess, startServer } from '../testing/child.ts'
import { echoApplication } from '../testing/echo-application.ts'

const home = mkdtempSync(join(tmpdir(), 'airworthy-privacy-'))
const data = join(home, 'data')
const backup = join(home, 'before.backup.gz')
const servers: ServerProcess[] = []
afterAll(async () => {
  for (const server of servers) await server.kill('SIGKILL')
  rmSync(home, { recursive: true, force: true })
})

const MAIL = 'ada@example.org'
const [THEIRS, OTHERS] = [150, 20]

async function start(folder: string) {
  const server = await startServer({ AIRWORTHY_DATA: folder })
  servers.push(server)
  const token = readFileSync(join(folder, 'owner-token'), 'utf8').trim()
  const options: ClientOptions & { token: string } = { baseUrl: server.url, token }
  return { server, options, client: createClient(options) }
}

const tell = (options: ClientOptions, content: string) =>
  ask(options, { model: 'parcels', messages: [{ role: 'user', content }] })

async function countOf(client: Client, text?: string): Promise<number> {
  const { items } = await client.listTraces({ query: { limit: 1000, ...(text !== undefined && { text }) } })
  return items.length
}

async function state(client: Client, id: string, isOver: (state: string) => boolean): Promise<string> {
  for (;;) {
    // A start looks for what an older database does not know of, and serves meanwhile.
    const found = await client.getDeletion({ params: { id } }).catch((thrown) => {
      if (!(thrown instanceof AirworthyError) || thrown.status !== 404) throw thrown
    })
    if (found && isOver(found.state)) return found.state
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}

let deletion = ''

test('a server that is killed while it deletes goes on where it was, and counts each piece once', async () => {
  const first = await start(data)
  await first.client.createApplication({ body: { name: 'parcels', files: echoApplication('first') } })
  await first.client.freezeRelease({ params: { name: 'parcels' }, body: {} })
  for (let i = 0; i < THEIRS; i += 1) await tell(first.options, `parcel ${i}, it is ${MAIL}`)
  for (let i = 0; i < OTHERS; i += 1) await tell(first.options, `parcel ${i}`)
  while ((await countOf(first.client)) < THEIRS + OTHERS) await new Promise((resolve) => setTimeout(resolve, 50))
  const copied = await airworthyCommand(['backup', backup], {
    AIRWORTHY_URL: first.server.url,
    AIRWORTHY_TOKEN: first.options.token,
  })
  expect(copied.code).toBe(0)
  const proposed = await first.client.proposeDeletion({ body: { identifiers: [MAIL] } })
  deletion = proposed.id
  expect(await state(first.client, deletion, (now) => now !== 'listing')).toBe('proposed')
  await first.client.confirmDeletion({ params: { id: deletion } })
  // As soon as some are gone, so that others are not.
  while ((await countOf(first.client, MAIL)) === THEIRS) await new Promise((resolve) => setImmediate(resolve))
  await first.server.kill('SIGKILL')

  const second = await start(data)
  expect(await state(second.client, deletion, (now) => now !== 'running')).toBe('done')
  expect([await countOf(second.client, MAIL), await countOf(second.client)]).toEqual([0, OTHERS])
  const { receipt } = await second.client.getDeletionReceipt({ params: { id: deletion } })
  expect(receipt.deleted.find(({ place }) => place === 'traces')?.count).toBe(THEIRS)
  await second.server.kill('SIGTERM')
}, 120_000)

test('a back-up from before it brings nobody back, when deletions.jsonl is beside the master key', async () => {
  const target = join(home, 'again')
  mkdirSync(target)
  for (const name of ['master.key', 'deletions.jsonl']) copyFileSync(join(data, name), join(target, name))
  const restored = await airworthyCommand(['restore', backup], { AIRWORTHY_DATA: target, ...(await engineOf(target)) })
  expect(restored).toMatchObject({ code: 0, out: expect.stringContaining('the next start does them again') })
  const { client, server } = await start(target)
  expect(await state(client, deletion, (now) => now !== 'running')).toBe('done')
  expect([await countOf(client, MAIL), await countOf(client)]).toEqual([0, OTHERS])
  await server.kill('SIGTERM')
}, 120_000)

test('whoever restores without that file is told what it means', async () => {
  const target = join(home, 'without')
  mkdirSync(target)
  copyFileSync(join(data, 'master.key'), join(target, 'master.key'))
  const restored = await airworthyCommand(['restore', backup], { AIRWORTHY_DATA: target, ...(await engineOf(target)) })
  expect(restored).toMatchObject({
    code: 0,
    out: expect.stringContaining('are in it again. Put the file deletions.jsonl'),
  })
}, 60_000)
