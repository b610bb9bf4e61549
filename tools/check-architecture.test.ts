import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { type Files, manifest, plan, plantHouse } from './architecture/planted-house.ts'
import { survey } from './architecture/survey.ts'
import { findingsOf } from './check-architecture.ts'

function findingsWith(files: Files): string[] {
  using house = plantHouse(files)
  return findingsOf(survey(house.root)).map(({ file, line, rule }) => `${file}:${line} ${rule}`)
}

const planWith = (changes: object): string => JSON.stringify({ ...plan, ...changes })

test('a clean house passes', () => {
  expect(findingsWith({})).toEqual([])
})

test.for<{ fault: string; files: Files; finding: string }>([
  { fault: 'a file without a place', files: { 'src/odd/odd.ts': '' }, finding: 'src/odd/odd.ts:1 place' },
  {
    fault: 'an edge that is not listed',
    files: { 'src/core/check.ts': "\nimport { open } from '../store/database.ts'\nexport const x = open" },
    finding: 'src/core/check.ts:2 edge',
  },
  {
    fault: 'an edge by types alone',
    files: { 'src/store/row.ts': "import type { Gate } from '../core/gate.ts'\nexport type X = typeof Gate" },
    finding: 'src/store/row.ts:1 edge',
  },
  {
    fault: 'an edge by a type query',
    files: { 'src/store/row.ts': "export type X = import('../core/gate.ts').Digest" },
    finding: 'src/store/row.ts:1 edge',
  },
  {
    fault: 'an edge by a re-export',
    files: { 'src/store/row.ts': "export { Gate } from '../core/gate.ts'" },
    finding: 'src/store/row.ts:1 edge',
  },
  {
    fault: 'an edge by a dynamic import',
    files: { 'src/store/row.ts': "export const x = () => import('../core/gate.ts')" },
    finding: 'src/store/row.ts:1 edge',
  },
  {
    fault: 'an edge to a worker',
    files: { 'src/store/row.ts': "export const x = new URL('../core/gate.ts', import.meta.url)" },
    finding: 'src/store/row.ts:1 edge',
  },
  {
    fault: 'an edge to the settings',
    files: { 'src/models/cards.ts': "import { settings } from '../config.ts'\nexport const x = settings" },
    finding: 'src/models/cards.ts:1 edge',
  },
  {
    fault: 'a test that reaches further than its folder may',
    files: { 'src/models/cards.test.ts': "import { createFlows } from '../flows/index.ts'\ncreateFlows(1)" },
    finding: 'src/models/cards.test.ts:1 edge',
  },
  {
    fault: 'an import past the front door',
    files: { 'src/flows/run.ts': "import { send } from '../models/upstream.ts'\nexport const x = send" },
    finding: 'src/flows/run.ts:1 front-door',
  },
  {
    fault: 'a contract that is imported by file',
    files: { 'src/flows/run.ts': "import { listModels } from '../models/contract.ts'\nexport const x = listModels" },
    finding: 'src/flows/run.ts:1 front-door',
  },
  {
    fault: 'a look inside a sub-slice',
    files: {
      'src/flows/tools/http.ts': 'export const x = 1',
      'src/flows/run.ts': "export { x } from './tools/http.ts'",
    },
    finding: 'src/flows/run.ts:1 front-door',
  },
  {
    fault: 'a contract in the command line',
    files: { 'src/cli/list.ts': "import { listModels } from '../models/contract.ts'\nexport const x = listModels" },
    finding: 'src/cli/list.ts:1 edge',
  },
  {
    fault: 'test help in the product',
    files: { 'src/flows/run.ts': "import { given } from '../testing/given.ts'\nexport const x = given" },
    finding: 'src/flows/run.ts:1 tests-only',
  },
  {
    fault: 'test help in the composition root, which uses everything else',
    files: {
      'src/airworthy.ts': "import { given } from './testing/given.ts'\nexport const server = given",
      'src/testing/given.ts': 'export const given = 1',
    },
    finding: 'src/airworthy.ts:1 tests-only',
  },
  {
    fault: "another folder's package",
    files: { 'src/flows/run.ts': "import type { Dispatcher } from 'undici'\nexport type X = Dispatcher" },
    finding: 'src/flows/run.ts:1 package',
  },
  {
    fault: 'a test package in the product',
    files: { 'src/flows/run.ts': "import { vi } from 'vitest'\nexport const x = vi" },
    finding: 'src/flows/run.ts:1 package',
  },
  {
    fault: 'a package that nobody lists',
    files: { 'src/flows/run.ts': "import pad from 'left-pad'\nexport const x = pad" },
    finding: 'src/flows/run.ts:1 package',
  },
  {
    fault: 'a dependency without an owner',
    files: { 'package.json': JSON.stringify({ ...manifest, dependencies: { ...manifest.dependencies, yaml: '1' } }) },
    finding: 'package.json:1 package',
  },
  {
    fault: 'an owned package that is not installed',
    files: { 'architecture.json': planWith({ everywhere: ['zod', 'lodash'] }) },
    finding: 'architecture.json:1 package',
  },
  {
    fault: 'a package with two owners',
    files: { 'architecture.json': planWith({ everywhere: ['zod', 'undici'] }) },
    finding: 'architecture.json:1 package',
  },
  {
    fault: 'a package of the server among the devDependencies',
    files: {
      'package.json': JSON.stringify({
        dependencies: { ...manifest.dependencies, undici: undefined },
        devDependencies: { ...manifest.devDependencies, undici: '1' },
      }),
    },
    finding: 'src/models/upstream.ts:1 package',
  },
  {
    fault: 'a built-in in core',
    files: { 'src/core/check.ts': "import { join } from 'node:path'\nexport const x = join" },
    finding: 'src/core/check.ts:1 pure-core',
  },
  {
    fault: 'a date in core',
    files: { 'src/core/check.ts': 'export const x = (t: string) => new Date(t)' },
    finding: 'src/core/check.ts:1 pure-core',
  },
  {
    fault: 'chance in core',
    files: { 'src/core/check.ts': '\nexport const x = Math.random' },
    finding: 'src/core/check.ts:2 pure-core',
  },
  {
    fault: 'the present instant',
    files: { 'src/flows/run.ts': 'export const x = () => new Date()' },
    finding: 'src/flows/run.ts:1 clock',
  },
  {
    fault: 'a clock as a value',
    files: { 'src/flows/run.ts': 'export const x = { clock: Date.now }' },
    finding: 'src/flows/run.ts:1 clock',
  },
  {
    fault: 'a stopwatch',
    files: { 'src/flows/run.ts': 'export const x = performance.now()' },
    finding: 'src/flows/run.ts:1 clock',
  },
  {
    fault: 'chance',
    files: { 'src/flows/run.ts': 'export const x = globalThis.Math ? 1 : Math.random()' },
    finding: 'src/flows/run.ts:1 clock',
  },
  {
    fault: 'random bytes',
    files: { 'src/flows/run.ts': "import { randomBytes } from 'node:crypto'\nexport const x = randomBytes" },
    finding: 'src/flows/run.ts:1 clock',
  },
  {
    fault: 'random bytes of a namespace',
    files: { 'src/flows/run.ts': "import * as crypto from 'node:crypto'\nexport const x = crypto.randomUUID()" },
    finding: 'src/flows/run.ts:2 clock',
  },
  {
    fault: 'a setting read elsewhere',
    files: { 'src/flows/run.ts': 'export const x = process.env.HOME' },
    finding: 'src/flows/run.ts:1 environment',
  },
  {
    fault: 'a setting read by import',
    files: { 'src/flows/run.ts': "import { env } from 'node:process'\nexport const x = env" },
    finding: 'src/flows/run.ts:1 environment',
  },
  {
    fault: 'a call by fetch',
    files: { 'src/flows/run.ts': "export const x = () => fetch('x')" },
    finding: 'src/flows/run.ts:1 network',
  },
  {
    fault: 'a hidden call by fetch',
    files: { 'src/flows/run.ts': 'export const x = globalThis.fetch' },
    finding: 'src/flows/run.ts:1 network',
  },
  {
    fault: 'a web socket',
    files: { 'src/flows/run.ts': "export const x = () => new WebSocket('x')" },
    finding: 'src/flows/run.ts:1 network',
  },
  {
    fault: 'a request by node:http',
    files: { 'src/flows/run.ts': "import { request } from 'node:http'\nexport const x = request" },
    finding: 'src/flows/run.ts:1 network',
  },
  {
    fault: 'a socket',
    files: { 'src/flows/run.ts': "import * as net from 'node:net'\nexport const x = net" },
    finding: 'src/flows/run.ts:1 network',
  },
  {
    fault: 'a name looked up',
    files: { 'src/flows/run.ts': "import { lookup } from 'node:dns/promises'\nexport const x = lookup" },
    finding: 'src/flows/run.ts:1 network',
  },
  {
    fault: 'a port opened',
    files: { 'src/flows/run.ts': "import { createServer } from 'node:http'\nexport const x = createServer" },
    finding: 'src/flows/run.ts:1 network',
  },
  {
    fault: 'kysely outside a store',
    files: { 'src/flows/run.ts': "import type { Kysely } from 'kysely'\nexport type X = Kysely<unknown>" },
    finding: 'src/flows/run.ts:1 sql',
  },
  {
    fault: 'an sql template outside a store',
    files: { 'src/flows/run.ts': 'export const x = (sql: Tag) => sql`select 1`' },
    finding: 'src/flows/run.ts:1 sql',
  },
  {
    fault: "another slice's table",
    files: { 'src/flows/store.ts': "export const x = (db: Db) => db.selectFrom('modelCards')" },
    finding: 'src/flows/store.ts:1 tables',
  },
  {
    fault: "a join with another slice's table",
    files: {
      'src/flows/migrations.ts': "export const x = (db: Db) => db.createTable('runs')",
      'src/flows/store.ts':
        "export const x = (db: Db) =>\n  db.selectFrom('runs').leftJoin('model_cards as m', 'm.id', 'runs.model')",
    },
    finding: 'src/flows/store.ts:2 tables',
  },
  {
    fault: "another slice's table in raw SQL",
    files: { 'src/flows/store.ts': 'export const x = (sql: Tag) => sql`delete from model_cards where true`' },
    finding: 'src/flows/store.ts:1 tables',
  },
  {
    fault: "another slice's table in a migration of plain SQL",
    files: {
      'src/flows/migrations.ts':
        "export const x = [`create table runs (id text)`,\n'alter table model_cards add x int']\n",
      'src/flows/store.ts': "export const own = tablesOf({ runs: Run })\nexport const x = db.selectFrom('runs')",
    },
    finding: 'src/flows/migrations.ts:2 tables',
  },
  {
    fault: 'a typed table that no migration creates',
    files: { 'src/flows/store.ts': 'export const own = tablesOf({ runs: Run })' },
    finding: 'src/flows/store.ts:1 tables',
  },
  {
    fault: "a foreign key to another slice's table",
    files: { 'src/flows/migrations.ts': "export const x = (c: Column) => c.references('model_cards.id')" },
    finding: 'src/flows/migrations.ts:1 tables',
  },
  {
    fault: 'a table that no migration creates',
    files: { 'src/flows/store.ts': "export const x = (db: Db) => db.insertInto('ghosts')" },
    finding: 'src/flows/store.ts:1 tables',
  },
  {
    fault: 'a circle of files',
    files: {
      'src/models/a.ts': "import type { b } from './b.ts'\nexport const a = 1 as typeof b",
      'src/models/b.ts': "import { a } from './a.ts'\nexport const b = a",
    },
    finding: 'src/models/a.ts:1 circle',
  },
  {
    fault: 'a circle of folders in the plan',
    files: {
      'architecture.json': planWith({
        folders: { ...plan.folders, 'src/kernel': { uses: ['src/core'], packages: ['canonicalize'] } },
      }),
    },
    finding: 'architecture.json:1 circle',
  },
  {
    fault: 'a source file that is too long',
    files: { 'src/flows/long.ts': '\n'.repeat(301) },
    finding: 'src/flows/long.ts:1 length',
  },
  {
    fault: 'a test file that is too long',
    files: { 'src/flows/long.test.ts': '\n'.repeat(401) },
    finding: 'src/flows/long.test.ts:1 length',
  },
  { fault: 'a file with an empty name', files: { 'src/flows/utils.ts': '' }, finding: 'src/flows/utils.ts:1 name' },
  {
    fault: 'a folder with an empty name',
    files: { 'src/flows/common/run.ts': '' },
    finding: 'src/flows/common/run.ts:1 name',
  },
  {
    fault: 'a default export',
    files: { 'src/flows/run.ts': '\nexport default 1' },
    finding: 'src/flows/run.ts:2 export',
  },
  {
    fault: 'a star export',
    files: { 'src/flows/run.ts': "export * from './flows.ts'" },
    finding: 'src/flows/run.ts:1 export',
  },
  {
    fault: 'an old picture',
    files: { 'ARCHITECTURE.md': '# House\n<!-- picture:start -->\nold\n<!-- picture:end -->\n' },
    finding: 'ARCHITECTURE.md:2 picture',
  },
])('catches $fault', ({ files, finding }) => {
  expect(findingsWith(files)).toEqual([finding])
})

