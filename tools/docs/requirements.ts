/**
 * `docs/requirements.md` holds a row for every id of the list, and no other; each row says where the requirement
 * lives and which test shows it, by paths that exist, or says `open`.
 */
import type { DocCheck, DocFinding, Repository } from './repository.ts'

const table = 'docs/requirements.md'
const list = 'tools/docs/requirement-ids.txt'

/** One row of the table. */
export type Row = { line: number; id: string; title: string; lives: string; test: string }

/** Compares the table with the list, and its paths with the files. */
export const checkRequirements: DocCheck = (repository) => {
  const ids = (repository.read(list) ?? '').split(/\s+/).filter((id) => id !== '')
  const rows = readRows(repository.pages.get(table)?.prose ?? [])
  const known = new Set(ids)
  const counts = Map.groupBy(rows, ({ id }) => id)
  return {
    findings: [
      ...ids
        .filter((id) => !counts.has(id))
        .map((id) => find(1, `${id} has no row.`, 'Add it; a requirement is never dropped in silence.')),
      ...rows
        .filter(({ id }) => !known.has(id))
        .map(({ id, line }) => find(line, `${id} is not in ${list}.`, 'Correct the id.')),
      ...[...counts.values()].flatMap((same) =>
        same.slice(1).map(({ id, line }) => find(line, `${id} has a row already.`, 'Leave one.')),
      ),
      ...rows.flatMap((row) => [
        ...(row.title === '' ? [find(row.line, `${row.id} has no title.`, 'Say it in a few words.')] : []),
        ...judgeCell(repository, row.line, 'lives in', row.lives),
        ...judgeCell(repository, row.line, 'test', row.test),
      ]),
    ],
  }
}

/** The rows of the table; `|` inside a cell is written `\|`. */
export const readRows = (prose: readonly string[]): Row[] =>
  prose.flatMap((text, at) => {
    const [, id, title, lives, test] = text.split(/(?<!\\)\|/).map((cell) => cell.trim())
    if (id === undefined || !/^S\d/.test(id)) return []
    return [{ line: at + 1, id, title: title ?? '', lives: lives ?? '', test: test ?? '' }]
  })

function judgeCell({ exists }: Repository, line: number, column: string, cell: string): DocFinding[] {
  if (cell === 'open') return []
  const paths = [...cell.matchAll(/`([^`]+)`/g)].flatMap((match) => match[1] ?? [])
  if (paths.length === 0) return [find(line, `"${column}" names nothing.`, 'Name a path as `code`, or write open.')]
  return paths
    .filter((path) => !exists(path))
    .map((path) => find(line, `${path} does not exist.`, 'Name the file where it is now, or write open.'))
}

const find = (line: number, found: string, remedy: string): DocFinding => ({ file: table, line, found, remedy })
