/** The server in a process of its own, started as `bin/airworthy.js` starts it, and the command line beside it. */
import { execFile, spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import environment from '../bin/server-environment.json' with { type: 'json' }
import flags from '../bin/server-flags.json' with { type: 'json' }

const ROOT = fileURLToPath(new URL('..', import.meta.url))
/** Where compiled sources are kept, if anywhere. */
const KEPT = process.env.NODE_COMPILE_CACHE && { NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE }

export type Server = {
  readonly url: string
  readonly pid: number
  stop(): Promise<void>
}

/**
 * Resolves when it is ready; throws what it said when it ended instead.
 * @param databaseUrl a PostgreSQL; the embedded engine over `data` when left out
 * @param nodeOptions further options of Node for the server alone
 */
export async function startServer({
  data,
  token,
  databaseUrl,
  nodeOptions,
}: {
  data: string
  token: string
  databaseUrl?: string | undefined
  nodeOptions?: string | undefined
}): Promise<Server> {
  const child = spawn(process.execPath, [...flags, `${ROOT}/src/main.ts`], {
    env: {
      PATH: process.env.PATH,
      ...environment,
      ...KEPT,
      AIRWORTHY_DATA: data,
      AIRWORTHY_PORT: '0',
      AIRWORTHY_EXAMPLE: '0',
      AIRWORTHY_TEST_PAGES: '0',
      AIRWORTHY_OWNER_TOKEN: token,
      ...(databaseUrl && { AIRWORTHY_DATABASE_URL: databaseUrl }),
      ...(nodeOptions && { NODE_OPTIONS: nodeOptions }),
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const gone = new Promise<void>((resolve) => child.once('close', () => resolve()))
  const url = await new Promise<string>((ready, refused) => {
    let said = ''
    child.stdout.on('data', (chunk: Buffer) => {
      said += chunk.toString()
      const found = /ready at (http:\S+)/.exec(said)?.[1]
      if (found) ready(found)
    })
    void gone.then(() => refused(new Error(`The server ended: ${said}`)))
  })
  return {
    url,
    pid: child.pid ?? 0,
    async stop() {
      child.kill('SIGTERM')
      await gone
    },
  }
}

/** What `airworthy <words>` said; it ends with another code than 0 where rows wait in quarantine. */
export const command = (words: readonly string[], at: { url: string; token: string }): Promise<string> =>
  new Promise((resolve) => {
    const env = { PATH: process.env.PATH, AIRWORTHY_URL: at.url, AIRWORTHY_TOKEN: at.token }
    execFile(process.execPath, [`${ROOT}/bin/airworthy.js`, ...words], { env }, (_, out, err) => resolve(out + err))
  })
