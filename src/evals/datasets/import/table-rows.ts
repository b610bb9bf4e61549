/** Rows of a table, of CSV or a spreadsheet, each with its cells by the names of the first row. */
import { readCsvPieces } from '../../../kernel/csv.ts'
import { cellValue } from '../csv.ts'
import { asExample, type Columns, type ReadRow } from './read-row.ts'

type TableRow = { readonly line: number; readonly cells: readonly string[]; readonly broken?: string }

/** Of a text that comes in pieces. */
export async function* readCsvRows(pieces: AsyncIterable<string>, columns: Columns): AsyncGenerator<ReadRow> {
  const read = createTableReader(columns)
  for await (const rows of readCsvPieces(pieces)) for (const row of rows) yield* read(row)
}

export async function* readTable(rows: AsyncIterable<TableRow>, columns: Columns): AsyncGenerator<ReadRow> {
  const read = createTableReader(columns)
  for await (const row of rows) yield* read(row)
}

/** Row by row; of the first one, which names the columns, it gives nothing. */
function createTableReader(columns: Columns): (row: TableRow) => ReadRow[] {
  let names: string[] | undefined
  return ({ line, cells, broken }) => {
    if (names === undefined) {
      names = cells.map((cell, at) => cell.trim() || `column ${at + 1}`)
      return []
    }
    const text = JSON.stringify(cells)
    const problem = broken
      ? { field: 'row', message: broken, remedy: 'Double a quote that stands inside quotes, and close each one.' }
      : problemOf(cells, names)
    return [
      problem ? { line, text, value: undefined, problem } : { line, text, value: objectOf(names, cells, columns) },
    ]
  }
}

function problemOf(cells: readonly string[], names: readonly string[]) {
  const twice = names.find((name, at) => names.indexOf(name) !== at)
  if (twice !== undefined)
    return { field: twice, message: `the column ${twice} is there twice`, remedy: 'Name each column once.' }
  if (cells.length === names.length) return undefined
  const message = `this row has ${cells.length} cells and the first one names ${names.length} columns`
  return { field: 'row', message, remedy: 'Put quotes around a text that holds the separator.' }
}

function objectOf(names: readonly string[], cells: readonly string[], columns: Columns): Record<string, unknown> {
  const renamed = new Map([...columns].map(([field, column]) => [column, field]))
  const row: Record<string, unknown> = {}
  for (const [at, name] of names.entries()) {
    const cell = cells[at] ?? ''
    if (cell !== '') row[name] = cellValue(renamed.get(name) ?? name, cell)
  }
  return asExample(row, columns)
}
