/**
 * The globals that a file touches: `Date.now`, `new Date()`, `fetch`, `process.env`.
 *
 * A name that the file declares anywhere (a parameter `fetch`, a local `process`) is taken for its own, not for
 * the global: dependencies are parameters here, so a clock or a `fetch` handed in is the honest case.
 */
import { type MemberExpression, type ParamPattern, type Program, Visitor } from 'oxc-parser'
import { bindingNames } from './bindings.ts'

/** Something named, and where in the text. */
export type Named = { name: string; start: number }

/** What `readGlobals` finds: `globals` are truly global, `members` are read from anything, imported or not. */
export type Globals = { globals: Named[]; members: Named[] }

/** Walks the program; `imported` are the local names of its imports. */
export function readGlobals(program: Program, imported: readonly string[]): Globals {
  const own = new Set([...imported, ...declaredNames(program)])
  const keys = keyStarts(program)
  const globals: Named[] = []
  const members: Named[] = []

  new Visitor({
    Identifier: ({ name, start }) => {
      if (!own.has(name) && !keys.has(start)) globals.push({ name, start })
    },
    MemberExpression: (node) => {
      const [object, property] = memberPath(node) ?? []
      if (object === undefined || property === undefined) return
      members.push({ name: `${object}.${property}`, start: node.start })
      if (own.has(object)) return
      globals.push({ name: windows.has(object) ? property : `${object}.${property}`, start: node.start })
    },
    NewExpression: ({ callee, arguments: given, start }) => {
      if (callee.type !== 'Identifier' || own.has(callee.name)) return
      globals.push({ name: `new ${callee.name}(${given.length === 0 ? '' : '…'})`, start })
    },
    CallExpression: ({ callee, start }) => {
      if (callee.type === 'Identifier' && !own.has(callee.name)) globals.push({ name: `${callee.name}()`, start })
    },
  }).visit(program)

  return { globals, members }
}

/** Other names of the global object: `globalThis.fetch` is `fetch`. */
const windows = new Set(['globalThis', 'window', 'self'])

function declaredNames(program: Program): Set<string> {
  const names = new Set<string>()
  const add = (pattern: ParamPattern) => {
    for (const name of bindingNames(pattern)) names.add(name)
  }
  const callable = (node: { id: { name: string } | null; params: ParamPattern[] }) => {
    if (node.id) names.add(node.id.name)
    node.params.forEach(add)
  }
  new Visitor({
    VariableDeclarator: (node) => add(node.id),
    FunctionDeclaration: callable,
    FunctionExpression: callable,
    ArrowFunctionExpression: callable,
    ClassDeclaration: (node) => {
      if (node.id) names.add(node.id.name)
    },
    CatchClause: (node) => {
      if (node.param) add(node.param)
    },
  }).visit(program)
  return names
}

/** Where identifiers stand that refer to nothing: keys, members and names of types. */
function keyStarts(program: Program): Set<number> {
  const starts = new Set<number>()
  const named = (key: { start: number }) => {
    starts.add(key.start)
  }
  const keyed = ({ key, computed }: { key: { start: number }; computed: boolean }) => {
    if (!computed) starts.add(key.start)
  }
  new Visitor({
    MemberExpression: (node) => keyed({ key: node.property, computed: node.computed }),
    Property: (node) => {
      if (!node.shorthand) keyed(node)
    },
    MethodDefinition: keyed,
    PropertyDefinition: keyed,
    TSPropertySignature: keyed,
    TSMethodSignature: keyed,
    TSTypeReference: (node) => named(node.typeName),
    TSTypeQuery: (node) => named(node.exprName),
    TSTypeAliasDeclaration: (node) => named(node.id),
    TSInterfaceDeclaration: (node) => named(node.id),
    JSXAttribute: (node) => named(node.name),
  }).visit(program)
  return starts
}

function memberPath(node: MemberExpression): [string, string] | undefined {
  if (node.computed || node.property.type !== 'Identifier' || node.object.type !== 'Identifier') return undefined
  return [node.object.name, node.property.name]
}
