/** How the rows of a dataset are made up. Pure. */
import { type Example, turnsOf } from '../../core/dataset.ts'
import type { DatasetProfile } from './measure.ts'

export type DeclaredSegment = { readonly field: string; readonly shares: Readonly<Record<string, number>> }

/** Fewer rows of a value say nothing of it. */
export const FEWEST_OF_SEGMENT = 30
const MOST_LABELS = 50
const MOST_SHOWN = 20

export function profileOf(
  rows: readonly Example[],
  { total, segments }: { total: number; segments: readonly DeclaredSegment[] },
): DatasetProfile {
  const lengths = rows
    .map((row) => turnsOf(row).reduce((sum, { content }) => sum + content.length, 0))
    .sort((a, b) => a - b)
  const at = (share: number) => lengths[Math.min(lengths.length - 1, Math.floor(share * lengths.length))] ?? 0
  return {
    rows: total,
    measured: rows.length,
    splits: Object.fromEntries(count(rows.map(({ split }) => split))),
    withExpected: rows.filter(({ expected }) => expected !== undefined && expected !== null).length,
    conversations: rows.filter(({ input }) => typeof input !== 'string').length,
    unanswerable: rows.filter(({ unanswerable }) => unanswerable).length,
    synthetic: rows.filter(({ synthetic }) => synthetic).length,
    clusters: new Set(rows.flatMap(({ cluster }) => cluster ?? [])).size,
    lengths: rows.length === 0 ? null : { least: at(0), median: at(0.5), p95: at(0.95), most: at(1) },
    labels: labelsOf(rows).slice(0, MOST_SHOWN),
    segments: segments.flatMap((segment) => segmentRows(rows, segment)),
    sources: count(rows.map(({ source = 'not said' }) => source.replace(/(:\d+| [0-9a-f]{32})$/, '')))
      .map(([source, of]) => ({ source, rows: of }))
      .slice(0, MOST_SHOWN),
  }
}

/** Expected answers that are classes: few, and each given to several rows. Empty where answers are free text. */
export function labelsOf(rows: readonly Example[]): { label: string; rows: number }[] {
  const answers = rows.flatMap(({ expected }) => (typeof expected === 'string' ? [expected] : []))
  const counted = count(answers)
  if (counted.length < 2 || counted.length > MOST_LABELS || answers.length < counted.length * 3) return []
  return counted.map(([label, of]) => ({ label: label.slice(0, 80), rows: of }))
}

function segmentRows(rows: readonly Example[], { field, shares }: DeclaredSegment): DatasetProfile['segments'] {
  const found = new Map(count(rows.map(({ metadata }) => String(metadata?.[field] ?? 'not said'))))
  return [...new Set([...Object.keys(shares), ...found.keys()])].map((value) => {
    const of = found.get(value) ?? 0
    return { field, value, rows: of, expected: shares[value] ?? 0, isEnough: of >= FEWEST_OF_SEGMENT }
  })
}

/** The most frequent first. */
function count(values: readonly string[]): [string, number][] {
  const counts = new Map<string, number>()
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1)
  return [...counts].sort((one, other) => other[1] - one[1])
}
