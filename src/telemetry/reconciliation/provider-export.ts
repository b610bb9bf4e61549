/**
 * A provider's export of usage or costs, read into rows of a day and a model. Eight forms are known: the JSON of the
 * usage and costs APIs of OpenAI and Anthropic, and the CSV of their consoles. What cannot be read is refused by name
 * and nothing is guessed.
 */
import { readCsv } from '../../kernel/csv.ts'
import { Failure } from '../../kernel/failure.ts'
import type { ExportFormat } from './contract.ts'
import { type Cells, type ExportRow, FORMS, type Form } from './export-forms.ts'

export type ProviderExport = {
  readonly format: ExportFormat
  readonly provider: string
  readonly taken: readonly { readonly figure: string; readonly from: string }[]
  /** Every day that it covers, also those on which nothing was used. */
  readonly days: readonly string[]
  readonly rows: readonly ExportRow[]
}

/** Throws `telemetry.export-unreadable`. */
export function readProviderExport(content: string): ProviderExport {
  const isJson = /^\s*[[{]/.test(content)
  const records = isJson ? recordsOfJson(content) : recordsOfCsv(content)
  const names = new Set(records.flatMap(({ cells }) => Object.keys(cells)))
  const form = FORMS.find(({ isCsv, needs }) => isCsv !== isJson && needs.every((name) => names.has(name)))
  if (!form)
    throw unreadable(
      `it has ${names.size === 0 ? 'no rows' : `the fields ${[...names].slice(0, 12).join(', ')}`}, which are of no export that is known`,
    )
  const days = new Set<string>()
  const rows = records.flatMap((record) => {
    const day = dayOf(form, record)
    days.add(day)
    return record.isEmpty ? [] : [rowOf(form, record, day)]
  })
  const { format, provider, taken } = form
  return { format, provider, taken: taken.filter(({ needs }) => names.has(needs)), days: [...days].sort(), rows }
}

type ExportRecord = {
  readonly cells: Cells
  /** Where it stands, for whoever has to look: a line or a bucket. */
  readonly at: string
  /** A day on which nothing was used. */
  readonly isEmpty: boolean
}

function rowOf(form: Form, { cells, at }: ExportRecord, day: string): ExportRow {
  try {
    return { day, ...form.read(cells) }
  } catch (thrown) {
    throw unreadable(`${at}: ${thrown instanceof Error ? thrown.message : String(thrown)}`)
  }
}

function dayOf(form: Form, { cells, at }: ExportRecord): string {
  const day = form.day(cells)
  if (day !== undefined) return day
  throw unreadable(`${at} names no day`)
}

function recordsOfCsv(content: string): ExportRecord[] {
  const [head, ...rows] = readCsv(content)
  const names = head?.cells.map((name) => name.trim()) ?? []
  return rows.map(({ cells, line, broken }) => {
    if (broken !== undefined) throw unreadable(`line ${line}: ${broken}`)
    const named = Object.fromEntries(names.map((name, i) => [name, cells[i]?.trim() ?? '']))
    // A day without use has its times alone.
    const isEmpty = Object.entries(named).every(([name, cell]) => cell === '' || /^(?:start|end)_time/.test(name))
    return { cells: named, at: `line ${line}`, isEmpty }
  })
}

/** A page of an API, several of them, or their buckets alone. */
function recordsOfJson(content: string): ExportRecord[] {
  let value: unknown
  try {
    value = JSON.parse(content)
  } catch {
    throw unreadable('it begins like JSON and is none')
  }
  const pages = Array.isArray(value) ? value : [value]
  const buckets = pages.flatMap((page) => (isRecord(page) && Array.isArray(page.data) ? page.data : [page]))
  return buckets.flatMap((bucket, i): ExportRecord[] => {
    const at = `bucket ${i + 1}`
    if (!isRecord(bucket)) throw unreadable(`${at} is no object`)
    const { results, result, ...times } = bucket
    const listed = results ?? result
    if (!Array.isArray(listed)) throw unreadable(`${at} has no results`)
    if (listed.length === 0) return [{ cells: flat(times), at, isEmpty: true }]
    return listed.map((one) => ({ cells: flat({ ...times, ...one }), at, isEmpty: false }))
  })
}

function flat(value: Readonly<Record<string, unknown>>, path = ''): Cells {
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, one]) =>
      isRecord(one) ? Object.entries(flat(one, `${path}${name}.`)) : [[`${path}${name}`, one]],
    ),
  )
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const unreadable = (why: string): Failure =>
  new Failure(
    'invalid',
    'telemetry.export-unreadable',
    `The export cannot be read: ${why}. Give the JSON of the usage or costs API of OpenAI or Anthropic, or the CSV of their consoles, as it came.`,
    { problems: [{ field: 'content', message: why }] },
  )
