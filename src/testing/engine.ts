/** One embedded engine a test worker, one schema a test: an engine takes seconds to start, a schema milliseconds. */
import { openEmbedded } from '../store/embedded.ts'
import type { Engine } from '../store/engine.ts'

let shared: Promise<Engine> | undefined
let schemas = 0

/** The worker's engine with a fresh, empty schema in front. Tests of one file run one after the other. */
export async function freshEngine(): Promise<Engine> {
  shared ??= openEmbedded(null)
  const engine = await shared
  const schema = `test_${++schemas}`
  const connection = await engine.acquire()
  try {
    await connection.script(`create schema ${schema}; set search_path to ${schema}`)
  } finally {
    connection.release()
  }
  return { ...engine, close: async () => {} }
}
