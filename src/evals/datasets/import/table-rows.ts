/** Rows of a table, of CSV or a spreadsheet, each with its cells by the names of the first row. */
import { readCsv } from '../../../kernel/csv.ts'
import { normaliseText } from '../../../kernel/digest.ts'
import { cellValue } from '../csv.ts'
import { asExample, type Columns, type ReadRow } from './read-row.ts'

type TableRow = { readonly line: number; readonly cells: readonly string[]; readonly broken?: string }

export const readCsvRows = (text: string, columns: Columns): Iterable<ReadRow> =>
  readTable(readCsv(normaliseText(text).replace(/\r/g, '\n')), columns)

export function* readTable(rows: Iterable<TableRow>, columns: Columns): Generator<ReadRow> {
  let names: string[] | undefined
  for (const { line, cells, broken } of rows) {
    if (names === undefined) {
      names = cells.map((cell, at) => cell.trim() || `column ${at + 1}`)
      continue
    }
    const text = JSON.stringify(cells)
    const problem = broken
      ? { field: 'row', message: broken, remedy: 'Double a quote that stands inside quotes, and close each one.' }
      : problemOf(cells, names)
    yield problem ? { line, text, value: undefined, problem } : { line, text, value: objectOf(names, cells, columns) }
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
