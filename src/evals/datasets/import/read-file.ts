/**
 * A file of any known format into rows. Which format it is, is said, or seen by its first bytes and its first row.
 *
 * Lines of JSON, lists in JSON and rows of CSV are read as they come, whoever wrote them, so that a file of any length takes
 * what a piece of it takes; a workbook takes the texts that its cells share, and Parquet a group of its rows. A configuration
 * and a description are one value: they are read as a whole, and may be as long as memory has room for.
 */
import { readYaml } from '../../../core/blueprint/yaml-file.ts'
import { normaliseText } from '../../../kernel/digest.ts'
import { Failure, type Problem } from '../../../kernel/failure.ts'
import type { Content } from './content.ts'
import { type Croissant, readCroissant } from './croissant.ts'
import { beginning, decode, decodePieces, recogniseEncoding } from './encoding.ts'
import { readJsonList, readJsonPieces, readJsonRows } from './json-lines.ts'
import { firstElement } from './json-list.ts'
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

export type FileAsk = {
  readonly format?: Format | undefined
  readonly encoding?: string | undefined
  readonly columns: Columns
  /** Of a workbook; the first one when left out. */
  readonly sheet?: string | undefined
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

const MEGABYTE = 1024 * 1024
/**
 * A file of one value is held as a whole. JSON takes four times its bytes (130 MB); YAML eighty times them, and a second of
 * processor time for each megabyte (330 MB).
 */
const MOST_WHOLE_BYTES = { JSON: 32 * MEGABYTE, YAML: 4 * MEGABYTE }
/** As much as tells what a file is, and its first row as far as a row may be. */
const HEAD_BYTES = 64 * 1024
const MOST_HEAD_BYTES = 16 * 1024 * 1024

/**
 * Throws for a file that cannot be read as a whole; a row that cannot is given with its problem. Of a file that is read
 * piece by piece, what is broken is thrown with the piece.
 */
export async function readFile(content: Content, asked: FileAsk): Promise<ReadFile> {
  const { format: said, columns } = asked
  const head = await headOf(content)
  if (said === 'parquet' || (said === undefined && isParquet(head))) {
    const notes: string[] = []
    const rows = parquetRows(readParquet(content, notes), columns)
    return { format: 'parquet', encoding: null, notes, producer: PRODUCERS.huggingface ?? null, rows }
  }
  const isWorkbook = head.length > 0 && (said === 'xlsx' || (said === undefined && isZip(head)))
  if (isWorkbook) {
    const { rows, notes } = await readSpreadsheet(content, asked.sheet)
    return { format: 'xlsx', encoding: null, rows: readTable(rows, columns), notes, producer: null }
  }
  const lines = head.length === 0 ? undefined : linesIn(content, head, asked)
  return lines ?? readWhole(await wholeOf(content, head, asked), asked)
}

/** What has one row a line, an element of a list, or a row of a table; undefined for a file that is one value. */
function linesIn(
  content: Content,
  head: Buffer,
  { format: said, encoding: asSaid, columns, file }: FileAsk,
): ReadFile | undefined {
  const encoding = asSaid ?? recogniseEncoding(head)
  const start = beginning(head, encoding)
  const format = said ?? recognise(start, file)
  const pieces = () => decodePieces(content, { encoding, isSaid: asSaid !== undefined })
  const notes: string[] = []
  const read = { format, encoding, notes, producer: PRODUCERS[format] ?? null }
  if (format === 'csv') return { ...read, rows: readCsvRows(pieces(), columns) }
  const isTests = format === 'promptfoo' && isListOfTests(start)
  const map = isTests ? (row: Record<string, unknown>) => ofPromptfooTest(row, notes) : MAPPED[format]
  if (!map) return undefined
  const named = isTests ? NO_COLUMNS : columns
  if (/^\s*\[/.test(start)) return { ...read, rows: mapPieces(readJsonList(pieces), map, named) }
  const isJson = isTests || format === 'jsonl' || (!/\.(csv|tsv)$/i.test(file) && /^\s*\{/.test(start))
  const rows = isJson ? readJsonPieces(pieces()) : unwrapped(readCsvRows(pieces(), NO_COLUMNS))
  return { ...read, rows: mapPieces(rows, map, named) }
}

async function headOf(content: Content): Promise<Buffer> {
  let head = Buffer.alloc(0)
  for await (const piece of content.pieces()) {
    head = Buffer.concat([head, piece])
    if ((head.length >= HEAD_BYTES && hasRow(head)) || head.length >= MOST_HEAD_BYTES) break
  }
  return head
}

/** Tests alone, in JSON, as a list or one a line; a configuration has them under \`tests\`. */
const isListOfTests = (start: string): boolean =>
  /^\s*\[/.test(start)
    ? jsonIn(firstElement(start) ?? '') !== undefined
    : /^\s*\{[^\n]*\}\s*(\n|$)/.test(start) && !/"tests"\s*:/.test(start)

async function wholeOf(content: Content, head: Buffer, { file, encoding }: FileAsk): Promise<Buffer> {
  const bytes = content.size()
  const kind = /^\s*\{/.test(beginning(head, encoding ?? recogniseEncoding(head))) ? 'JSON' : 'YAML'
  if (bytes <= MOST_WHOLE_BYTES[kind]) return content.read(0, bytes)
  throw tooLarge(file, bytes, kind)
}

const tooLarge = (file: string, bytes: number, kind: keyof typeof MOST_WHOLE_BYTES) =>
  new Failure(
    'too-large',
    'datasets.file-large',
    `${file} has ${bytes} bytes, and a file of one value in ${kind} may have ${MOST_WHOLE_BYTES[kind]}, because it is held as a whole. Write its tests or rows in JSON, one object a line, or as CSV: files of these have no such limit.`,
  )

const NEWLINE = 10

/** A list may be written on one line, or its first element on many; brackets are the same bytes in every encoding. */
function hasRow(head: Buffer): boolean {
  const text = head.toString('latin1').replace(/^(?:\u00ef\u00bb\u00bf|\u00ff\u00fe|\u00fe\u00ff)|\0/g, '')
  return /^\s*\[/.test(text) ? firstElement(text) !== undefined : head.includes(NEWLINE)
}

/** A file that is one value: a configuration or a description. */
function readWhole(bytes: Buffer, { format: said, encoding: asSaid, columns, file }: FileAsk): ReadFile {
  if (bytes.length === 0) throw new Failure('invalid', 'datasets.file-empty', `${file} is empty.`)
  const { text, encoding } = decode(bytes, asSaid)
  const format = said ?? recognise(text, file)
  const notes: string[] = []
  const read = { format, encoding, notes, producer: PRODUCERS[format] ?? null }
  if (format === 'promptfoo') return { ...read, rows: promptfooRows(text, file, notes) }
  const croissant = readCroissant(text)
  notes.push(...croissant.notes)
  return { ...read, croissant, rows: mapRows(croissant.rows, ofHuggingFace, columns) }
}

type MapRow = (row: Record<string, unknown>) => ReturnType<typeof ofMlflow>

const ofOurs: MapRow = (row) => ({ value: asExample(row, NO_COLUMNS) })
const NO_COLUMNS: Columns = new Map()

/** Formats with a row a line. */
const MAPPED: Partial<Record<Format, MapRow>> = {
  jsonl: ofOurs,
  'openai-evals': ofOpenAiEvals,
  mlflow: ofMlflow,
  huggingface: ofHuggingFace,
}

const PRODUCERS: Partial<Record<Format, string>> = {
  promptfoo: 'promptfoo',
  'openai-evals': 'OpenAI evals',
  mlflow: 'MLflow',
  huggingface: 'Hugging Face',
  croissant: 'Croissant 1.0',
}

function* mapRows(rows: Iterable<ReadRow>, map: MapRow, columns: Columns): Generator<ReadRow> {
  for (const row of rows) yield mapRow(row, map, columns)
}

async function* mapPieces(rows: AsyncIterable<ReadRow>, map: MapRow, columns: Columns): AsyncGenerator<ReadRow> {
  for await (const row of rows) yield mapRow(row, map, columns)
}

function mapRow(row: ReadRow, map: MapRow, columns: Columns): ReadRow {
  if (row.problem || !isObject(row.value)) return row
  const mapped = columns.size > 0 ? { value: asExample(row.value, columns) } : map(row.value)
  return 'problem' in mapped ? { ...row, problem: mapped.problem } : { ...row, value: mapped.value }
}

async function* parquetRows(rows: AsyncIterable<ParquetRow>, columns: Columns): AsyncGenerator<ReadRow> {
  for await (const { line, row } of rows)
    yield mapRow({ line, text: JSON.stringify(row), value: row }, ofHuggingFace, columns)
}

/** A table's cells keep their columns' names: those that went into metadata come back beside the others. */
async function* unwrapped(rows: AsyncIterable<ReadRow>): AsyncGenerator<ReadRow> {
  for await (const row of rows) {
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

/** Of a configuration (`tests:`) in YAML or JSON, or a file that is a list of tests in YAML. */
function promptfooTests(text: string, file: string): unknown[] {
  const problems: Problem[] = []
  const isList = /^\s*(-\s|\[)/.test(text)
  const value =
    jsonConfiguration(text, file) ??
    readYaml({ path: file, text: isList ? `tests:\n${indented(text)}` : text, schema: undefined, problems })
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

/** Undefined where it is YAML, of which JSON is a part: as JSON it is read in a twentieth of the memory. */
function jsonConfiguration(text: string, file: string): Record<string, unknown> | undefined {
  const value = /^\s*\{/.test(text) ? jsonIn(normaliseText(text)) : undefined
  if (isObject(value)) return value
  if (text.length > MOST_WHOLE_BYTES.YAML) throw tooLarge(file, text.length, 'YAML')
  return undefined
}

/** Undefined for what is no JSON. */
function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

const indented = (text: string): string => text.replace(/^/gm, '  ')

const isZip = (bytes: Buffer): boolean => bytes[0] === 0x50 && bytes[1] === 0x4b

function recognise(text: string, file: string): Format {
  if (/\.(csv|tsv)$/i.test(file)) return 'csv'
  if (/\.ya?ml$/i.test(file)) return 'promptfoo'
  const start = text.trimStart()
  if (!/^[[{]/.test(start)) return 'csv'
  if (/"conformsTo"\s*:\s*"[^"]*croissant/i.test(start.slice(0, 20_000))) return 'croissant'
  const [first] = start.startsWith('[') ? readJsonRows(firstElement(start) ?? '') : readJsonRows(start)
  const row = isObject(first?.value) ? first.value : {}
  if ('ideal' in row && 'input' in row) return 'openai-evals'
  if (isObject(row.inputs)) return 'mlflow'
  if (isObject(row.vars)) return 'promptfoo'
  return 'input' in row || 'id' in row ? 'jsonl' : 'huggingface'
}
