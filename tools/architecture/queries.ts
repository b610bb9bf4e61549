/** The SQL of a file: tables named in query builders and in `sql` templates or plain strings, and tables that it creates. */
import { type Argument, type Program, type TemplateLiteral, Visitor } from 'oxc-parser'
import type { Named } from './globals.ts'

/** What `readQueries` finds. */
export type Queries = {
  /** Tables named in a query or in a change of one. */
  tables: Named[]
  /** Tables and views that the file creates. */
  created: string[]
  /** Names of common table expressions, which read like tables. */
  expressions: string[]
  /** Text inside `sql` templates. */
  sql: Named[]
  /** Plain strings that read like SQL, as migrations hold them. */
  statements: Named[]
}

/** Walks the program. Names that are computed are not seen; a store that hides its tables must expect a question. */
export function readQueries(program: Program): Queries {
  const found: Queries = { tables: [], created: [], expressions: [], sql: [], statements: [] }
  const tagged = new Set<number>()
  const create = (text: string) => {
    for (const match of text.matchAll(creation)) if (match[1]) found.created.push(match[1])
  }
  const raw = (text: string, start: number) => {
    if (tagged.has(start) || !statement.test(text)) return
    found.statements.push({ name: text, start })
    create(text)
  }
  new Visitor({
    Literal: ({ value, start }) => {
      if (typeof value === 'string') raw(value, start)
    },
    TemplateLiteral: (quasi) => raw(templateText(quasi), quasi.start),
    CallExpression: ({ callee, arguments: [first] }) => {
      if (callee.type === 'Identifier' && callee.name === 'tablesOf' && first) found.tables.push(...keysOf(first))
      if (callee.type !== 'MemberExpression' || callee.property.type !== 'Identifier' || !first) return
      const verb = callee.property.name
      const named = literals(first)
      if (verb === 'references')
        found.tables.push(...named.map(({ name, start }) => ({ name: tableOfColumn(name), start })))
      if (readers.has(verb)) found.tables.push(...named.map(({ name, start }) => ({ name: tableOf(name), start })))
      if (creators.has(verb)) found.created.push(...named.map(({ name }) => tableOf(name)))
      if (namers.has(verb)) found.expressions.push(...named.map(({ name }) => name.replace(/\(.*$/, '').trim()))
    },
    TaggedTemplateExpression: ({ tag, quasi, start }) => {
      if (tag.type !== 'Identifier' || tag.name !== 'sql') return
      tagged.add(quasi.start)
      found.sql.push({ name: templateText(quasi), start })
      create(templateText(quasi))
    },
  }).visit(program)
  return found
}

const joins = ['innerJoin', 'leftJoin', 'rightJoin', 'fullJoin', 'crossJoin', 'innerJoinLateral', 'leftJoinLateral']
const writes = ['insertInto', 'updateTable', 'deleteFrom', 'mergeInto', 'replaceInto', 'alterTable', 'dropTable']
const readers = new Set(['selectFrom', ...joins, ...writes])
const creators = new Set(['createTable', 'createView'])
const namers = new Set(['with', 'withRecursive'])
const creation = /\bcreate\s+(?:unlogged\s+)?(?:table|view|materialized\s+view)\s+(?:if\s+not\s+exists\s+)?"?(\w+)/gi

const statement = /^\s*(?:create|alter|drop|insert|update|delete|select|with|truncate|comment|lock)\s/i

/** The tables of `tablesOf({ releases: Release })`. */
function keysOf(node: Argument): Named[] {
  if (node.type !== 'ObjectExpression') return []
  return node.properties.flatMap((property) =>
    property.type === 'Property' && property.key.type === 'Identifier' && !property.computed
      ? [{ name: property.key.name, start: property.start }]
      : [],
  )
}

function literals(node: Argument): Named[] {
  if (node.type === 'Literal') return typeof node.value === 'string' ? [{ name: node.value, start: node.start }] : []
  if (node.type !== 'ArrayExpression') return []
  return node.elements.flatMap((element) => (element ? literals(element) : []))
}

const templateText = ({ quasis }: TemplateLiteral): string =>
  quasis.map(({ value }) => value.cooked ?? value.raw).join(' ? ')

/** `release` of `public.release as r`. */
const tableOf = (name: string): string => (name.split(/\s+as\s+/i)[0] ?? name).trim().split('.').at(-1) ?? name

/** `release` of `release.id`, which is how a foreign key names its target. */
const tableOfColumn = (name: string): string => name.split('.').at(-2) ?? name
