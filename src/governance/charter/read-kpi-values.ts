/** Values of KPIs from a table, as a report or a spreadsheet gives them each week; all rows or none. Pure. */
import { readCsv } from '../../kernel/csv.ts'
import { Failure, type Problem } from '../../kernel/failure.ts'
import { Instant } from '../../kernel/time.ts'

export type GivenKpiValue = {
  readonly kpi: string
  readonly value: number
  readonly n: number | null
  readonly measuredAt: Instant | undefined
  readonly source: string
}

/** @param csv columns `kpi` and `value`, and as wanted `n`, `measuredAt` (a day or an instant) and `source` */
export function readKpiValues(csv: string): GivenKpiValue[] {
  const [head, ...rows] = readCsv(csv)
  const names = (head?.cells ?? []).map((cell) => cell.trim().toLowerCase())
  const missing = ['kpi', 'value'].filter((name) => !names.includes(name))
  if (missing.length > 0)
    throw invalid([
      {
        line: head?.line ?? 1,
        field: 'csv',
        message: `the first line has no column ${missing.join(' and ')}`,
        remedy: 'Begin with kpi,value,n,measuredAt,source.',
      },
    ])
  const problems: Problem[] = []
  const values = rows.flatMap(({ line, cells }) => {
    const cell = (name: string) => cells[names.indexOf(name)]?.trim() ?? ''
    const bad = (field: string, message: string, remedy: string) => problems.push({ line, field, message, remedy })
    const value = Number(cell('value').replace(',', '.'))
    const n = cell('n') === '' ? null : Number(cell('n'))
    const day = cell('measuredat')
    const at = Instant.safeParse(/^\d{4}-\d{2}-\d{2}$/.test(day) ? `${day}T00:00:00.000Z` : day)
    if (cell('kpi') === '') bad('kpi', 'is empty', 'Name the KPI as the charter does.')
    if (cell('value') === '' || !Number.isFinite(value)) bad('value', `“${cell('value')}” is no number`, 'Write 0.42.')
    if (n !== null && !(Number.isInteger(n) && n >= 0)) bad('n', `“${cell('n')}” is no whole number`, 'Write 120.')
    if (day !== '' && !at.success) bad('measuredAt', `“${day}” is no day`, 'Write 2026-03-01.')
    return {
      kpi: cell('kpi'),
      value,
      n,
      measuredAt: at.success ? at.data : undefined,
      source: cell('source') || 'a table',
    }
  })
  if (problems.length > 0) throw invalid(problems)
  if (values.length === 0)
    throw invalid([{ line: 1, field: 'csv', message: 'there is no row', remedy: 'Send at least one value.' }])
  return values
}

function invalid(problems: Problem[]): Failure {
  const [first] = problems
  return new Failure(
    'invalid',
    'governance.kpi-values-invalid',
    `Line ${first?.line}, ${first?.field}: ${first?.message}. ${first?.remedy}${problems.length > 1 ? ` ${problems.length - 1} more.` : ''}`,
    { problems },
  )
}
