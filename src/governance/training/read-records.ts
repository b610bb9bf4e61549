/** Reads training records from CSV or JSON; every bad row is told with its line, field and remedy, and then none is taken. */

import { z } from 'zod'
import { readCsv } from '../../kernel/csv.ts'
import { Failure, type Problem } from '../../kernel/failure.ts'
import type { Instant } from '../../kernel/time.ts'
import { unfitIn } from '../../kernel/unfit.ts'
import type { TrainingRow } from './record.ts'

/** Names of columns, in lower case without marks. */
const COLUMNS: Readonly<Record<string, keyof Fields>> = {
  person: 'person',
  name: 'person',
  email: 'person',
  module: 'module',
  course: 'module',
  score: 'score',
  date: 'completedAt',
  completed: 'completedAt',
  completedat: 'completedAt',
  completedon: 'completedAt',
  expires: 'expiresAt',
  expiresat: 'expiresAt',
  expireson: 'expiresAt',
}
function columnOf(text: string): keyof Fields | undefined {
  const word = text.toLowerCase().replace(/[^a-z]/g, '')
  return Object.hasOwn(COLUMNS, word) ? COLUMNS[word] : undefined
}

type Fields = Partial<Record<keyof TrainingRow, unknown>>
type Located = { readonly line: number; readonly fields: Fields }

export function readTrainingRecords(content: string): TrainingRow[] {
  const problems: Problem[] = []
  const located = /^\s*[[{]/.test(content) ? readJson(content, problems) : readColumns(content, problems)
  const rows = located.flatMap(({ line, fields }) => checked(fields, line, problems) ?? [])
  if (problems.length === 0 && rows.length === 0)
    problems.push({ field: 'content', line: 1, message: 'There is no record.', remedy })
  if (problems.length === 0) return rows
  const [first] = problems
  throw new Failure(
    'invalid',
    'governance.training-records-invalid',
    `Line ${first?.line}: ${first?.message} ${first?.remedy ?? ''}${problems.length > 1 ? ` ${problems.length - 1} more are listed.` : ''}`,
    { problems },
  )
}

const remedy = 'Send CSV with the columns person, module, score, date, or JSON with a list of such objects.'

function readColumns(content: string, problems: Problem[]): Located[] {
  const [head, ...rows] = readCsv(content)
  const columns = (head?.cells ?? []).map((cell) => columnOf(cell.trim()))
  const absent = (['person', 'module', 'score', 'completedAt'] as const).filter((name) => !columns.includes(name))
  if (absent.length > 0) {
    problems.push({
      field: absent.join(', '),
      line: 1,
      message: `The first line lacks columns: ${absent.join(', ')}.`,
      remedy,
    })
    return []
  }
  for (const { line, broken } of rows)
    if (broken !== undefined) problems.push({ field: 'content', line, message: `${broken}.`, remedy })
  return rows.map(({ line, cells }) => ({
    line,
    fields: Object.fromEntries(
      columns.flatMap((name, at) => {
        const text = cells[at]?.trim()
        return name && text ? [[name, text]] : []
      }),
    ),
  }))
}

/** A list of objects, or `{records: […]}`. The line is that of the object's first brace, as far as it can be told. */
function readJson(content: string, problems: Problem[]): Located[] {
  let value: unknown
  try {
    value = JSON.parse(content)
  } catch (cause) {
    problems.push({ field: 'content', line: 1, message: `This is not JSON: ${(cause as Error).message}.`, remedy })
    return []
  }
  const unfit = unfitIn(value)
  if (unfit) {
    problems.push({ field: unfit.path.join('.'), line: 1, message: `It ${unfit.message}.`, remedy: unfit.remedy })
    return []
  }
  const list = z
    .union([
      z.array(z.record(z.string(), z.unknown())),
      z.object({ records: z.array(z.record(z.string(), z.unknown())) }),
    ])
    .safeParse(value)
  if (!list.success) {
    problems.push({ field: 'content', line: 1, message: 'This is no list of objects.', remedy })
    return []
  }
  const records = Array.isArray(list.data) ? list.data : list.data.records
  const lines = linesOfObjects(content, Array.isArray(list.data) ? 1 : 2)
  return records.map((record, at) => ({
    line: lines[at] ?? 1,
    fields: Object.fromEntries(
      Object.entries(record).flatMap(([key, one]) => {
        const name = columnOf(key)
        return name && one !== null && one !== '' ? [[name, one]] : []
      }),
    ),
  }))
}

/** Lines where objects begin that lie `depth` brackets deep. */
function linesOfObjects(content: string, depth: number): number[] {
  const lines: number[] = []
  let line = 1
  let level = 0
  let quoted = false
  for (let at = 0; at < content.length; at++) {
    const letter = content.charAt(at)
    if (letter === '\n') line += 1
    else if (quoted && letter === '\\') at += 1
    else if (letter === '"') quoted = !quoted
    else if (quoted) continue
    else if (letter === '{' || letter === '[') {
      if (letter === '{' && level === depth) lines.push(line)
      level += 1
    } else if (letter === '}' || letter === ']') level -= 1
  }
  return lines
}

function checked(fields: Fields, line: number, problems: Problem[]): TrainingRow | undefined {
  const before = problems.length
  const refuse = (field: string, message: string, how: string) => problems.push({ field, line, message, remedy: how })
  const text = (field: 'person' | 'module'): string => {
    const value = fields[field]
    if (typeof value === 'string' && value.trim() !== '') return value.trim()
    refuse(field, `The ${field} is missing.`, `Name the ${field}.`)
    return ''
  }
  const day = (field: 'completedAt' | 'expiresAt'): Instant | null => {
    const value = fields[field]
    if (value === undefined) return null
    const instant = typeof value === 'string' ? instantFrom(value) : undefined
    if (instant) return instant
    refuse(field, `${JSON.stringify(value)} is no date.`, 'Write it as 2026-03-01 or 2026-03-01T09:00:00Z.')
    return null
  }
  const score = scoreFrom(fields.score)
  if (score === undefined)
    refuse(
      'score',
      `${JSON.stringify(fields.score ?? null)} is no score.`,
      'Write 0 to 1, or a percentage with its sign, for example 85%.',
    )
  const completedAt = day('completedAt')
  if (fields.completedAt === undefined) refuse('completedAt', 'The date is missing.', 'Write it as 2026-03-01.')
  const row = { person: text('person'), module: text('module'), score: score ?? 0, expiresAt: day('expiresAt') }
  return problems.length === before && completedAt ? { ...row, completedAt } : undefined
}

function scoreFrom(value: unknown): number | undefined {
  const match = /^\s*(\d+(?:[.,]\d+)?)\s*(%?)\s*$/.exec(String(value ?? ''))
  if (!match) return undefined
  const score = Number(match[1]?.replace(',', '.')) / (match[2] === '%' ? 100 : 1)
  return score >= 0 && score <= 1 ? score : undefined
}

function instantFrom(value: string): Instant | undefined {
  const isDay = /^\d{4}-\d{2}-\d{2}$/.test(value)
  if (!isDay && !/^\d{4}-\d{2}-\d{2}T[\d:.]+(?:Z|[+-]\d{2}:\d{2})$/.test(value)) return undefined
  const date = new Date(isDay ? `${value}T00:00:00.000Z` : value)
  if (Number.isNaN(date.getTime()) || (isDay && date.toISOString().slice(0, 10) !== value)) return undefined
  return date.toISOString() as Instant
}
