/** CSV as people really write it, with the line and the row of a spreadsheet on which each row begins; and written. */
import Papa from 'papaparse'
import { normaliseText } from './digest.ts'
import { textBlocks } from './text-blocks.ts'

export type CsvRow = {
  /** 1-based line of the text; a quoted cell may span several. */
  readonly line: number
  /** 1-based row as a spreadsheet counts it, empty rows too. */
  readonly row: number
  readonly cells: readonly string[]
  /** What is wrong with the quotes of this row, in a sentence. */
  readonly broken?: string
}

/** Rows that hold any text. `delimiter` is guessed from the first line when it is left out. */
export function readCsv(text: string, { delimiter }: { delimiter?: string } = {}): CsvRow[] {
  const normal = normaliseText(text)
  const rows: CsvRow[] = []
  let start = 0
  let line = 1
  let row = 0
  Papa.parse<string[]>(normal, {
    delimiter: delimiter ?? guessDelimiter(normal),
    newline: '\n',
    step: ({ data, errors, meta }) => {
      row += 1
      const broken = errors[0]?.message
      if (broken !== undefined || data.some((cell) => cell !== ''))
        rows.push({ line, row, cells: data, ...(broken !== undefined && { broken }) })
      line += countLineEnds(normal, start, meta.cursor)
      start = meta.cursor
    },
  })
  return rows
}

/** The same of a text that comes in pieces, some thousand rows at a time. Of `row` it says nothing that holds. */
export async function* readCsvPieces(pieces: AsyncIterable<string>): AsyncGenerator<Omit<CsvRow, 'row'>[]> {
  let delimiter: string | undefined
  const endOfRows = (text: string) => {
    if (delimiter === undefined && /\S.*\n/.test(text)) delimiter = guessDelimiter(text)
    return delimiter === undefined ? 0 : endOfCsvRows(text, delimiter)
  }
  for await (const { text, lines } of textBlocks(pieces, endOfRows))
    yield readCsv(text, { delimiter: delimiter ?? guessDelimiter(text) }).map((one) => ({
      ...one,
      line: one.line + lines,
    }))
}

/** One line after RFC 4180, without its end: a cell has quotes where it needs them. */
export const csvLine = (cells: readonly string[]): string =>
  cells.map((cell) => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join(',')

/**
 * A text for a file that people open in a spreadsheet: what it would take for a formula begins with an apostrophe, as
 * OWASP advises; numbers stay numbers. Not for files that are read back.
 */
export const noFormula = (text: string): string =>
  /^[=+\-@\t\r]/.test(text) && !/^[+-]?\d+(\.\d+)?(e[+-]?\d+)?$/i.test(text) ? `'${text}` : text

/** By the first line alone: one bad row must not change how all are read. A text of one column has commas. */
function guessDelimiter(text: string): string {
  const [first = ''] = text.trimStart().split('\n', 1)
  return Papa.parse(first, { delimitersToGuess: [',', ';', '\t', '|'], preview: 1 }).meta.delimiter
}

function countLineEnds(text: string, from: number, to: number): number {
  let count = 0
  for (let at = text.indexOf('\n', from); at !== -1 && at < to; at = text.indexOf('\n', at + 1)) count++
  return count
}

/** Behind the last line end that stands outside quotes, as Papa Parse reads them: a quote opens a cell or is a letter of it. */
function endOfCsvRows(text: string, delimiter: string): number {
  let end = 0
  for (let at = 0; at < text.length; at++) {
    if (text[at] === '"') at = closingQuote(text, at, delimiter)
    while (at < text.length && text[at] !== delimiter && text[at] !== '\n') at++
    if (text[at] === '\n') end = at + 1
  }
  return end
}

/** Where the quotes of a cell end: a quote with nothing but spaces before the end of the cell. Two quotes are one letter. */
function closingQuote(text: string, open: number, delimiter: string): number {
  for (let at = text.indexOf('"', open + 1); at !== -1; at = text.indexOf('"', at + 1)) {
    if (text[at + 1] === '"') at += 1
    else {
      let next = at + 1
      while (text[next] !== delimiter && /[^\S\n]/.test(text[next] ?? '')) next++
      if (text[next] === delimiter || text[next] === '\n') return next
    }
  }
  return text.length
}
