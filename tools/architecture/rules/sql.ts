/** SQL lives in `store.ts` and `migrations.ts`, and a slice's SQL names the slice's own tables. */
import { dirname } from 'node:path'
import type { Finding } from '../finding.ts'
import type { Source } from '../source.ts'
import { isProduct, type Survey } from '../survey.ts'

/** Findings of `sql` and `tables`. */
export function checkSql(survey: Survey): Finding[] {
  const owners = tableOwners(survey)
  const product = survey.sources.filter((source) => isProduct(survey, source))
  return [
    ...survey.sources
      .filter(({ path, isTest }) => /^(src|sdk|web)\//.test(path) && !isTest)
      .flatMap((source) => strays(survey, source)),
    ...product.filter(({ path }) => mayHoldSql(path)).flatMap((source) => foreignTables(survey, owners, source)),
  ]
}

const mayHoldSql = (path: string): boolean =>
  path.startsWith('src/store/') || /^src\/.*\/(?:store|migrations)\.ts$/.test(path)

function strays({ house, placeOf }: Survey, source: Source): Finding[] {
  if (mayHoldSql(source.path) || placeOf(source.path)?.folder.testsOnly) return []
  const remedy = "Move it into the slice's store.ts."
  const at = { file: source.path, rule: 'sql' as const, remedy }
  return [
    ...source.imports
      .filter(({ specifier }) => house.storeOnly.some((name) => specifier === name || specifier.startsWith(`${name}/`)))
      .map(({ line, specifier }) => ({
        ...at,
        line,
        found: `Imports ${specifier} outside store.ts and migrations.ts.`,
      })),
    ...source.sql.map(({ line }) => ({
      ...at,
      line,
      found: 'Holds an sql template outside store.ts and migrations.ts.',
    })),
  ]
}

/** Which folder creates which table, by the table's name in snake case. */
const tableOwners = (survey: Survey): Map<string, string> =>
  new Map(
    survey.sources
      .filter((source) => isProduct(survey, source) && mayHoldSql(source.path))
      .flatMap((source) => source.created.map((table) => [snake(table), homeOf(survey, source.path)])),
  )

function foreignTables(survey: Survey, owners: ReadonlyMap<string, string>, source: Source): Finding[] {
  const home = homeOf(survey, source.path)
  const passing = new Set([...source.expressions, ...rawExpressions(source)].map(snake))
  const foreign = (table: string): boolean => {
    const owner = owners.get(snake(table))
    if (passing.has(snake(table)) || owner === home) return false
    return owner !== undefined || home !== 'src/store' // the kit also serves the engine's own tables
  }
  const find = (line: number, table: string): Finding => ({
    file: source.path,
    line,
    rule: 'tables',
    found: `Names the table ${table}, which ${owners.get(snake(table)) ?? 'no migration of this slice'} creates.`,
    remedy:
      'A store reads and writes its own tables; ask the owner for a function, or create the table in migrations.ts.',
  })
  return [
    ...source.tables.filter(({ name }) => foreign(name)).map(({ line, name }) => find(line, name)),
    ...[...source.sql, ...source.statements].flatMap(({ line, name }) =>
      [...name.matchAll(/\b(?:from|join|into|update|table|references)\s+"?(\w+)/gi)]
        .map((match) => match[1] ?? '')
        .filter((table) => owners.has(snake(table)) && foreign(table))
        .map((table) => find(line, table)),
    ),
  ]
}

/** Names of common table expressions in raw SQL: `with latest as (`. */
const rawExpressions = ({ sql, statements }: Source): string[] =>
  [...sql, ...statements].flatMap(({ name }) =>
    [
      ...name.matchAll(/(?:\bwith(?:\s+recursive)?|,)\s+"?(\w+)"?\s*(?:\([^)]*\)\s*)?as\s*(?:materialized\s*)?\(/gi),
    ].map((match) => match[1] ?? ''),
  )

/** The slice, or sub-slice with tables of its own, that a store belongs to. */
function homeOf({ sources, placeOf }: Survey, path: string): string {
  const place = placeOf(path)
  if (place?.sub !== undefined && sources.some((source) => source.path === `${place.sub}/migrations.ts`))
    return place.sub
  return place?.name ?? dirname(path)
}

const snake = (name: string): string => name.replace(/([a-z0-9])([A-Z])/g, '$1_$2').toLowerCase()
