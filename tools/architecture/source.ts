/**
 * One source file as the rules see it: its imports, its exports, and the globals, tables and SQL that it names.
 *
 * Read with a real parser, because type-only imports are edges too and a word in a comment is none.
 */
import { type EcmaScriptModule, parseSync, type StaticImport } from 'oxc-parser'
import { readGlobals } from './globals.ts'
import { readLateImports } from './late-imports.ts'
import { readQueries } from './queries.ts'

/** Something named at a line. */
export type Mention = { line: number; name: string }

/** An import of a file or a package; `values` are the imported names that exist at run time, `*` is all. */
export type Import = {
  line: number
  specifier: string
  kind: 'static' | 'dynamic' | 'worker'
  typeOnly: boolean
  values: readonly string[]
}

/** A parsed source file; `path` is relative to the repository, with slashes. */
export type Source = {
  path: string
  lines: number
  /** A test, or the examples that tests of one folder share (`*.example.ts`). */
  isTest: boolean
  imports: readonly Import[]
  defaultExports: readonly number[]
  starExports: readonly number[]
  globals: readonly Mention[]
  members: readonly Mention[]
  tables: readonly Mention[]
  created: readonly string[]
  expressions: readonly string[]
  sql: readonly Mention[]
  statements: readonly Mention[]
}

/** Parses one file. Broken syntax is the type check's matter: what could be read is returned. */
export function parseSource(path: string, text: string): Source {
  const { module, program } = parseSync(path, text)
  const lineAt = lineFinder(text)
  const mention = ({ name, start }: { name: string; start: number }): Mention => ({ line: lineAt(start), name })
  const { globals, members } = readGlobals(program, module.staticImports.flatMap(localNames))
  const { tables, created, expressions, sql, statements } = readQueries(program)

  return {
    path,
    lines: text.split('\n').length - (text.endsWith('\n') ? 1 : 0),
    isTest: /\.(test|example)\.tsx?$/.test(path),
    imports: [
      ...module.staticImports.map((one) => readImport(one, lineAt)),
      ...readReExports(module, lineAt),
      ...readLateImports(program).map(
        ({ start, ...rest }): Import => ({ ...rest, line: lineAt(start), values: rest.typeOnly ? [] : ['*'] }),
      ),
    ],
    defaultExports: exportsOf(module, ({ exportName }) => exportName.kind === 'Default').map(lineAt),
    starExports: exportsOf(module, ({ importName }) => /^All/.test(importName.kind)).map(lineAt),
    globals: globals.map(mention),
    members: members.map(mention),
    tables: tables.map(mention),
    created,
    expressions,
    sql: sql.map(mention),
    statements: statements.map(mention),
  }
}

type LineAt = (offset: number) => number
type ExportEntry = EcmaScriptModule['staticExports'][number]['entries'][number]

function readImport({ start, moduleRequest, entries }: StaticImport, lineAt: LineAt): Import {
  const values = entries.filter(({ isType }) => !isType)
  return {
    line: lineAt(start),
    specifier: moduleRequest.value,
    kind: 'static',
    typeOnly: entries.length > 0 && values.length === 0,
    values: values.map(({ importName }) => (importName.kind === 'Name' ? (importName.name ?? '*') : '*')),
  }
}

const readReExports = ({ staticExports }: EcmaScriptModule, lineAt: LineAt): Import[] =>
  staticExports.flatMap(({ start, entries }) =>
    entries.flatMap(({ moduleRequest, isType, importName }): Import[] => {
      if (!moduleRequest) return []
      const values = isType ? [] : [importName.name ?? '*']
      return [{ line: lineAt(start), specifier: moduleRequest.value, kind: 'static', typeOnly: isType, values }]
    }),
  )

const exportsOf = ({ staticExports }: EcmaScriptModule, wanted: (entry: ExportEntry) => boolean): number[] =>
  staticExports.filter(({ entries }) => entries.some(wanted)).map(({ start }) => start)

const localNames = ({ entries }: StaticImport): string[] => entries.map(({ localName }) => localName.value)

function lineFinder(text: string): LineAt {
  const starts = [0]
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1)
  return (offset) => {
    let low = 0
    let high = starts.length - 1
    while (low < high) {
      const middle = Math.ceil((low + high) / 2)
      if ((starts[middle] ?? 0) <= offset) low = middle
      else high = middle - 1
    }
    return low + 1
  }
}
