/** The whole house for a test: a real server on a free port, the engine of the run, a folder that is thrown away. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Client, type ClientOptions, createClient, type Role } from '../../sdk/index.ts'
import { type Airworthy, startAirworthy } from '../airworthy.ts'
import { readConfig } from '../config.ts'
import type { Clock } from '../kernel/time.ts'
import type { Engine } from '../store/engine.ts'
import { migratedEngine } from './migrated-engine.ts'

export const ROOT = fileURLToPath(new URL('../..', import.meta.url))

export type TestAirworthy = Airworthy & {
  /** As the owner. */
  readonly client: Client
  readonly options: ClientOptions & { readonly token: string }
  readonly data: string
  readonly printed: readonly string[]
  /** The database itself, for tests that hold it up. */
  readonly engine: Engine
  /** The rows of these tables as text, to search for what must not be there. */
  rowsOf(tables: readonly string[]): Promise<string>
  /** Another person with a role, and a client that acts as this person. */
  person(name: string, role: Role): Promise<Client>
}

/** Started without the example. Call `close` at the end, or use `await using`. */
export async function testAirworthy({
  clock,
  environment = {},
}: {
  clock?: Clock
  environment?: Record<string, string>
} = {}): Promise<TestAirworthy & AsyncDisposable> {
  const data = mkdtempSync(join(tmpdir(), 'airworthy-test-'))
  const printed: string[] = []
  const engine = await migratedEngine()
  const airworthy = await startAirworthy({
    config: readConfig({ AIRWORTHY_DATA: data, AIRWORTHY_PORT: '0', AIRWORTHY_EXAMPLE: '0', ...environment }),
    root: ROOT,
    print: (line) => printed.push(line),
    store: { engine, queueSchema: engine.queueSchema },
    pages: false,
    ...(clock && { clock }),
  })
  const options = { baseUrl: airworthy.url, token: airworthy.ownerToken }
  const client = createClient(options)
  const close = async () => {
    await airworthy.close()
    await engine.close()
    rmSync(data, { recursive: true, force: true })
  }
  return {
    ...airworthy,
    client,
    options,
    data,
    printed,
    engine,
    async rowsOf(tables) {
      const connection = await engine.acquire()
      try {
        const found = []
        for (const table of tables)
          found.push(...(await connection.script(`select t::text as row from ${table} t`)).rows)
        return found.map(({ row }) => String(row)).join('\n')
      } finally {
        connection.release()
      }
    },
    close,
    [Symbol.asyncDispose]: close,
    async person(name, role) {
      const actor = await client.createActor({ body: { name, role } })
      const { secret } = await client.createKey({ body: { name, role, actor: actor.id } })
      return createClient({ baseUrl: airworthy.url, token: secret })
    },
  }
}