test('catches a circle of folders that their files do not close', () => {
  const found = findingsWith({
    'architecture.json': planWith({
      folders: { ...plan.folders, 'src/core': { uses: ['*'] }, 'src/store': { uses: ['src/core', 'src/kernel'] } },
    }),
    'src/core/row.ts': "import type { open } from '../store/database.ts'\nexport type X = typeof open",
    'src/store/gate.ts': "import type { Gate } from '../core/gate.ts'\nexport type X = typeof Gate",
  })
  expect(found).toEqual(['src/core/row.ts:1 circle'])
})

test('lets the code that is generated be long', () => {
  const files = {
    'architecture.json': planWith({ generated: ['sdk/src/index.ts'] }),
    'sdk/src/index.ts': `export const client = 1\n${'\n'.repeat(400)}`,
  }
  expect(findingsWith(files)).toEqual([])
})

test('says which line of the plan is wrong', () => {
  using house = plantHouse({ 'architecture.json': planWith({ folders: { 'src/kernel': { usse: [] } } }) })
  expect(() => survey(house.root)).toThrow(/folders\["?src\/kernel/)
})

test('draws the picture once, and finds it up to date afterwards', async () => {
  using house = plantHouse({ 'ARCHITECTURE.md': '# House\n<!-- picture:start --><!-- picture:end -->\nbelow\n' })
  const { writePicture } = await import('./architecture/picture.ts')

  expect(writePicture(survey(house.root))).toBe(true)

  const text = readFileSync(join(house.root, 'ARCHITECTURE.md'), 'utf8')
  expect(text).toContain('src_flows --> src_models')
  expect(text).toContain('| `src/flows` | 3 | 100 | models |')
  expect(text.endsWith('<!-- picture:end -->\nbelow\n')).toBe(true)
  expect(findingsOf(survey(house.root))).toEqual([])
})
