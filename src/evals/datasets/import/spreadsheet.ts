/**
 * Sheets of an .xlsx file (ECMA-376) as rows of text. Cells are what they hold and not how they are shown: a
 * date is its number of days, as the file has it, unless it was written as text.
 *
 * A sheet is read row by row; texts that its cells share are in memory, because any row may name any of them.
 */
import { Failure } from '../../../kernel/failure.ts'
import type { Content } from './content.ts'
import { type Archive, openArchive } from './unzip.ts'
import { xmlBlocks } from './xml-blocks.ts'

export type SheetRow = { readonly line: number; readonly cells: readonly string[] }

export type Sheet = { readonly name: string; readonly rows: () => AsyncGenerator<SheetRow> }

const MOST_COLUMNS = 1000

/**
 * The first sheet, or the one of this name. Throws `datasets.spreadsheet-broken`, also with its rows, and
 * `datasets.sheet-unknown`.
 */
export async function readSpreadsheet(
  content: Content,
  asked: string | undefined,
): Promise<{ readonly rows: AsyncGenerator<SheetRow>; readonly notes: string[] }> {
  const sheets = await readSheets(content)
  const names = sheets.map(({ name }) => JSON.stringify(name)).join(', ')
  const found = asked === undefined ? sheets[0] : sheets.find(({ name }) => name === asked)
  if (!found)
    throw new Failure(
      'invalid',
      'datasets.sheet-unknown',
      `There is no sheet ${JSON.stringify(asked)} in this file. It has ${names}.`,
    )
  const notes =
    sheets.length > 1 ? [`The file has ${sheets.length} sheets: ${names}. ${JSON.stringify(found.name)} was read.`] : []
  return { rows: found.rows(), notes }
}

/** All of them, as a workbook orders and names them. Throws `datasets.spreadsheet-broken`, also with their rows. */
export async function readSheets(content: Content): Promise<readonly [Sheet, ...Sheet[]]> {
  const archive = await openArchive(content)
  const shared = await sharedStrings(archive.pieces('xl/sharedStrings.xml'))
  const named = await namedSheets(archive)
  const paths = [...archive.names].filter((path) => /^xl\/worksheets\/[^/]+\.xml$/.test(path)).sort()
  // Those that the workbook does not name by their files.
  const [first, ...others] = (named.length > 0 ? named : paths.slice(0, 1).map((path) => ({ name: path, path }))).map(
    ({ name, path }) => ({ name, rows: () => tableIn(archive.pieces(path), shared) }),
  )
  if (first) return [first, ...others]
  throw new Failure(
    'invalid',
    'datasets.spreadsheet-broken',
    'There is no sheet in this file. Save it as .xlsx in a spreadsheet program, or as CSV.',
  )
}

/** A row ends with its last filled cell; the table is as wide as its first row. */
async function* tableIn(pieces: AsyncIterable<string>, shared: readonly string[]): AsyncGenerator<SheetRow> {
  let width: number | undefined
  let before = 0
  for await (const xml of xmlBlocks(pieces, { element: 'row', parent: 'sheetData' }))
    for (const { line, cells } of rowsIn(xml, shared, before)) {
      before = line
      if (!cells.some((cell) => cell !== '')) continue
      width ??= cells.length
      yield { line, cells: padded(cells, width) }
    }
}

async function namedSheets(archive: Archive): Promise<{ name: string; path: string }[]> {
  const targets = new Map<string, string>()
  for (const [, attributes = ''] of (await archive.text('xl/_rels/workbook.xml.rels')).matchAll(
    /<Relationship\b([^>]*)>/g,
  )) {
    const target = attribute(attributes, 'Target') ?? ''
    targets.set(attribute(attributes, 'Id') ?? '', target.startsWith('/') ? target.slice(1) : `xl/${target}`)
  }
  return [...(await archive.text('xl/workbook.xml')).matchAll(/<(?:\w+:)?sheet\b([^>]*)>/g)].flatMap(
    ([, attributes = '']) => {
      const path = targets.get(attribute(attributes, 'r:id') ?? '')
      const name = attribute(attributes, 'name') ?? path ?? ''
      return path !== undefined && archive.names.has(path) ? [{ name, path }] : []
    },
  )
}

async function sharedStrings(pieces: AsyncIterable<string>): Promise<string[]> {
  const found: string[] = []
  for await (const xml of xmlBlocks(pieces, { element: 'si', parent: 'sst' }))
    for (const [, inner = ''] of xml.matchAll(/<(?:\w+:)?si\b[^>]*?(?:\/>|>([\s\S]*?)<\/(?:\w+:)?si>)/g))
      found.push(textIn(inner))
  return found
}

/** @param before the line of the row before these */
function* rowsIn(xml: string, shared: readonly string[], before: number): Generator<SheetRow> {
  let line = before
  for (const [, attributes = '', inner = ''] of xml.matchAll(
    /<(?:\w+:)?row\b([^>]*?)(?:\/>|>([\s\S]*?)<\/(?:\w+:)?row>)/g,
  )) {
    line = Number(attribute(attributes, 'r') ?? line + 1)
    const cells: string[] = []
    for (const [, about = '', content = ''] of inner.matchAll(
      /<(?:\w+:)?c\b([^>]*?)(?:\/>|>([\s\S]*?)<\/(?:\w+:)?c>)/g,
    )) {
      const at = columnOf(attribute(about, 'r')) ?? cells.length
      if (at >= MOST_COLUMNS) break
      while (cells.length < at) cells.push('')
      cells[at] = cellText(attribute(about, 't'), content, shared)
    }
    yield { line, cells }
  }
}

function cellText(type: string | undefined, content: string, shared: readonly string[]): string {
  if (type === 'inlineStr') return textIn(content)
  const value = unescaped(/<(?:\w+:)?v\b[^>]*>([\s\S]*?)<\/(?:\w+:)?v>/.exec(content)?.[1] ?? '')
  if (type === 's') return shared[Number(value)] ?? ''
  return type === 'b' ? (value === '1' ? 'true' : 'false') : value
}

/** Of all its runs; phonetic hints are left out. */
const textIn = (xml: string): string =>
  [
    ...xml
      .replace(/<(?:\w+:)?rPh\b[\s\S]*?<\/(?:\w+:)?rPh>/g, '')
      .matchAll(/<(?:\w+:)?t\b[^>]*>([\s\S]*?)<\/(?:\w+:)?t>/g),
  ]
    .map(([, text = '']) => unescaped(text))
    .join('')

/** `B7` is column 1. */
function columnOf(reference: string | undefined): number | undefined {
  const letters = /^([A-Z]{1,3})\d+$/.exec(reference ?? '')?.[1]
  if (!letters) return undefined
  return [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1
}

const attribute = (attributes: string, name: string): string | undefined => {
  const found = new RegExp(`(?:^|\\s)${name}="([^"]*)"`).exec(attributes)?.[1]
  return found === undefined ? undefined : unescaped(found)
}

const ENTITIES: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" }

const unescaped = (text: string): string =>
  text
    .replace(/&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|(\w+));/gi, (whole, hex?: string, decimal?: string, name = '') => {
      const code = hex ? Number.parseInt(hex, 16) : decimal ? Number(decimal) : undefined
      if (code !== undefined) return code <= 0x10ffff ? String.fromCodePoint(code) : whole
      return ENTITIES[name] ?? whole
    })
    .replace(/_x000D_/g, '\r')

const padded = (cells: readonly string[], width: number): string[] => [
  ...cells,
  ...Array.from({ length: Math.max(0, width - cells.length) }, () => ''),
]
