/** KPIs to begin with, and their baseline from a sample log, so that "before" is measured and not remembered. */
import { z } from 'zod'
import { readCsv } from '../../kernel/csv.ts'
import { Failure } from '../../kernel/failure.ts'
import { type Figure, figureOf } from './figure.ts'
import { KPI_FAMILIES } from './kpi.ts'

export const KpiPreset = z.strictObject({
  id: z.string(),
  family: z.enum(KPI_FAMILIES),
  /** What a charter calls it. */
  name: z.string(),
  /** The same in words for whoever chooses, which is said in their language. */
  title: z.string(),
  unit: z.string(),
  better: z.enum(['higher', 'lower']),
  formula: z.string(),
  operation: z.enum(['mean', 'median', 'sum', 'share', 'per-distinct']),
  /** The column of the log that it reads. */
  column: z.string(),
  /** For shares: the cell that counts. */
  equals: z.string().nullable(),
  /** The first line of a log that fits. */
  example: z.string(),
})
export type KpiPreset = z.infer<typeof KpiPreset>

export const KpiPack = z.strictObject({
  name: z.string(),
  version: z.string(),
  asOf: z.iso.date(),
  families: z.array(z.strictObject({ id: z.enum(KPI_FAMILIES), title: z.string() })),
  presets: z.array(KpiPreset),
})
export type KpiPack = z.infer<typeof KpiPack>

export const Baseline = z.object({
  value: z.number(),
  /** Rows that it rests on. */
  n: z.number().int(),
  /** 95 % interval; null where the sample says nothing about it. */
  interval: z.object({ low: z.number(), high: z.number() }).nullable(),
  unit: z.string(),
  formula: z.string(),
  /** Rows without a usable cell, left out. */
  leftOut: z.number().int(),
})
export type Baseline = z.infer<typeof Baseline>

/** @param csv a log with a header; the column may be written in any case */
export function baselineFrom(preset: KpiPreset, csv: string): Baseline {
  const [head, ...rows] = readCsv(csv)
  const at = (head?.cells ?? []).findIndex((cell) => cell.trim().toLowerCase() === preset.column)
  if (at < 0)
    throw new Failure(
      'invalid',
      'governance.log-column-missing',
      `csv: the first line has no column ${preset.column}; it has ${(head?.cells ?? []).join(', ') || 'nothing'}. Begin the log with ${preset.example}.`,
    )
  const cells = rows.map(({ cells: row }) => row[at]?.trim() ?? '').filter((cell) => cell !== '')
  const isCounted = preset.operation === 'share' || preset.operation === 'per-distinct'
  const numbers = isCounted ? [] : cells.map((cell) => Number(cell.replace(',', '.'))).filter(Number.isFinite)
  const n = isCounted ? cells.length : numbers.length
  if (n === 0)
    throw new Failure(
      'invalid',
      'governance.log-empty',
      `csv: no row has a usable value in ${preset.column}. Send at least one.`,
    )
  const leftOut = rows.length - n
  const { value, interval } = measured(preset, { cells, numbers })
  return { value, interval, n, leftOut, unit: preset.unit, formula: preset.formula }
}

function measured(preset: KpiPreset, { cells, numbers }: { cells: string[]; numbers: number[] }): Figure {
  const { operation, equals } = preset
  if (operation === 'per-distinct') return { value: cells.length / new Set(cells).size, interval: null }
  if (operation !== 'share') return figureOf(operation, numbers)
  return figureOf(
    'share',
    cells.map((cell) => Number(cell.toLowerCase() === equals?.toLowerCase())),
  )
}
