/**
 * CSV into examples. Every bad row is named with its line (a quoted text may span several), every column
 * is kept: those that an example does not know become its metadata.
 */
import { Example } from '../../core/dataset.ts'
import { readCsv } from '../../kernel/csv.ts'
import type { Problem } from '../../kernel/failure.ts'
import { unfitIn } from '../../kernel/unfit.ts'

/** The columns of our own CSV, in the order in which they are written. */
export const COLUMNS = [
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
] as const satisfies readonly (keyof Example)[]
const LIST_SEPARATOR = '|'

export function parseCsvExamples({ path, text }: { path: string; text: string }): {
  examples: Example[]
  problems: Problem[]
} {
  const problems: Problem[] = []
  const [header, ...lines] = readCsv(text, { delimiter: ',' })
  const columns = (header?.cells ?? []).map((cell) => cell.trim())
  const problem = (line: number, field: string, message: string, remedy: string) =>
    problems.push({ file: path, line, field, message, remedy })

  for (const required of ['id', 'input'])
    if (!columns.includes(required))
      problem(
        1,
        required,
        `the column ${required} is not there`,
        'The first line names the columns: id,input,expected,…',
      )
  for (const column of new Set(columns.filter((name, at) => columns.indexOf(name) !== at)))
    problem(
      1,
      column || 'header',
      `the column ${column || '(without a name)'} is there twice`,
      'Name each column once.',
    )
  const unfitColumn = columns.map((column) => unfitIn({ [column]: '' })).find((unfit) => unfit !== undefined)
  if (unfitColumn) problem(1, 'header', unfitColumn.message, unfitColumn.remedy)
  if (problems.length > 0) return { examples: [], problems }

  const examples: Example[] = []
  const seen = new Map<string, number>()
  for (const { line, cells, broken } of lines) {
    if (broken !== undefined) {
      problem(line, 'line', broken, 'Double a quote that stands inside quotes, and close each one.')
      continue
    }
    if (cells.length !== columns.length) {
      const message = `this row has ${cells.length} cells and the first line names ${columns.length} columns`
      problem(line, 'line', message, 'Put quotes around a text that holds a comma.')
      continue
    }
    const example = exampleOf(columns, cells)
    const unfit = unfitIn(example)
    if (unfit) {
      problem(line, unfit.path.join('.') || 'line', unfit.message, unfit.remedy)
      continue
    }
    const parsed = Example.safeParse(example)
    if (!parsed.success) {
      for (const issue of parsed.error.issues)
        problem(line, issue.path.join('.') || 'line', messageFor(issue), remedyFor(String(issue.path[0] ?? '')))
      continue
    }
    const before = seen.get(parsed.data.id)
    if (before !== undefined)
      problem(line, 'id', `the id ${parsed.data.id} stands on line ${before} already`, 'Give each example its own id.')
    seen.set(parsed.data.id, line)
    examples.push(parsed.data)
  }
  return { examples, problems }
}

function exampleOf(columns: readonly string[], cells: readonly string[]): Record<string, unknown> {
  const example: Record<string, unknown> = {}
  const metadata: Record<string, string> = {}
  columns.forEach((column, at) => {
    const cell = cells[at] ?? ''
    if (cell === '' && column !== 'id' && column !== 'input') return
    if (isColumn(column)) example[column] = cellValue(column, cell)
    else metadata[column || `column ${at + 1}`] = cell
  })
  return Object.keys(metadata).length > 0 ? { ...example, metadata } : example
}

const isColumn = (name: string) => (COLUMNS as readonly string[]).includes(name)

/** What a cell means in a column of an example. */
export function cellValue(column: string, cell: string): unknown {
  if (column === 'contexts')
    return cell
      .split(LIST_SEPARATOR)
      .map((part) => part.trim())
      .filter(Boolean)
  if (column === 'unanswerable' || column === 'synthetic') return YES_NO[cell.trim().toLowerCase()] ?? cell
  if (column === 'split' || column === 'id' || column === 'cluster') return cell.trim()
  // A conversation, several references or tools are written as JSON in the cell.
  if (/^\s*\[\s*\{\s*"role"/.test(cell)) return jsonOr(cell, [])
  if (column === 'tools' || /^\s*\[\s*[{"]/.test(cell)) return jsonOr(cell, cell)
  return cell
}

const YES_NO: Readonly<Record<string, boolean>> = { true: true, yes: true, 1: true, false: false, no: false, 0: false }

/** The JSON value of a cell; `otherwise` when it is not JSON (an empty list is refused as an input). */
function jsonOr(cell: string, otherwise: unknown): unknown {
  try {
    return JSON.parse(cell)
  } catch {
    return otherwise
  }
}

const messageFor = (issue: { message: string; path: PropertyKey[] }): string =>
  issue.path[0] === 'input' || issue.path[0] === 'id' ? 'this cell is empty or cannot be used' : issue.message

function remedyFor(column: string): string {
  if (column === 'split') return 'Use build, regress, holdout or calibration, or leave it empty for regress.'
  if (column === 'unanswerable') return 'Use true or false, or leave it empty.'
  if (column === 'tools') return 'Write a JSON list.'
  if (column === 'input') return 'Write the question, or the turns as JSON: [{"role":"user","content":"…"}].'
  return `Fill the column ${column || 'in question'}.`
}
