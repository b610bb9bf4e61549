/**
 * Airworthy as a process of its own: the server as `airworthy up` runs it, to be killed, and commands to their end. They
 * run from a bundle of the sources, because a start takes half of the processor time then; `throughDoor` is for tests of
 * the door itself, which runs the sources. A new folder has its tables already, but where a test is about the first start
 * (`onNothing`).
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import serverEnvironment from '../../bin/server-environment.json' with { type: 'json' }
import flags from '../../bin/server-flags.json' with { type: 'json' }
import { bundled } from './bundle.ts'
import type { Ended } from './command-host.ts'
import { runCommandAt } from './commands.ts'
import { freshDatabase } from './engine.ts'
import { migratedDatabase } from './migrated-engine.ts'
import { prepareFolder } from './prepared-folder.ts'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
/** What a person starts, in a folder of sources. */
const DOOR = join(ROOT, 'bin', 'airworthy.js')
const COMMAND_FLAGS = ['--disable-warning=ExperimentalWarning']
/** Commands that are no client of a server. */
const OFFLINE = new Set(['up', 'restore', 'rekey'])
/** Nothing of the tester's own environment but what programs are found by; the pages are not built. */
const CLEAN = {
  PATH: `${dirname(process.execPath)}:/usr/local/bin:/usr/bin:/bin`,
  TMPDIR: tmpdir(),
  AIRWORTHY_TEST_PAGES: '0',
}

const LONGEST_MS = 100_000

export type { Ended } from './command-host.ts'
export type ServerProcess = {
  readonly url: string
  readonly pid: number
  /** What it said so far, on both streams. */
  said(): string
  /** Resolves when it, and what it started, is gone for whatever reason. */
  readonly gone: Promise<void>
  /** Ends it with a signal and waits until it, and what it started, is gone. */
  kill(signal: NodeJS.Signals): Promise<void>
}

type Environment = Readonly<Record<string, string>>

/** On PostgreSQL a folder keeps its database, so that a server that is started again finds what it left. */
const databases = new Map<string, Promise<string | undefined>>()

/** The setting that puts the server of a folder on the engine of the run; empty on the embedded one. */
export async function engineOf(folder: string, newDatabase = () => freshDatabase()): Promise<Environment> {
  const database = databases.get(folder) ?? newDatabase()
  databases.set(folder, database)
  const url = await database
  return url === undefined ? {} : { AIRWORTHY_DATABASE_URL: url }
}

/**
 * Starts the server on a free port, on the engine of the run unless told another, and waits until it is ready; throws
 * what it said when it is not to be. Through the door it runs in a process of its own below the one that is returned.
 */
export async function startServer(
  environment: Environment,
  { throughDoor = false, onNothing = false } = {},
): Promise<ServerProcess> {
  const { AIRWORTHY_DATA: folder } = environment
  const isPrepared = !onNothing
  const engine = folder === undefined ? {} : await engineOf(folder, isPrepared ? migratedDatabase : undefined)
  if (folder !== undefined && isPrepared && !{ ...engine, ...environment }.AIRWORTHY_DATABASE_URL)
    await prepareFolder(folder)
  const main = await bundled('src/main.ts')
  const program = throughDoor ? [DOOR, 'up'] : [...flags, main]
  const child = spawn(process.execPath, program, {
    env: {
      ...CLEAN,
      ...compiledAt(main),
      ...serverEnvironment,
      AIRWORTHY_PORT: '0',
      AIRWORTHY_EXAMPLE: '0',
      ...engine,
      ...environment,
    },
  })
  const said = listenTo(child)
  const gone = new Promise<void>((resolve) => child.once('close', () => resolve()))
  const url = await new Promise<string>((ready, refused) => {
    child.stdout.on('data', () => {
      const found = /ready at (http:\S+)/.exec(said.out())?.[1]
      if (found) ready(found)
    })
    void gone.then(() => refused(new Error(`The server ended: ${said.out()}${said.err()}`)))
  })
  return {
    url,
    pid: child.pid ?? 0,
    said: () => said.out() + said.err(),
    gone,
    async kill(signal) {
      child.kill(signal)
      await gone
    },
  }
}

/** Runs `airworthy <words>` to its end: a client of a server in a process that stays, any other in one of its own. */
export async function airworthyCommand(
  words: readonly string[],
  environment: Environment,
  cwd = ROOT,
  { throughDoor = false } = {},
): Promise<Ended> {
  if (!throughDoor && !OFFLINE.has(words[0] ?? ''))
    return runCommandAt({ words, environment: { ...CLEAN, ...environment }, folder: cwd }, LONGEST_MS)
  const main = await bundled('src/main.ts')
  const program = throughDoor ? [DOOR] : [...COMMAND_FLAGS, main]
  const child = spawn(process.execPath, [...program, ...words], {
    cwd,
    env: { ...CLEAN, ...compiledAt(main), ...environment },
    // A test that gave up leaves nothing running.
    timeout: LONGEST_MS,
  })
  const said = listenTo(child)
  return new Promise((resolve) => {
    child.once('close', (code) => resolve({ code, out: said.out(), err: said.err() }))
  })
}

/** Compiled code is kept beside the bundle: a tenth less of the processor for each start but the first. */
const compiledAt = (program: string): Environment => ({ NODE_COMPILE_CACHE: join(dirname(program), 'compiled') })

function listenTo(child: ChildProcess): { out(): string; err(): string } {
  let out = ''
  let err = ''
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    out += text
  })
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    err += text
  })
  return { out: () => out, err: () => err }
}
