/** A file of any known format into rows. Which format it is, is said, or seen by its first bytes and its first row. */
import { readYaml } from '../../../core/blueprint/yaml-file.ts'
import { Failure, type Problem } from '../../../kernel/failure.ts'
import { type Croissant, readCroissant } from './croissant.ts'
import { decode } from './encoding.ts'
import { readJsonRows } from './json-lines.ts'
import { ofHuggingFace, ofMlflow, ofOpenAiEvals, ofPromptfooTest } from './others.ts'
import { isParquet, type ParquetRow, readParquet } from './parquet.ts'
import { asExample, type Columns, type FileNotes, isObject, type ReadRow } from './read-row.ts'
import { readSpreadsheet } from './spreadsheet.ts'
import { readCsvRows, readTable } from './table-rows.ts'

export const FORMATS = [
  'jsonl',
  'csv',
  'xlsx',
  'promptfoo',
  'openai-evals',
  'mlflow',
  'huggingface',
  'croissant',
  'parquet',
] as const
export type Format = (typeof FORMATS)[number]

export type FileToRead = {
  readonly bytes: Buffer
  readonly format?: Format | undefined
  readonly encoding?: string | undefined
  readonly columns: Columns
  /** Its name, which may say the format. */
  readonly file: string
}

export type ReadFile = FileNotes & {
  readonly format: Format
  readonly encoding: string | null
  readonly rows: Iterable<ReadRow> | AsyncIterable<ReadRow>
  /** Of a Croissant file. */
  readonly croissant?: Croissant
}

export type ReadText = Omit<ReadFile, 'rows'> & { readonly rows: Iterable<ReadRow> }

/**
 * Throws for a file that cannot be read as a whole; a row that cannot is given with its problem. Of a Parquet file,
 * which is read piece by piece, what is broken is thrown with the piece.
 */
export function readFile(asked: FileToRead): ReadFile {
  const { bytes, format: said, columns } = asked
  if (said !== 'parquet' && (said !== undefined || !isParquet(bytes))) return readText(asked)
  const notes: string[] = []
  const rows = parquetRows(readParquet(bytes, notes), columns)
  return { format: 'parquet', encoding: null, notes, producer: PRODUCERS.huggingface ?? null, rows }
}

/** Of every format but Parquet. */
export function readText({ bytes, format: said, encoding: asSaid, columns, file }: FileToRead): ReadText {
  if (bytes.length === 0) throw new Failure('invalid', 'datasets.file-empty', `${file} is empty.`)
  if (said === 'xlsx' || (said === undefined && isZip(bytes))) {
    const { rows, notes } = readSpreadsheet(bytes)
    return { format: 'xlsx', encoding: null, rows: readTable(rows, columns), notes, producer: null }
  }
  const { text, encoding } = decode(bytes, asSaid)
  const format = said ?? recognise(text, file)
  const notes: string[] = []
  const mapped = (map: typeof ofMlflow) => mapRows(readJsonOrCsv(text, file), map, columns)
  const read = { format, encoding, notes, producer: PRODUCERS[format] ?? null }
  switch (format) {
    case 'csv':
      return { ...read, rows: readCsvRows(text, columns) }
    case 'openai-evals':
      return { ...read, rows: mapped(ofOpenAiEvals) }
    case 'mlflow':
      return { ...read, rows: mapped(ofMlflow) }
    case 'huggingface':
      return { ...read, rows: mapped(ofHuggingFace) }
    case 'promptfoo':
      return { ...read, rows: promptfooRows(text, file, notes) }
    case 'croissant': {
      const croissant = readCroissant(text)
      notes.push(...croissant.notes)
      return { ...read, croissant, rows: mapRows(croissant.rows, ofHuggingFace, columns) }
    }
    default:
      return { ...read, rows: mapRows(readJsonRows(text), (row) => ({ value: asExample(row, columns) }), new Map()) }
  }
}

const PRODUCERS: Partial<Record<Format, string>> = {
  promptfoo: 'promptfoo',
  'openai-evals': 'OpenAI evals',
  mlflow: 'MLflow',
  huggingface: 'Hugging Face',
  croissant: 'Croissant 1.0',
}

function* mapRows(
  rows: Iterable<ReadRow>,
  map: typeof ofMlflow | ((row: Record<string, unknown>) => ReturnType<typeof ofMlflow>),
  columns: Columns,
): Generator<ReadRow> {
  for (const row of rows) {
    if (row.problem || !isObject(row.value)) {
      yield row
      continue
    }
    yield mapRow({ ...row, value: row.value }, map, columns)
  }
}

