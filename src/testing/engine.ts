/**
 * The engine of the run (`AIRWORTHY_TEST_ENGINE`) for a test: embedded, one engine a worker and one schema a test,
 * because an engine takes a second to start and a schema milliseconds; or a real PostgreSQL, one server a run
 * (`postgres-of-the-run.ts`) and one database a test.
 */
import { inject } from 'vitest'
import { openEmbedded } from '../store/embedded.ts'
import type { Engine } from '../store/engine.ts'
import { openPostgres } from '../store/postgres.ts'
import { runScript } from './postgres.ts'

let shared: Promise<Engine> | undefined
let schemas = 0
/** The schema that the shared connection looks into now. */
let inFront = ''

/** The engine with nothing in it. `close` frees what is the test's own. */
export async function freshEngine(): Promise<Engine> {
  const url = await freshDatabase()
  return url === undefined ? freshSchema() : openPostgres(url)
}

/** A new database of the run's server; undefined when the run is on the embedded engine. */
export async function freshDatabase(): Promise<string | undefined> {
  const server = inject('postgres')
  if (!server) return undefined
  const name = `test_${crypto.randomUUID().replaceAll('-', '')}`
  // Written by copying the files: with `fsync` off that is the quick way, and the template is never changed.
  await runScript(`${server}/postgres`, `create database ${name} template template0 strategy file_copy`)
  return `${server}/${name}`
}

/** Its connection looks into its own schema, whoever had it before. */
async function freshSchema(): Promise<Engine> {
  shared ??= openEmbedded(null)
  const engine = await shared
  const schema = `test_${++schemas}`
  return {
    kind: engine.kind,
    async acquire() {
      const connection = await engine.acquire()
      if (inFront === schema) return connection
      await connection.script(`create schema if not exists ${schema}; set search_path to ${schema}`)
      inFront = schema
      return connection
    },
    close: async () => {},
  }
}
