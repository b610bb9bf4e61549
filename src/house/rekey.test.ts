/** S1.2c · Another master key: everything sealed goes to it in one transaction, and the old one is of no use then. */
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { createClient } from '../../sdk/index.ts'
import { startAirworthy } from '../airworthy.ts'
import { readConfig } from '../config.ts'
import { secureBytes } from '../kernel/random.ts'
import { Secret } from '../kernel/secret.ts'
import { systemClock } from '../kernel/time.ts'
import { openDatabase } from '../store/database.ts'
import type { Engine } from '../store/engine.ts'
import { ROOT } from '../testing/airworthy.ts'
import { airworthyCommand, engineOf, startServer } from '../testing/child.ts'
import { migratedEngine } from '../testing/migrated-engine.ts'
import { mortalEngine } from '../testing/mortal-engine.ts'
import { changeSeals, settleMasterKey } from '../wiring/index.ts'

const TOKEN = 'the-token-of-the-owner'
function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'airworthy-rekey-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** A provider that says which key it was asked with. */
async function provider(): Promise<{ baseUrl: string; keys: string[] }> {
  const keys: string[] = []
  const server = createServer((request, response) => {
    keys.push(String(request.headers.authorization))
    response.end('{"data":[{"id":"m"}]}')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close().closeAllConnections())
  return { baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`, keys }
}

test('the command gives a new key, under which everything works, and the old one starts nothing', async () => {
  const data = newFolder()
  const { baseUrl, keys } = await provider()
  const settings = { AIRWORTHY_DATA: data, AIRWORTHY_OWNER_TOKEN: TOKEN, ...(await engineOf(data)) }
  const first = await startServer(settings)
  const before = createClient({ baseUrl: first.url, token: TOKEN })
  await before.putProvider({
    params: { name: 'own' },
    body: { dialect: 'openai', baseUrl, credential: 'sk-kept-here' },
  })
  const { secret } = await before.createKey({ body: { name: 'program', role: 'builder' } })
  await first.kill('SIGTERM')
  const old = readFileSync(join(data, 'master.key'), 'utf8').trim()

  const done = await airworthyCommand(['rekey'], settings)
  expect(done).toMatchObject({ code: 0, out: expect.stringContaining('Encrypted anew: 1 keys of providers') })
  expect(done.out + done.err).not.toContain(old)
  expect(readFileSync(join(data, 'master.key'), 'utf8').trim()).not.toBe(old)
  expect(existsSync(join(data, 'master.key.rekeyed'))).toBe(false)

  const second = await startServer(settings)
  const after = createClient({ baseUrl: second.url, token: TOKEN })
  expect(await after.testProvider({ params: { name: 'own' } })).toMatchObject({ kind: 'reached', models: ['m'] })
  expect(keys).toEqual(['Bearer sk-kept-here'])
  // Keys of programs, and the log, hold on.
  expect((await createClient({ baseUrl: second.url, token: secret }).listProviders()).items.length).toBeGreaterThan(0)
  expect((await after.verifyAudit()).kind).toBe('intact')
  const { items } = await after.listAudit({ query: { action: 'access.change-master-key' } })
  expect(items).toHaveLength(1)
  await second.kill('SIGTERM')

  writeFileSync(join(data, 'master.key'), old)
  const refused = await airworthyCommand(['rekey'], settings)
  expect(refused).toMatchObject({ code: 4, err: expect.stringContaining('another master key') })
}, 120_000)

test('a death at any write leaves the old key or the new one, whole', async () => {
  const outcomes = new Set<string>()
  for (let at = 1; at <= 3; at += 1)
    for (const when of ['before', 'after'] as const) {
      const [data, engine] = [newFolder(), await migratedEngine()]
      const [from, to] = [new Secret('the-old-master-key'), new Secret('the-new-master-key')]
      const url = await begin(data, engine, from)
      writeFileSync(join(data, 'master.key'), from.reveal())
      writeFileSync(join(data, 'master.key.rekeyed'), to.reveal())
      const mortal = openDatabase(mortalEngine(engine, { death: { at, when } }).engine)
      const list = join(data, 'deletions.jsonl')
      const died = await changeSeals(mortal, { from, to, list, random: secureBytes, clock: systemClock }).then(
        () => 'lived',
        () => 'died',
      )
      await settleMasterKey(openDatabase(engine), data)
      const holds = readFileSync(join(data, 'master.key'), 'utf8')
      expect(existsSync(join(data, 'master.key.rekeyed'))).toBe(false)
      await again(data, engine, url)
      await engine.close()
      outcomes.add(`${died} ${holds}`)
    }
  expect(outcomes).toEqual(new Set(['died the-old-master-key', 'died the-new-master-key', 'lived the-new-master-key']))
}, 120_000)

const start = (data: string, engine: Engine, masterKey?: Secret) =>
  startAirworthy({
    config: readConfig({
      AIRWORTHY_DATA: data,
      AIRWORTHY_PORT: '0',
      AIRWORTHY_EXAMPLE: '0',
      AIRWORTHY_OWNER_TOKEN: TOKEN,
      ...(masterKey && { AIRWORTHY_MASTER_KEY: masterKey.reveal() }),
    }),
    root: ROOT,
    print: () => {},
    pages: false,
    store: { engine },
  })

/** An installation with a stored key. */
async function begin(data: string, engine: Engine, masterKey: Secret): Promise<string> {
  const { baseUrl } = await provider()
  const airworthy = await start(data, engine, masterKey)
  const client = createClient({ baseUrl: airworthy.url, token: TOKEN })
  await client.putProvider({
    params: { name: 'own' },
    body: { dialect: 'openai', baseUrl, credential: 'sk-kept-here' },
  })
  await airworthy.close()
  return baseUrl
}

/** It starts with the key that is in its folder, and its stored key opens. */
async function again(data: string, engine: Engine, baseUrl: string): Promise<void> {
  const airworthy = await start(data, engine)
  const client = createClient({ baseUrl: airworthy.url, token: TOKEN })
  expect(await client.testProvider({ params: { name: 'own' } })).toMatchObject({ kind: 'reached' })
  expect((await client.getProvider({ params: { name: 'own' } })).baseUrl).toBe(baseUrl)
  await airworthy.close()
}
