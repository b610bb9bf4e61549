/** Imports below the import lines: `import('./x.ts')`, `import('./x.ts').T` as a type, and workers by their URL. */
import { type Program, Visitor } from 'oxc-parser'

/** One of them; a `worker` is a file that is started by its URL: an edge between folders, but never a circle. */
export type LateImport = { specifier: string; start: number; kind: 'static' | 'dynamic' | 'worker'; typeOnly: boolean }

/** Walks the program. A specifier that is computed cannot be checked and is left out. */
export function readLateImports(program: Program): LateImport[] {
  const found: LateImport[] = []
  new Visitor({
    TSImportType: ({ source, start }) => {
      found.push({ specifier: source.value, start, kind: 'static', typeOnly: true })
    },
    ImportExpression: ({ source, start }) => {
      const specifier = stringOf(source)
      if (specifier !== undefined) found.push({ specifier, start, kind: 'dynamic', typeOnly: false })
    },
    NewExpression: ({ callee, arguments: [file, base], start }) => {
      if (callee.type !== 'Identifier' || callee.name !== 'URL' || !file || !isImportMeta(base)) return
      const specifier = stringOf(file)
      if (specifier !== undefined && /\.tsx?$/.test(specifier))
        found.push({ specifier, start, kind: 'worker', typeOnly: false })
    },
  }).visit(program)
  return found
}

const stringOf = (node: { type: string; value?: unknown }): string | undefined =>
  node.type === 'Literal' && typeof node.value === 'string' ? node.value : undefined

const isImportMeta = (node: { type: string; object?: { type: string } } | undefined): boolean =>
  node?.type === 'MemberExpression' && node.object?.type === 'MetaProperty'
