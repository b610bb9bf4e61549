/** Rows as the text of a file: JSON lines, or CSV that comes back in as it went out. */
import type { Example } from '../../core/dataset.ts'
import { csvLine } from '../../kernel/csv.ts'
import { COLUMNS } from './csv.ts'

export const jsonLineOf = (row: Example): string => `${JSON.stringify(row)}\n`

/** Reads the rows twice: first for the columns that their metadata need. */
export async function* csvOf(rows: () => AsyncIterable<Example>): AsyncGenerator<string> {
  const further = new Set<string>()
  for await (const { metadata = {} } of rows()) for (const name of Object.keys(metadata)) further.add(name)
  yield `${csvLine([...COLUMNS, ...further])}\n`
  for await (const row of rows())
    yield `${csvLine([
      ...COLUMNS.map((column) => cellOf(column, row[column])),
      ...[...further].map((name) => cellOf(name, row.metadata?.[name])),
    ])}\n`
}

function cellOf(column: string, value: unknown): string {
  if (value === undefined || value === null) return ''
  if (typeof value === 'string') return value
  // Ids of passages are separated by a bar; everything else that is a list is JSON.
  return column === 'contexts' && Array.isArray(value) ? value.join('|') : JSON.stringify(value)
}
