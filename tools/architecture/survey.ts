/** The survey of a repository that every rule reads: its sources, where each one lives, and who imports whom. */
import { existsSync, globSync, readFileSync } from 'node:fs'
import { isBuiltin } from 'node:module'
import { dirname, join, posix } from 'node:path'
import { z } from 'zod'
import { type House, type Place, placeOf, readHouse } from './house.ts'
import { type Import, parseSource, type Source } from './source.ts'

/** An import of one of our files by another. */
export type Edge = { from: Source; to: Source; by: Import }

/** An import of an npm package. */
export type PackageUse = { from: Source; name: string; by: Import }

/** Everything that the rules read; built once. */
export type Survey = {
  root: string
  house: House
  dependencies: ReadonlySet<string>
  developmentDependencies: ReadonlySet<string>
  sources: readonly Source[]
  edges: readonly Edge[]
  packageUses: readonly PackageUse[]
  /** Where a file lives, or undefined when the plan has no place for it. */
  placeOf: (path: string) => Place | undefined
}

/** Reads every TypeScript file of the house below `root`. */
export function survey(root: string): Survey {
  const house = readHouse(root)
  const manifest = Manifest.parse(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')))
  const sources = filesOf(root).map((path) => parseSource(path, readFileSync(join(root, path), 'utf8')))
  const byPath = new Map(sources.map((source) => [source.path, source]))
  const slices = new Set(sources.filter(({ path }) => path.endsWith('/index.ts')).map(({ path }) => dirname(path)))
  const ours = ownPackages(root, house)

  const uses = sources.flatMap((from) =>
    from.imports.map((by) => ({ from, by, path: resolve(from.path, by.specifier, byPath, ours) })),
  )
  return {
    root,
    house,
    dependencies: new Set(Object.keys(manifest.dependencies)),
    developmentDependencies: new Set(Object.keys(manifest.devDependencies)),
    sources,
    edges: uses.flatMap(({ from, by, path }) => {
      const to = path === undefined ? undefined : byPath.get(path)
      return to ? [{ from, to, by }] : []
    }),
    packageUses: uses.flatMap(({ from, by, path }) => {
      const name = packageOf(by.specifier)
      return path === undefined && name !== undefined ? [{ from, by, name }] : []
    }),
    placeOf: (path) => placeOf(house, slices, path),
  }
}

/** Whether the file is part of the running server: under `src/`, and neither a test nor a help of tests. */
export function isProduct({ placeOf }: Survey, { path, isTest }: Source): boolean {
  return path.startsWith('src/') && !isTest && !placeOf(path)?.folder.testsOnly
}

/** The npm package that a specifier names: `@hono/node-server` of `@hono/node-server/serve-static`. */
export function packageOf(specifier: string): string | undefined {
  if (/^[./#]/.test(specifier) || isBuiltin(specifier)) return undefined
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/')
}

const Manifest = z.object({
  dependencies: z.record(z.string(), z.string()).default({}),
  devDependencies: z.record(z.string(), z.string()).default({}),
})

const filesOf = (root: string): string[] =>
  globSync('{src,sdk,web,tools,examples,bench}/**/*.{ts,tsx}', {
    cwd: root,
    exclude: (path) => /(^|[\\/])(node_modules|dist|\.airworthy)$/.test(path),
  })
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => !/\/(node_modules|dist|\.airworthy)\//.test(path))
    .sort()

function resolve(
  from: string,
  specifier: string,
  byPath: ReadonlyMap<string, Source>,
  ours: ReadonlyMap<string, string>,
): string | undefined {
  const folder = ours.get(specifier)
  if (folder !== undefined) return [`${folder}/index.ts`, `${folder}/src/index.ts`].find((path) => byPath.has(path))
  if (!specifier.startsWith('.')) return undefined
  const path = posix.join(posix.dirname(from), specifier.replace(/\?.*$/, ''))
  return [path, `${path}.ts`, `${path}.tsx`, `${path}/index.ts`].find((one) => byPath.has(one))
}

/** Folders of the house that are packages themselves (the SDK), by their package name. */
const ownPackages = (root: string, house: House): Map<string, string> =>
  new Map(
    Object.keys(house.folders).flatMap((folder) => {
      const file = join(root, folder, 'package.json')
      if (!existsSync(file)) return []
      return [[z.object({ name: z.string() }).parse(JSON.parse(readFileSync(file, 'utf8'))).name, folder]]
    }),
  )
