/**
 * Which test files the engine of the run can matter to: those whose imports lead to `src/testing/engine.ts`, which alone
 * knows it. All others would do the same on either engine, so they run on one.
 */
import { existsSync, readFileSync } from 'node:fs'
import { join, posix } from 'node:path'
import { parseSync } from 'oxc-parser'

const ENGINE_OF_THE_RUN = 'src/testing/engine.ts'

/** The test files that lead there, of `files`; paths are relative to `root`, with slashes. */
export function engineBound(root: string, files: readonly string[]): string[] {
  const imports = new Map<string, readonly string[]>()
  const importsOf = (path: string): readonly string[] => {
    const found = imports.get(path) ?? readImports(root, path)
    imports.set(path, found)
    return found
  }
  return files.filter((file) => {
    const seen = new Set([file])
    for (const path of seen) for (const imported of importsOf(path)) seen.add(imported)
    return seen.has(ENGINE_OF_THE_RUN)
  })
}

/** Files of the repository; packages lead nowhere, and types are gone when a test runs. */
function readImports(root: string, path: string): string[] {
  const text = readFileSync(join(root, path), 'utf8')
  const { staticImports, staticExports, dynamicImports } = parseSync(path, text).module
  const specifiers = [
    ...staticImports
      .filter(({ entries }) => entries.length === 0 || entries.some(({ isType }) => !isType))
      .map(({ moduleRequest }) => moduleRequest.value),
    ...staticExports.flatMap(({ entries }) =>
      entries.flatMap(({ moduleRequest, isType }) => (moduleRequest && !isType ? [moduleRequest.value] : [])),
    ),
    ...dynamicImports.map(({ moduleRequest }) => text.slice(moduleRequest.start + 1, moduleRequest.end - 1)),
  ]
  return specifiers
    .filter((specifier) => specifier.startsWith('.'))
    .map((specifier) => posix.join(posix.dirname(path), specifier))
    .filter((imported) => /\.tsx?$/.test(imported) && existsSync(join(root, imported)))
}
