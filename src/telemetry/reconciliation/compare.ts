/** Sets what we recorded beside what a provider exported, by day and model. Pure. */
import { type MicroUsd, microUsd } from '../../kernel/money.ts'
import type { Reckoned, ReconciledRow } from './contract.ts'
import type { ExportRow } from './export-forms.ts'
import type { ProviderExport } from './provider-export.ts'

export type OwnRow = {
  readonly day: string
  /** Without its provider. */
  readonly model: string
  readonly requests: number
  readonly inputTokens: number
  readonly outputTokens: number
  readonly pico: bigint
  readonly estimated: number
  readonly unpriced: number
}
export type Tolerance = { readonly tokens: number; readonly money: number }

/**
 * A model as both sides may call it: `Claude Haiku 4.5`, `claude-haiku-4-5-20251001` and `claude-haiku-4.5` are one,
 * as are a snapshot and the name that leads to it.
 */
export const commonName = (model: string): string =>
  model
    .toLowerCase()
    .trim()
    .replace(/[\s._]+/g, '-')
    .replace(/-(?:\d{4}-\d{2}-\d{2}|\d{8})$/, '')
    .replace(/-(?:latest)$/, '')

const ALL = ''

/** In the order of days and models. */
export function compareUsage(
  own: readonly OwnRow[],
  { rows, days }: Pick<ProviderExport, 'rows' | 'days'>,
  tolerance: Tolerance,
): ReconciledRow[] {
  // An export that names no model at all is compared as a whole.
  const isByModel = rows.length === 0 || rows.some(({ model }) => model !== null)
  const covered = new Set(days)
  const keyOf = (day: string, model: string | null) => `${day} ${isByModel && model !== null ? commonName(model) : ALL}`
  const ours = Map.groupBy(
    own.filter(({ day }) => covered.has(day)),
    ({ day, model }) => keyOf(day, model),
  )
  const theirs = Map.groupBy(rows, ({ day, model }) => keyOf(day, model))
  return [...new Set([...ours.keys(), ...theirs.keys()])].sort().map((key) => {
    const [day = '', model = ALL] = key.split(' ', 2)
    const [here, there] = [ours.get(key), theirs.get(key)]
    const told = { ours: here ? ownSum(here) : null, theirs: there ? theirSum(there) : null }
    const differs = told.ours && told.theirs ? differencesOf(told.ours, told.theirs, tolerance) : []
    return {
      day,
      model: model === ALL ? null : model,
      ...told,
      finding: findingOf({ ...told, isUnnamed: isByModel && model === ALL, differs }),
      differs,
      estimated: here?.reduce((sum, row) => sum + row.estimated, 0) ?? 0,
      unpriced: here?.reduce((sum, row) => sum + row.unpriced, 0) ?? 0,
    }
  })
}

function findingOf({
  ours,
  theirs,
  isUnnamed,
  differs,
}: Pick<ReconciledRow, 'ours' | 'theirs' | 'differs'> & { isUnnamed: boolean }): ReconciledRow['finding'] {
  if (!theirs) return 'missing-there'
  // Nothing used is nothing missing.
  if (!ours && isNothing(theirs)) return 'agrees'
  if (!ours) return isUnnamed ? 'not-by-model' : 'missing-here'
  return differs.length === 0 ? 'agrees' : 'differs'
}

const isNothing = ({ inputTokens, outputTokens, costMicroUsd }: Reckoned): boolean =>
  (inputTokens ?? 0) === 0 && (outputTokens ?? 0) === 0 && (costMicroUsd === null || costMicroUsd === '0')

function differencesOf(ours: Reckoned, theirs: Reckoned, tolerance: Tolerance): ReconciledRow['differs'] {
  return (['inputTokens', 'outputTokens', 'costMicroUsd'] as const).filter((figure) => {
    const [one, other] = [ours[figure], theirs[figure]]
    if (one === null || other === null) return false
    const [a, b] = [Number(one), Number(other)]
    const most = figure === 'costMicroUsd' ? tolerance.money : tolerance.tokens
    return Math.abs(a - b) > most * Math.max(Math.abs(a), Math.abs(b))
  })
}

export const ownSum = (rows: readonly OwnRow[]): Reckoned => ({
  requests: sumOf(rows, 'requests'),
  inputTokens: sumOf(rows, 'inputTokens'),
  outputTokens: sumOf(rows, 'outputTokens'),
  // Where nothing of it has a price the sum is unknown and not zero.
  costMicroUsd: rows.every(({ requests, unpriced }) => requests > 0 && requests === unpriced)
    ? null
    : money(rows.map(({ pico }) => pico)),
})

export const theirSum = (rows: readonly ExportRow[]): Reckoned => ({
  requests: sumOf(rows, 'requests'),
  inputTokens: sumOf(rows, 'inputTokens'),
  outputTokens: sumOf(rows, 'outputTokens'),
  costMicroUsd: rows.some(({ pico }) => pico !== null) ? money(rows.map(({ pico }) => pico ?? 0n)) : null,
})

/** Null when nobody says. */
function sumOf<Name extends string>(
  rows: readonly { readonly [name in Name]: number | null }[],
  name: Name,
): number | null {
  const said = rows.flatMap((row) => row[name] ?? [])
  return said.length === 0 ? null : said.reduce((sum, one) => sum + one, 0)
}

const money = (picos: readonly bigint[]): MicroUsd => microUsd(picos.reduce((sum, pico) => sum + pico, 0n))
