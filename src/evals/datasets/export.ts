/** Rows as the text of a file: JSON lines, or CSV that comes back in as it went out. */
import type { Example } from '../../core/dataset.ts'

export const jsonLineOf = (row: Example): string => `${JSON.stringify(row)}\n`

const COLUMNS = [
  'id',
  'input',
  'expected',
  'contexts',
  'split',
  'unanswerable',
  'cluster',
  'source',
  'synthetic',
  'rubric',
  'tools',
] as const

/** Reads the rows twice: first for the columns that their metadata need. */
export async function* csvOf(rows: () => AsyncIterable<Example>): AsyncGenerator<string> {
  const further = new Set<string>()
  for await (const { metadata = {} } of rows()) for (const name of Object.keys(metadata)) further.add(name)
  yield lineOf([...COLUMNS, ...further])
  for await (const row of rows())
    yield lineOf([
      ...COLUMNS.map((column) => cellOf(column, row[column])),
      ...[...further].map((name) => cellOf(name, row.metadata?.[name])),
    ])
}

function cellOf(column: string, value: unknown): string {
  if (value === undefined || value === null) return ''
  if (typeof value === 'string') return value
  // Ids of passages are separated by a bar; everything else that is a list is JSON.
  return column === 'contexts' && Array.isArray(value) ? value.join('|') : JSON.stringify(value)
}

const lineOf = (cells: readonly string[]): string =>
  `${cells.map((cell) => (/[",\n\r]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join(',')}\n`
