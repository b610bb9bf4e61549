/** What the embedded engine has nobody beside it for: its log is cut while it runs, and rows that are gone give room. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { openEmbedded } from './embedded.ts'
import type { Engine } from './engine.ts'

const folder = mkdtempSync(join(tmpdir(), 'airworthy-log-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const MEGABYTE = 1024 * 1024
const LOG = `select pg_wal_lsn_diff(pg_current_wal_insert_lsn(), redo_lsn)::int as bytes from pg_control_checkpoint()`

async function run(engine: Engine, sql: string) {
  const connection = await engine.acquire()
  try {
    return (await connection.script(sql)).rows[0]
  } finally {
    connection.release()
  }
}

const write = `insert into words (text) select repeat(md5(n::text), 60) from generate_series(1, 2000) n`

test('what stands in the tables needs no log any more, and only what came since is kept', async () => {
  const place = join(folder, 'database')
  const engine = await openEmbedded(place, { trimLog: { everyMs: 0, mostBytes: MEGABYTE } })
  await run(engine, 'create table words (id bigserial primary key, text text)')
  for (let times = 0; times < 3; times++) await run(engine, write)
  expect(await run(engine, LOG)).toMatchObject({ bytes: expect.toSatisfy((bytes: number) => bytes < MEGABYTE) })
  await engine.close()

  const again = await openEmbedded(place)
  expect(await run(again, 'select count(*)::int as rows from words')).toEqual({ rows: 6000 })
  await run(again, write)
  expect(await run(again, LOG)).toMatchObject({ bytes: expect.toSatisfy((bytes: number) => bytes > MEGABYTE / 8) })
  await again.close()
})

test('a table whose rows come and go does not grow with all that ever were there', async () => {
  const sizes: number[] = []
  const engine = await openEmbedded(join(folder, 'swept'), { sweep: { everyMs: 0 } })
  await run(engine, 'create table queue (id bigserial primary key, text text)')
  for (let times = 0; times < 5; times++) {
    await run(engine, `insert into queue (text) select repeat('x', 500) from generate_series(1, 4000)`)
    await run(engine, 'delete from queue')
    // What is counted is told once a second otherwise.
    await run(engine, 'select pg_stat_force_next_flush()')
    sizes.push(Number((await run(engine, `select pg_relation_size('queue') as bytes`))?.bytes))
  }
  expect(Math.max(...sizes)).toBeLessThan(3 * 4000 * 600)
  await engine.close()
})
