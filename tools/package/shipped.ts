/** The packages of others that reach a user: what an install brings, and what the pages were built from. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'

const Entry = z.object({
  version: z.string().optional(),
  license: z.string().optional(),
  dev: z.boolean().optional(),
  dependencies: z.record(z.string(), z.string()).optional(),
})
const Lock = z.object({ packages: z.record(z.string(), Entry) })

export type Shipped = {
  readonly name: string
  readonly version: string
  readonly licence: string
  /** installed: comes as its own package; built-in: part of our pages. */
  readonly how: 'installed' | 'built-in'
  /** Where its licence text is, below its own folder; undefined when it brings none. */
  readonly file: string | undefined
  readonly text: string | undefined
}

/** Of the packages of `web`, those that only run while the pages are built. */
const BUILDERS = new Set(['vite', '@vitejs/plugin-react', '@tailwindcss/vite'])

/** @param webPackages what the pages import, by `architecture.json` */
export function shippedPackages(root: string, webPackages: readonly string[]): Shipped[] {
  const { packages } = Lock.parse(JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')))
  const installed = Object.keys(packages).filter((place) => place !== '' && packages[place]?.dev !== true)
  const builtIn = reachedFrom(
    webPackages.filter((name) => !BUILDERS.has(name)).map((name) => `node_modules/${name}`),
    packages,
  )
  return [
    ...installed.map((place) => describe(root, place, packages[place], 'installed')),
    ...builtIn.map((place) => describe(root, place, packages[place], 'built-in')),
  ].sort((one, other) => (`${one.name}@${one.version}` < `${other.name}@${other.version}` ? -1 : 1))
}

/** The places in the lockfile that these packages need, themselves included. */
function reachedFrom(places: readonly string[], packages: z.infer<typeof Lock>['packages']): string[] {
  const reached = new Set<string>()
  const waiting = [...places]
  for (let place = waiting.pop(); place !== undefined; place = waiting.pop()) {
    if (reached.has(place)) continue
    reached.add(place)
    for (const name of Object.keys(packages[place]?.dependencies ?? {})) {
      const nested = `${place}/node_modules/${name}`
      waiting.push(nested in packages ? nested : `node_modules/${name}`)
    }
  }
  return [...reached]
}

function describe(root: string, place: string, entry: z.infer<typeof Entry> | undefined, how: Shipped['how']): Shipped {
  const folder = join(root, place)
  const file = existsSync(folder)
    ? readdirSync(folder)
        .sort()
        .find((name) => /^(licen[cs]e|copying|unlicense)/i.test(name))
    : undefined
  return {
    name: place.replace(/^.*node_modules\//, ''),
    version: entry?.version ?? 'unknown',
    licence: entry?.license ?? 'unknown',
    how,
    file,
    text: file === undefined ? undefined : readFileSync(join(folder, file), 'utf8'),
  }
}
