/** A small house in a temporary folder, for tests that plant one fault in it and look for the finding. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

/** Files by path; writing one over replaces it, `undefined` takes it away. */
export type Files = Record<string, string | undefined>

/** Builds the clean house with the given files over it; disposing takes it down. */
export function plantHouse(files: Files = {}): { root: string; [Symbol.dispose]: () => void } {
  const root = mkdtempSync(join(tmpdir(), 'airworthy-house-'))
  for (const [path, text] of Object.entries({ ...clean, ...files })) {
    if (text === undefined) continue
    mkdirSync(dirname(join(root, path)), { recursive: true })
    writeFileSync(join(root, path), text)
  }
  return { root, [Symbol.dispose]: () => rmSync(root, { recursive: true, force: true }) }
}

/** The plan of the clean house. */
export const plan = {
  folders: {
    'src/kernel': { uses: [], packages: ['canonicalize'] },
    'src/core': { uses: ['src/kernel'] },
    'src/store': { uses: ['src/kernel'] },
    'src/models': { uses: ['src/kernel', 'src/core', 'src/store'], packages: ['undici'] },
    'src/flows': { uses: ['src/kernel', 'src/core', 'src/models', 'src/store'] },
    'src/cli': { uses: ['sdk'] },
    'src/testing': { uses: ['*'], testsOnly: true },
    sdk: { uses: [] },
  },
  files: { 'src/airworthy.ts': { uses: ['*'] }, 'src/config.ts': { uses: ['src/kernel'] } },
  everywhere: ['zod'],
  storeOnly: ['kysely'],
  development: ['vitest'],
  root: ['node'],
  network: ['src/models/upstream.ts', 'src/flows/tools/*', 'sdk/*'],
  listeners: ['src/airworthy.ts'],
}

/** The manifest of the clean house. */
export const manifest = {
  dependencies: { canonicalize: '1', undici: '1', zod: '1', kysely: '1', node: '1' },
  devDependencies: { vitest: '1', '@types/node': '1' },
}

const clean: Files = {
  'architecture.json': JSON.stringify(plan),
  'package.json': JSON.stringify(manifest),
  'ARCHITECTURE.md': '# The house\n',
  'src/airworthy.ts': [
    "import { createServer } from 'node:http'",
    "import { settings } from './config.ts'",
    "import { createFlows } from './flows/index.ts'",
    'export const server = () => createServer((_, answer) => answer.end(createFlows(settings)))',
  ].join('\n'),
  'src/config.ts': 'export const settings = process.env',
  'src/kernel/digest.ts': "import canonicalize from 'canonicalize'\nexport const digest = canonicalize",
  'src/kernel/time.ts':
    "import { randomUUID } from 'node:crypto'\nexport const clock = () => new Date()\nexport const chance = Math.random\nexport const id = randomUUID",
  'src/core/gate.ts':
    "import type { digest } from '../kernel/digest.ts'\nimport { z } from 'zod'\nexport const Gate = z.string()\nexport type Digest = typeof digest",
  'src/store/database.ts':
    "import { Kysely, sql } from 'kysely'\nexport const open = () => sql`select 1 from pg_locks`\nexport { Kysely }",
  'src/models/index.ts': "export { createModels } from './models.ts'",
  'src/models/models.ts':
    "import { send } from './upstream.ts'\nexport const createModels = (fetch = send) => fetch('x')",
  'src/models/upstream.ts': "import { request } from 'undici'\nexport const send = request",
  'src/models/migrations.ts': "export const first = (db: Db) => db.schema.createTable('model_cards')",
  'src/models/store.ts':
    "import type { Kysely } from 'kysely'\nexport const cards = (db: Kysely<unknown>) => db.selectFrom('modelCards as m').selectAll()",
  'src/flows/index.ts': "export { createFlows } from './flows.ts'\nexport { listTools } from './tools/index.ts'",
  'src/flows/flows.ts':
    "import { createModels } from '../models/index.ts'\nexport const createFlows = (_: unknown) => setTimeout(createModels, 5)",
  'src/flows/flows.test.ts':
    "import { expect } from 'vitest'\nimport { given } from '../testing/given.ts'\nimport { createFlows } from './flows.ts'\nexpect(fetch(given), Date.now()).toBe(createFlows)",
  'src/flows/tools/index.ts': 'export const listTools = () => fetch("x")',
  'src/testing/given.ts': "import { server } from '../airworthy.ts'\nexport const given = server",
  'src/cli/help.ts': "import { client } from '../../sdk/src/index.ts'\nexport const help = client",
  'sdk/src/index.ts': 'export const client = () => fetch("x")',
  'src/models/contract.ts': 'export const listModels = 1',
  'tools/generate-sdk.ts': "import { listModels } from '../src/models/contract.ts'\nexport const routes = [listModels]",
}
