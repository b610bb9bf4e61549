/**
 * Tables of a plan taken in again: the roadmap, the risks or the resources as they were exported, edited in a spreadsheet
 * or an editor. A row is known by its first column; it is changed or added, and nothing is taken away. Pure.
 */
import { readCsv } from '../../kernel/csv.ts'
import { Failure, type Problem } from '../../kernel/failure.ts'
import { categoryNamed } from '../documents/risks.ts'
import { RESOURCE_COLUMNS } from '../resources/resources.ts'
import { ROADMAP_COLUMNS } from '../roadmap/roadmap.ts'

export const TABLES = ['roadmap', 'risks', 'resources'] as const
export type Table = (typeof TABLES)[number]
type Row = Record<string, unknown>

/** The key by which a row of each table is known, and what a row has that is new. */
const KNOWN_BY: Readonly<Record<Table, { key: string; rows: 'rows' | 'risks'; fresh: Row }>> = {
  roadmap: { key: 'phase', rows: 'rows', fresh: {} },
  resources: { key: 'type', rows: 'rows', fresh: { category: 'other' } },
  risks: { key: 'title', rows: 'risks', fresh: { category: 'other' } },
}

/** @param document the document as it is @returns it with the rows of the table */
export function withTable(
  table: Table,
  { text, document }: { text: string; document: Readonly<Row> },
): { value: Row; changed: number; added: number } {
  const { key, rows: at, fresh } = KNOWN_BY[table]
  const given = rowsOf(table, text)
  const before = (Array.isArray(document[at]) ? document[at] : []) as Row[]
  const same = (row: Row, other: Row) =>
    String(row[key]).trim().toLowerCase() === String(other[key]).trim().toLowerCase()
  const after = before.map((row) => {
    const found = given.find((one) => same(one, row))
    return found ? { ...row, ...found } : row
  })
  const added = given.filter((one) => !before.some((row) => same(row, one)))
  const ids = new Set(before.map(({ id }) => String(id)))
  return {
    value: {
      ...document,
      [at]: [...after, ...added.map((row) => ({ id: freeId(String(row[key]), ids), ...fresh, ...row }))],
    },
    changed: after.filter((row, i) => JSON.stringify(row) !== JSON.stringify(before[i])).length,
    added: added.length,
  }
}

/** What a table is called in each column; the first is in every one. */
export const columnsOf = (table: Table): string[] => Object.keys(READERS[table])

function rowsOf(table: Table, text: string): Row[] {
  const [head, ...rows] = /^\s*[#|]/.test(text) ? markdownTable(text) : readCsv(text)
  const columns = head?.cells.map((cell) => cell.trim().toLowerCase()) ?? []
  const [first = ''] = columnsOf(table)
  if (!columns.includes(first.toLowerCase()))
    throw invalid([
      {
        line: head?.line ?? 1,
        field: table,
        message: `there is no column ${first}`,
        remedy: `The columns are ${columnsOf(table).join(', ')}.`,
      },
    ])
  const problems: Problem[] = []
  const read = rows.map(({ line, cells }) =>
    Object.assign(
      {},
      ...Object.entries(READERS[table]).map(([title, reader]) => {
        const at = columns.indexOf(title.toLowerCase())
        const cell = (cells[at] ?? '').trim().replace(/^'(?=[=+\-@])/, '')
        if (at < 0 || cell === '') return {}
        const found = reader(cell)
        if (typeof found === 'string')
          problems.push({ line, field: title, message: `“${cell}” ${found}`, remedy: 'Write it as the export does.' })
        return typeof found === 'string' ? {} : found
      }),
    ),
  )
  if (problems.length > 0) throw invalid(problems)
  return read.filter((row) => Object.keys(row).length > 0)
}

/** What a cell says, or what is wrong with it. */
type Reader = (cell: string) => Row | string

const as =
  (key: string): Reader =>
  (cell) => ({ [key]: cell })
const level =
  (key: string): Reader =>
  (cell) =>
    /^[1-5]$/.test(cell) ? { [key]: Number(cell) } : 'is no mark from 1 to 5'

const READERS: Readonly<Record<Table, Readonly<Record<string, Reader>>>> = {
  roadmap: Object.fromEntries(ROADMAP_COLUMNS.map(([key, title]) => [title, as(key)])),
  resources: Object.fromEntries(RESOURCE_COLUMNS.map(([key, title]) => [title, key === 'cost' ? costOf : as(key)])),
  risks: {
    Risk: as('title'),
    Category: (cell) => ({ category: categoryNamed(cell) }),
    Likelihood: level('likelihood'),
    Severity: level('severity'),
    Owner: as('owner'),
    Treatment: (cell) => {
      const [treatment = '', ...measures] = cell.split(':')
      const said = measures
        .join(':')
        .split(';')
        .map((one) => one.trim())
        .filter(Boolean)
      return { treatment: treatment.trim(), ...(said.length > 0 && { measures: said }) }
    },
    Checks: (cell) => ({ controls: cell.split(',').map((one) => one.trim().split(' ')[0] ?? '') }),
    Status: as('status'),
  },
}

/** `$5,000 a month`, `$1000/year`, `20 once` or a number; `unknown` says nothing. */
function costOf(cell: string): Row | string {
  if (/^unknown$/i.test(cell)) return {}
  const found = /^[$€£]?\s*([\d,.\s]+?)\s*(?:\/|a |per )?\s*(once|month|year)?$/i.exec(cell)
  const cost = Number(found?.[1]?.replace(/[,\s]/g, ''))
  if (!found || !Number.isFinite(cost)) return 'is no amount'
  return { cost, ...(found[2] && { period: found[2].toLowerCase() }) }
}

/** The first table of a paper in Markdown. */
function markdownTable(text: string): { line: number; cells: string[] }[] {
  const lines = text.split('\n')
  const from = lines.findIndex((line) => line.trimStart().startsWith('|'))
  const rows: { line: number; cells: string[] }[] = []
  for (let at = from; at >= 0 && lines[at]?.trimStart().startsWith('|'); at++) {
    const cells = (lines[at] ?? '')
      .trim()
      .replace(/^\||\|$/g, '')
      .split(/(?<!\\)\|/)
      .map((cell) => unescaped(cell.trim()))
    if (!cells.every((cell) => /^:?-+:?$/.test(cell))) rows.push({ line: at + 1, cells })
  }
  return rows
}

const unescaped = (cell: string): string =>
  cell
    .replace(/\\([|[\]*_`\\])/g, '$1')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')

function freeId(words: string, taken: Set<string>): string {
  const id =
    words
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-+|-+$/g, '')
      .slice(0, 40) || 'row'
  let free = id
  for (let n = 2; taken.has(free); n++) free = `${id}-${n}`
  taken.add(free)
  return free
}

function invalid(problems: Problem[]): Failure {
  const [first] = problems
  return new Failure(
    'invalid',
    'governance.table-invalid',
    `Line ${first?.line}, ${first?.field}: ${first?.message}. ${first?.remedy}${problems.length > 1 ? ` ${problems.length - 1} more.` : ''}`,
    { problems },
  )
}
