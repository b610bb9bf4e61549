/**
 * The engine of the run (`AIRWORTHY_TEST_ENGINE`) for a test: embedded, one engine a worker and one schema a test,
 * because an engine takes a second to start and a schema milliseconds; or a real PostgreSQL, one server a run
 * (`postgres-of-the-run.ts`) and one database a test.
 */
import { inject } from 'vitest'
import { openEmbedded } from '../store/embedded.ts'
import type { Engine } from '../store/engine.ts'
import { openPostgres } from '../store/postgres.ts'
import { nearThread } from './near-thread.ts'
import { runScript } from './postgres.ts'

let shared: Promise<Engine> | undefined
let schemas = 0
/** The schema that the shared connection looks into now. */
let inFront = ''

/** The engine with nothing in it. `close` frees what is the test's own. */
export async function freshEngine(): Promise<Engine> {
  const url = await freshDatabase()
  return url === undefined ? openSchema(newSchema()) : openPostgres(url)
}

/**
 * A new database of the run's server, empty or as another one is; undefined when the run is on the embedded engine.
 * Nobody may be connected to the other one.
 */
export async function freshDatabase(template = 'template0'): Promise<string | undefined> {
  const server = inject('postgres')
  if (!server) return undefined
  const name = `test_${crypto.randomUUID().replaceAll('-', '')}`
  // Written by copying the files: with `fsync` off that is the quick way, and the template is never changed.
  await runScript(`${server}/postgres`, `create database ${name} template ${template} strategy file_copy`)
  return `${server}/${name}`
}

/** A name that no test of this worker has had. */
export const newSchema = (): string => `test_${++schemas}`

/**
 * A schema of the worker's embedded engine, made if need be. Its connection looks into its own schema, whoever had it
 * before; after `close` it gives none out, so that what a test left running does not reach into the next one's.
 */
export async function openSchema(schema: string): Promise<Engine> {
  shared ??= openEmbedded(null, { startThread: nearThread })
  const engine = await shared
  let isClosed = false
  return {
    kind: engine.kind,
    async acquire() {
      if (isClosed) throw new Error('The test that had this engine is over.')
      const connection = await engine.acquire()
      if (inFront === schema) return connection
      await connection.script(`create schema if not exists ${schema}; set search_path to ${schema}`)
      inFront = schema
      return connection
    },
    async close() {
      isClosed = true
    },
  }
}
