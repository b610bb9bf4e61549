/** Before all tests: starts the one PostgreSQL of a run on it, and says which engine the run is on. */
import type { TestProject } from 'vitest/node'
import { readConfig } from '../config.ts'
import { runScript, startPostgres, whyNoPostgres } from './postgres.ts'

declare module 'vitest' {
  export interface ProvidedContext {
    /** Address of the run's PostgreSQL, without a database; undefined on the embedded engine. */
    readonly postgres: string | undefined
  }
}

export async function setup(project: TestProject): Promise<(() => Promise<void>) | undefined> {
  const { testEngine } = readConfig()
  if (testEngine === 'embedded') {
    project.provide('postgres', undefined)
    console.log('Engine of this run: embedded (PGlite)')
    return
  }
  const missing = whyNoPostgres()
  if (missing) throw new Error(`The tests cannot run on PostgreSQL here: ${missing}.`)
  const server = await startPostgres()
  project.provide('postgres', server.url.replace(/\/[^/]*$/, ''))
  console.log(`Engine of this run: ${(await runScript(server.url, 'select version()'))[0]?.version}`)
  return () => server.close()
}