function mapRow(
  row: ReadRow & { readonly value: Record<string, unknown> },
  map: (row: Record<string, unknown>) => ReturnType<typeof ofMlflow>,
  columns: Columns,
): ReadRow {
  const mapped = columns.size > 0 ? { value: asExample(row.value, columns) } : map(row.value)
  return 'problem' in mapped ? { ...row, problem: mapped.problem } : { ...row, value: mapped.value }
}

async function* parquetRows(rows: AsyncIterable<ParquetRow>, columns: Columns): AsyncGenerator<ReadRow> {
  for await (const { line, row } of rows)
    yield mapRow({ line, text: JSON.stringify(row), value: row }, ofHuggingFace, columns)
}

const NO_COLUMNS: Columns = new Map()

/** Published sets have both; a table's cells keep their columns' names. */
function readJsonOrCsv(text: string, file: string): Iterable<ReadRow> {
  if (!/\.(csv|tsv)$/i.test(file) && /^\s*[[{]/.test(text)) return readJsonRows(text)
  return unwrapped(readCsvRows(text, NO_COLUMNS))
}

/** Cells that went into metadata come back beside the others, because the format's own names are not ours. */
function* unwrapped(rows: Iterable<ReadRow>): Generator<ReadRow> {
  for (const row of rows) {
    const { metadata, ...rest } = isObject(row.value) ? row.value : {}
    yield { ...row, value: { ...rest, ...(isObject(metadata) ? metadata : {}) } }
  }
}

function* promptfooRows(text: string, file: string, notes: string[]): Generator<ReadRow> {
  const tests = promptfooTests(text, file)
  for (const [at, test] of tests.entries()) {
    const row = { line: at + 1, text: JSON.stringify(test), value: test }
    if (!isObject(test)) {
      const problem = {
        field: 'row',
        message: 'this test is no mapping',
        remedy: 'A test is {"vars": {…}, "assert": […]}.',
      }
      yield { ...row, problem }
      continue
    }
    const mapped = ofPromptfooTest(test, notes)
    yield 'problem' in mapped ? { ...row, problem: mapped.problem } : { ...row, value: mapped.value }
  }
}

/** Of a configuration (`tests:`), or a file that is a list of tests, in YAML, JSON or JSON lines. */
function promptfooTests(text: string, file: string): unknown[] {
  const rows = /^\s*\{[^\n]*\}\s*(\n|$)/.test(text) && !/"tests"\s*:/.test(text) ? [...readJsonRows(text)] : undefined
  if (rows) return rows.map(({ value }) => value)
  const problems: Problem[] = []
  const isList = /^\s*(-\s|\[)/.test(text)
  const value = readYaml({ path: file, text: isList ? `tests:\n${indented(text)}` : text, schema: undefined, problems })
  const [problem] = problems
  if (problem)
    throw new Failure('invalid', 'datasets.promptfoo-invalid', `${file} line ${problem.line}: ${problem.message}.`, {
      problems,
    })
  const tests = value?.tests
  if (Array.isArray(tests)) return tests
  throw new Failure(
    'invalid',
    'datasets.promptfoo-invalid',
    typeof tests === 'string'
      ? `The tests stand in another file: import ${tests} itself.`
      : 'There are no tests in it. A configuration of promptfoo has a list `tests`.',
  )
}

const indented = (text: string): string => text.replace(/^/gm, '  ')

const isZip = (bytes: Buffer): boolean => bytes[0] === 0x50 && bytes[1] === 0x4b

function recognise(text: string, file: string): Format {
  if (/\.(csv|tsv)$/i.test(file)) return 'csv'
  if (/\.ya?ml$/i.test(file)) return 'promptfoo'
  const start = text.trimStart()
  if (!/^[[{]/.test(start)) return 'csv'
  if (/"conformsTo"\s*:\s*"[^"]*croissant/i.test(start.slice(0, 20_000))) return 'croissant'
  const [first] = readJsonRows(start)
  const row = isObject(first?.value) ? first.value : {}
  if ('ideal' in row && 'input' in row) return 'openai-evals'
  if (isObject(row.inputs)) return 'mlflow'
  if (isObject(row.vars)) return 'promptfoo'
  return 'input' in row || 'id' in row ? 'jsonl' : 'huggingface'
}
