/**
 * CSV to sections, one a row: each cell with the name of its column. A column `id` gives the passage its id and a
 * column `title` its title, as in JSON lines; without one the row's number does.
 */
import { type CsvRow, readCsv } from '../../kernel/csv.ts'
import { nameOf } from '../ingest/plain-text.ts'
import type { Section } from '../ingest/sections.ts'
import { type Extraction, type ExtractionRequest, type Refusal, refused } from './extraction.ts'

/** More mistakes than a person mends one by one; the rest is counted. */
const MOST_REFUSALS = 50

export function extractCsv({ bytes, source }: Omit<ExtractionRequest, 'format'>): Extraction {
  let text: string
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes).replace(/\r\n?/g, '\n')
  } catch {
    return refused('The document is not UTF-8 text.', 'Save it as CSV in UTF-8.')
  }
  if (text.includes('\0')) return refused('The document is not text: it holds zero bytes.', 'Save it as CSV in UTF-8.')
  const [header, ...rows] = readCsv(text)
  const columns = (header?.cells ?? []).map((cell, at) => cell.trim() || `column ${at + 1}`)
  const idAt = columns.findIndex((name) => name.toLowerCase() === 'id')
  const refusals = [...(header ? [header] : []), ...rows].flatMap((row) => wrongWith(row, columns))
  refusals.push(...repeatedIds(rows, idAt))
  if (refusals.length > 0) return { kind: 'refused', refusals: atMost(refusals) }
  return { kind: 'read', sections: rows.map((row) => sectionOf(row, columns, { idAt, source })) }
}

function sectionOf(
  { line, row, cells }: CsvRow,
  columns: readonly string[],
  { idAt, source }: { idAt: number; source: string },
): Section {
  const titleAt = columns.findIndex((name) => name.toLowerCase() === 'title')
  const id = cells[idAt]?.trim()
  const title = cells[titleAt]?.trim() || nameOf(source)
  const lines = columns.flatMap((column, at) => {
    const cell = (cells[at] ?? '').replace(/\s+/g, ' ').trim()
    return cell === '' || at === titleAt ? [] : [`${column}: ${cell}`]
  })
  return { trail: [title, `row ${row}`], anchor: [id || `row ${row}`], line, paragraphs: [lines.join('\n') || title] }
}

function wrongWith({ line, cells, broken }: CsvRow, columns: readonly string[]): Refusal[] {
  if (broken !== undefined)
    return [{ line, message: `${broken}.`, remedy: 'Double a quote that stands inside quotes, and close each one.' }]
  if (cells.length === columns.length) return []
  const message = `This row has ${cells.length} cells and the first line names ${columns.length} columns.`
  return [{ line, message, remedy: 'Put quotes around a text that holds the separator.' }]
}

function repeatedIds(rows: readonly CsvRow[], idAt: number): Refusal[] {
  const lines = new Map<string, number>()
  return rows.flatMap(({ line, cells }) => {
    const id = cells[idAt]?.trim()
    if (!id) return []
    const before = lines.get(id)
    if (before === undefined) lines.set(id, line)
    const message = `The id ${id} stands on line ${before} already.`
    return before === undefined ? [] : [{ line, message, remedy: 'Give each row its own id.' }]
  })
}

function atMost(refusals: readonly Refusal[]): Refusal[] {
  const shown = refusals.toSorted((a, b) => (a.line ?? 1) - (b.line ?? 1)).slice(0, MOST_REFUSALS)
  const more = refusals.length - shown.length
  if (more === 0) return shown
  return [...shown, { message: `${more} more rows are wrong.`, remedy: 'Mend these first, and see the rest then.' }]
}
