import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, expect, test } from 'vitest'
import { createIds } from '../kernel/ids.ts'
import { secureBytes } from '../kernel/random.ts'
import { sleep, systemClock } from '../kernel/time.ts'
import { freshDatabase } from '../testing/engine.ts'
import { inTransaction } from './database.ts'
import { migration } from './migrate.ts'
import { openStore, type Store, type StoreOptions } from './store.ts'

const folder = mkdtempSync(join(tmpdir(), 'airworthy-store-'))
const pets = {
  slice: 'pets',
  steps: [
    migration(
      '001-pets',
      'create table pets (name text primary key, born timestamptz, weight numeric, tags jsonb, lives int8)',
    ),
  ],
}
const databaseUrl = await freshDatabase()
const options = (more: Partial<StoreOptions> = {}): StoreOptions => ({
  folder,
  databaseUrl,
  migrations: [pets],
  clock: systemClock,
  newId: createIds({ clock: systemClock, random: secureBytes }),
  onJobChange: () => {},
  ...more,
})
let store: Store = await openStore(options())
afterAll(() => store.close())

test('a row comes back as the JSON value that went in', async () => {
  await sql`insert into pets values ('tom', '2026-03-01T10:00:00.123Z', 4.200, ${JSON.stringify(['cat'])}::jsonb, 9)`.execute(
    store.db,
  )
  const { rows } = await sql`select * from pets`.execute(store.db)
  expect(rows).toEqual([{ name: 'tom', born: '2026-03-01T10:00:00.123Z', weight: '4.200', tags: ['cat'], lives: 9 }])
})

test('a query that belongs to no transaction sees nothing of one that is open', async () => {
  const seen: string[] = []
  const slow = inTransaction(store.db, async (tx) => {
    await sql`insert into pets (name) values ('jerry')`.execute(tx)
    await sleep(50)
    seen.push('transaction')
    throw new Error('no')
  }).catch(() => {})
  await sleep(5)
  const { rows } = await sql`select name from pets where name = 'jerry'`.execute(store.db)
  seen.push('query')
  await slow
  expect(rows).toEqual([])
  // The embedded engine has one connection, so the query waits.
  expect(seen).toEqual(store.kind === 'embedded' ? ['transaction', 'query'] : ['query', 'transaction'])
})

test('a second process on the folder gets one clear sentence', async () => {
  await expect(openStore(options())).rejects.toThrow(/Another Airworthy process uses .* AIRWORTHY_DATA/)
})

test('a job keeps its finished steps over a failure and reports its progress', async () => {
  let tries = 0
  let first = 0
  store.jobs.handle('pets.feed', async (run) => {
    await run.step('open-tin', async () => ++first)
    await run.progress(1, 2, 'feeding')
    if (++tries === 1) throw new Error('the tin fell')
    return { fed: true }
  })
  await store.jobs.start()
  const job = await inTransaction(store.db, (tx) =>
    store.jobs.enqueue(tx, { organisation: 'org', kind: 'pets.feed', key: 'tom', input: {} }),
  )
  const again = await inTransaction(store.db, (tx) =>
    store.jobs.enqueue(tx, { organisation: 'org', kind: 'pets.feed', key: 'tom', input: {} }),
  )
  expect(again.id).toBe(job.id)
  await expect.poll(async () => (await store.jobs.get(job.id)).state, { timeout: 15_000 }).toBe('succeeded')
  expect(await store.jobs.get(job.id)).toMatchObject({
    result: { fed: true },
    attempts: 2,
    progress: { done: 1, total: 2 },
  })
  expect(first).toBe(1)
})

test('a folder of a newer program stops the start with one line, and an older one is copied and migrated', async () => {
  await store.close()
  await expect(openStore(options({ migrations: [] }))).rejects.toThrow(/newer Airworthy \(it has pets\/001-pets\)/)
  const more = { slice: 'pets', steps: [...pets.steps, migration('002-legs', 'alter table pets add column legs int')] }
  store = await openStore(options({ migrations: [more] }))
  const { rows } = await sql<{ legs: number | null }>`select legs from pets where name = 'tom'`.execute(store.db)
  expect(rows).toEqual([{ legs: null }])
})
