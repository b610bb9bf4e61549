/**
 * The program as plain JavaScript, because Node strips no types below `node_modules`. Only what the two entries reach
 * goes along, so that tests stay out by themselves; lines keep their numbers, so that a stack trace fits the sources.
 */
import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { stripTypeScriptTypes } from 'node:module'
import { dirname, join, relative } from 'node:path'

/** Imports, late imports, and what a module opens by its own address: workers and files beside it. */
const NEIGHBOUR = /(\bfrom\s*|\bimport\s*\(?\s*|\bnew URL\(\s*)(['"])(\.{1,2}\/[^'"]+\.\w+)\2/g

/**
 * Writes what the entries reach below `root` into the same places below `into`.
 * @returns the paths of the sources, sorted
 */
export function compile(root: string, entries: readonly string[], into: string): string[] {
  const reached = new Set<string>()
  const waiting = [...entries]
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    if (reached.has(path)) continue
    reached.add(path)
    const place = join(into, path.replace(/\.ts$/, '.js'))
    mkdirSync(dirname(place), { recursive: true })
    if (!path.endsWith('.ts')) {
      cpSync(join(root, path), place)
      continue
    }
    const code = withoutTypes(readFileSync(join(root, path), 'utf8'))
    for (const neighbour of neighboursIn(code)) {
      const found = relative(root, join(root, dirname(path), neighbour))
      if (!existsSync(join(root, found))) throw new Error(`${path} asks for ${neighbour}, which is not there.`)
      waiting.push(found)
    }
    writeFileSync(
      place,
      code.replaceAll(NEIGHBOUR, (whole) => whole.replace(/\.ts(['"])$/, '.js$1')),
    )
  }
  return [...reached].sort()
}

const withoutTypes = (source: string): string => stripTypeScriptTypes(source, { mode: 'strip' })

const neighboursIn = (code: string): string[] => [...code.matchAll(NEIGHBOUR)].map(([, , , path = '']) => path)
