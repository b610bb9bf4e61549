/**
 * Sheets of an .xlsx file (ECMA-376) as rows of text. Cells are what they hold and not how they are shown: a
 * date is its number of days, as the file has it, unless it was written as text.
 */
import { Failure } from '../../../kernel/failure.ts'
import { unzipXml } from './unzip.ts'

export type SheetRow = { readonly line: number; readonly cells: readonly string[] }

export type Sheet = { readonly rows: SheetRow[]; readonly notes: string[] }

const MOST_COLUMNS = 1000

/** The first sheet. Throws `datasets.spreadsheet-broken`. */
export function readSpreadsheet(bytes: Buffer): Sheet {
  const parts = unzipXml(bytes)
  const sheets = sheetsIn(parts)
  const notes = sheets.length > 1 ? [`The file has ${sheets.length} sheets; the first one was read.`] : []
  return { rows: tableIn(sheets[0]?.xml ?? '', sharedIn(parts)), notes }
}

/** All of them, as a workbook orders and names them. Throws `datasets.spreadsheet-broken`. */
export function readSheets(bytes: Buffer): { readonly name: string; readonly rows: SheetRow[] }[] {
  const parts = unzipXml(bytes)
  const shared = sharedIn(parts)
  return sheetsIn(parts).map(({ name, xml }) => ({ name, rows: tableIn(xml, shared) }))
}

const sharedIn = (parts: ReadonlyMap<string, string>): string[] =>
  sharedStrings(parts.get('xl/sharedStrings.xml') ?? '')

/** A row ends with its last filled cell; the table is as wide as its first row. */
function tableIn(xml: string, shared: readonly string[]): SheetRow[] {
  const rows = [...rowsIn(xml, shared)]
  const width = Math.max(0, ...rows.slice(0, 1).map(({ cells }) => cells.length))
  return rows.map(({ line, cells }) => ({ line, cells: padded(cells, width) }))
}

/** In the order of the workbook; those that it does not name by their files. */
function sheetsIn(parts: ReadonlyMap<string, string>): { name: string; xml: string }[] {
  const named = namedSheets(parts)
  const paths = [...parts.keys()].filter((path) => /^xl\/worksheets\/[^/]+\.xml$/.test(path)).sort()
  const sheets = (named.length > 0 ? named : paths.slice(0, 1).map((path) => ({ name: path, path }))).flatMap(
    ({ name, path }) => {
      const xml = parts.get(path)
      return xml === undefined ? [] : [{ name, xml }]
    },
  )
  if (sheets.length > 0) return sheets
  throw new Failure(
    'invalid',
    'datasets.spreadsheet-broken',
    'There is no sheet in this file. Save it as .xlsx in a spreadsheet program, or as CSV.',
  )
}

function namedSheets(parts: ReadonlyMap<string, string>): { name: string; path: string }[] {
  const targets = new Map<string, string>()
  for (const [, attributes = ''] of (parts.get('xl/_rels/workbook.xml.rels') ?? '').matchAll(
    /<Relationship\b([^>]*)>/g,
  )) {
    const target = attribute(attributes, 'Target') ?? ''
    targets.set(attribute(attributes, 'Id') ?? '', target.startsWith('/') ? target.slice(1) : `xl/${target}`)
  }
  return [...(parts.get('xl/workbook.xml') ?? '').matchAll(/<(?:\w+:)?sheet\b([^>]*)>/g)].flatMap(
    ([, attributes = '']) => {
      const path = targets.get(attribute(attributes, 'r:id') ?? '')
      const name = attribute(attributes, 'name') ?? path ?? ''
      return path !== undefined && parts.has(path) ? [{ name, path }] : []
    },
  )
}

const sharedStrings = (xml: string): string[] =>
  [...xml.matchAll(/<(?:\w+:)?si\b[^>]*?(?:\/>|>([\s\S]*?)<\/(?:\w+:)?si>)/g)].map(([, inner = '']) => textIn(inner))

function* rowsIn(xml: string, shared: readonly string[]): Generator<SheetRow> {
  let line = 0
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
    if (cells.some((cell) => cell !== '')) yield { line, cells }
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
