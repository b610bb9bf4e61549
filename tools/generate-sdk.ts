/**
 * Writes what follows from the routes of all slices: `sdk/operations.ts`, `sdk/index.ts`, and `docs/permissions.md`
 * for people. With `--check` it changes nothing and fails when they differ from what it would write.
 */
import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { z } from 'zod'
import { PERMISSIONS } from '../src/access/index.ts'
import type { RouteShape } from '../src/wire/route.ts'
import { writePermissions } from './sdk/write-permissions.ts'
import { writeSdk } from './sdk/write-sdk.ts'

const ROOT = fileURLToPath(new URL('..', import.meta.url))

/** The text of each file. */
export async function generateSdk(): Promise<Record<string, string>> {
  const modules = await Promise.all(contractsIn(join(ROOT, 'src')).map((path) => import(pathToFileURL(path).href)))
  const routes = new Map<string, RouteShape>()
  for (const module of modules)
    for (const [, value] of byName(module))
      for (const one of Array.isArray(value) ? value : [value]) if (isRoute(one)) routes.set(one.name, one)
  const named = await namedSchemas(modules)
  // What other programs speak in a protocol of their own needs no method here.
  const ours = [...routes.values()].filter(({ protocol }) => protocol === undefined)
  const operations = writeSdk(ours, named)
  return {
    'sdk/operations.ts': formatted('sdk/operations.ts', operations),
    'sdk/index.ts': formatted('sdk/index.ts', indexOf(Object.keys(named))),
    'docs/permissions.md': writePermissions([...routes.values()], PERMISSIONS),
  }
}

/** As the formatter wants it, so that what is written passes the same check as what is typed. */
function formatted(path: string, text: string): string {
  const biome = join(ROOT, 'node_modules', '@biomejs', 'biome', 'bin', 'biome')
  return execFileSync(process.execPath, [biome, 'check', '--write', `--stdin-file-path=${path}`], {
    cwd: ROOT,
    input: text,
    encoding: 'utf8',
    stdio: ['pipe', 'pipe', 'ignore'],
  })
}

function contractsIn(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .flatMap((entry) => {
      const contract = join(folder, entry.name, 'contract.ts')
      const subSlices = readdirSync(join(folder, entry.name), { withFileTypes: true }).filter((inner) =>
        inner.isDirectory(),
      )
      return [contract, ...subSlices.map((inner) => join(folder, entry.name, inner.name, 'contract.ts'))].filter(
        existsSync,
      )
    })
    .sort()
}

/** In the order of Node's own modules, also where something else loads them. */
const byName = (module: Record<string, unknown>): [string, unknown][] =>
  Object.entries(module).sort(([one], [other]) => (one < other ? -1 : 1))

const isRoute = (value: unknown): value is RouteShape =>
  typeof value === 'object' &&
  value !== null &&
  'method' in value &&
  'path' in value &&
  'returns' in value &&
  'permission' in value

/** Objects of core and of the contracts get their own type in the SDK, under their own name. */
async function namedSchemas(modules: readonly Record<string, unknown>[]): Promise<Record<string, z.ZodType>> {
  const core = readdirSync(join(ROOT, 'src', 'core')).filter((name) => /^[a-z-]+\.ts$/.test(name))
  const cores = await Promise.all(core.map((name) => import(pathToFileURL(join(ROOT, 'src', 'core', name)).href)))
  const served = await Promise.all(
    ['delivery/served.ts']
      .map((name) => join(ROOT, 'src', name))
      .filter(existsSync)
      .map((path) => import(pathToFileURL(path).href)),
  )
  const named: Record<string, z.ZodType> = {}
  for (const module of [...cores, ...served, ...modules])
    for (const [name, value] of byName(module))
      if (
        /^[A-Z]/.test(name) &&
        name !== 'Page' &&
        (value instanceof z.ZodObject || value instanceof z.ZodEnum || value instanceof z.ZodDiscriminatedUnion)
      )
        named[name] ??= value
  return named
}

function indexOf(types: readonly string[]): string {
  const list = [...types].sort()
  return [
    '// Written by tools/generate-sdk.ts; do not edit. The public surface of the SDK, name by name.',
    `export { type Answer, ask, askInPieces, type Question } from './ask.ts'`,
    `export { AirworthyError, type CallOptions, type ClientOptions } from './client.ts'`,
    `export { eventsOf, type ServerSentEvent } from './events.ts'`,
    `export { airworthyMatchers, type SuiteDemand } from './matchers.ts'`,
    `export { all } from './pages.ts'`,
    `export { type Changed, watch } from './watch.ts'`,
    'export {',
    ...[
      'type Client',
      'createClient',
      'type OperationName',
      'operationNames',
      'placeInputs',
      ...list.map((name) => `type ${name}`),
    ].map((name) => `  ${name},`),
    `} from './operations.ts'`,
    '',
  ].join('\n')
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const isCheck = process.argv.includes('--check')
  for (const [path, text] of Object.entries(await generateSdk())) {
    const place = join(ROOT, path)
    const before = existsSync(place) ? readFileSync(place, 'utf8') : ''
    if (before === text) continue
    if (isCheck) {
      console.error(`${path} differs from the routes. Run \`npm run generate:sdk\` and commit it.`)
      process.exitCode = 1
    } else writeFileSync(place, text)
  }
}
