/**
 * Spreadsheets that people plan in: each sheet is known by its columns, and becomes a paper of the plan or cases. Pure.
 *
 * Invariant: a sheet that is not known, and a column that no paper has, is named and not dropped.
 */
import { editYaml } from '../../core/blueprint/edit-yaml.ts'
import { readCsv } from '../../kernel/csv.ts'
import { columnsOf, TABLES, type Table, withTable } from '../plan/read-papers.ts'
import type { Brought } from './existing.ts'

export type NamedTable = { readonly name: string; readonly csv: string }

type FromSheets = {
  /** Papers of the plan by their paths. */
  readonly papers: Record<string, string>
  /** Sheets of questions. */
  readonly cases: readonly NamedTable[]
  readonly unsupported: Brought['unsupported']
}

const QUESTIONS = ['input', 'question', 'prompt', 'query']

/** @param risks the six that every register begins with */
export function fromSheets(sheets: readonly NamedTable[], risks: readonly unknown[]): FromSheets {
  const documents: Record<Table, Record<string, unknown> | undefined> = {
    ...{ roadmap: undefined, risks: undefined, resources: undefined },
  }
  const start = { roadmap: { rows: [] }, risks: { risks }, resources: { rows: [] } }
  const unsupported: Brought['unsupported'] = []
  const cases: NamedTable[] = []
  for (const sheet of sheets) {
    const header = readCsv(sheet.csv)[0]?.cells.map((cell) => cell.trim()) ?? []
    const lower = header.map((cell) => cell.toLowerCase())
    const table = TABLES.find((one) => lower.includes(columnsOf(one)[0]?.toLowerCase() ?? ''))
    if (table) {
      documents[table] = withTable(table, { text: sheet.csv, document: documents[table] ?? start[table] }).value
      const others = header.filter(
        (cell) => cell && !columnsOf(table).some((one) => one.toLowerCase() === cell.toLowerCase()),
      )
      if (others.length > 0)
        unsupported.push({ where: sheet.name, what: `${table}.yaml has no place for ${others.join(', ')}` })
    } else if (lower.some((cell) => QUESTIONS.includes(cell))) cases.push(sheet)
    else unsupported.push({ where: sheet.name, what: unknownSheet(header) })
  }
  return {
    cases,
    unsupported,
    papers: Object.fromEntries(
      TABLES.flatMap((table) => {
        const value = documents[table]
        return value ? [[`${table}.yaml`, editYaml(undefined, value)]] : []
      }),
    ),
  }
}

const unknownSheet = (header: readonly string[]): string =>
  `${header.filter(Boolean).join(', ') || 'no column at all'}: a sheet of questions has a column question, ${TABLES.map((table) => `${table} a column ${columnsOf(table)[0]}`).join(', ')}`
