/** How well labels were told: confusion, accuracy, precision, recall, F1 and MCC, as scikit-learn counts them. */
import { requireSameLength } from './argument.ts'

export type LabelScore = {
  readonly label: string
  /** Cases that truly have it. */
  readonly support: number
  readonly precision: number
  readonly recall: number
  readonly f1: number
}

/** Rows of `confusion` are true labels, columns predicted ones, in the order of `labels`. */
export type Classification = {
  readonly n: number
  readonly labels: readonly string[]
  readonly confusion: readonly (readonly number[])[]
  readonly byLabel: readonly LabelScore[]
  readonly accuracy: number
  readonly macroF1: number
  readonly microF1: number
  readonly weightedF1: number
  readonly balancedAccuracy: number
  readonly mcc: number
}

/**
 * Of at least one case; labels are those that occur, sorted, unless given. What divides by zero is 0
 * (`zero_division=0`); MCC is the multiclass R_k (Gorodkin 2004), 0 when a margin is empty. `undefined` for no case.
 */
export function classification(given: {
  truth: readonly string[]
  predicted: readonly string[]
  labels?: readonly string[]
}): Classification | undefined {
  const { truth, predicted } = given
  requireSameLength({ name: 'truth', values: truth }, { name: 'predicted', values: predicted })
  const n = truth.length
  if (n === 0) return undefined
  const labels = given.labels ?? [...new Set([...truth, ...predicted])].sort()
  const place = new Map(labels.map((label, at) => [label, at]))
  const confusion = labels.map(() => labels.map(() => 0))
  truth.forEach((label, index) => {
    const row = confusion[place.get(label) ?? -1]
    const column = place.get(predicted[index] ?? '')
    if (!row || column === undefined)
      throw new RangeError(`labels must hold ${label} and ${predicted[index]}, but it does not.`)
    row[column] = (row[column] ?? 0) + 1
  })
  const told = labels.map((_, at) => sumOf(confusion.map((row) => row[at] ?? 0)))
  const byLabel = labels.map((label, at): LabelScore => {
    const hits = confusion[at]?.[at] ?? 0
    const support = sumOf(confusion[at] ?? [])
    const precision = ratio(hits, told[at] ?? 0)
    const recall = ratio(hits, support)
    return { label, support, precision, recall, f1: ratio(2 * precision * recall, precision + recall) }
  })
  const hits = sumOf(labels.map((_, at) => confusion[at]?.[at] ?? 0))
  const f1s = byLabel.map(({ f1 }) => f1)
  const present = byLabel.filter(({ support }) => support > 0)
  return {
    n,
    labels,
    confusion,
    byLabel,
    accuracy: hits / n,
    macroF1: ratio(sumOf(f1s), labels.length),
    // One label a case: false alarms and misses are the same cases.
    microF1: hits / n,
    weightedF1: sumOf(byLabel.map(({ f1, support }) => f1 * support)) / n,
    balancedAccuracy: ratio(sumOf(present.map(({ recall }) => recall)), present.length),
    mcc: matthews({ hits, n, truly: byLabel.map(({ support }) => support), told }),
  }
}

/** One bin of predictions: mean probability beside the share that came true. */
export type CalibrationBin = { readonly n: number; readonly probability: number; readonly share: number }

/**
 * Expected and maximal calibration error over `bins` equal-width bins, closed on the right, 0 in the first
 * (Naeini 2015); the bins are compared with their edges, because `floor(p * bins)` puts 0.3 one too high.
 */
export function calibrationError(given: {
  probability: readonly number[]
  outcome: readonly number[]
  bins?: number
}): { ece: number; mce: number; bins: CalibrationBin[]; n: number } | undefined {
  const { probability, outcome, bins = 10 } = given
  requireSameLength({ name: 'probability', values: probability }, { name: 'outcome', values: outcome })
  const n = probability.length
  if (n === 0) return undefined
  const members = Array.from({ length: bins }, (): number[] => [])
  probability.forEach((value, index) => {
    if (!(value >= 0 && value <= 1))
      throw new RangeError(`probability[${index}] must lie between 0 and 1, but it is ${value}.`)
    let bin = 0
    while (bin < bins - 1 && value > (bin + 1) / bins) bin++
    members[bin]?.push(index)
  })
  const filled = members
    .filter((indexes) => indexes.length > 0)
    .map((indexes) => ({
      n: indexes.length,
      probability: sumOf(indexes.map((index) => probability[index] ?? 0)) / indexes.length,
      share: sumOf(indexes.map((index) => outcome[index] ?? 0)) / indexes.length,
    }))
  const gaps = filled.map((bin) => Math.abs(bin.share - bin.probability))
  return {
    ece: sumOf(filled.map((bin, at) => bin.n * (gaps[at] ?? 0))) / n,
    mce: Math.max(...gaps),
    bins: filled,
    n,
  }
}

/** Mean squared distance of probabilities from what came (Brier 1950). */
export function brierScore(given: { probability: readonly number[]; outcome: readonly number[] }): number {
  const { probability, outcome } = given
  requireSameLength({ name: 'probability', values: probability }, { name: 'outcome', values: outcome })
  return ratio(sumOf(probability.map((value, index) => (value - (outcome[index] ?? 0)) ** 2)), probability.length)
}

function matthews(given: { hits: number; n: number; truly: readonly number[]; told: readonly number[] }): number {
  const { hits, n, truly, told } = given
  const squares = (values: readonly number[]) => sumOf(values.map((value) => value * value))
  const covariance = hits * n - sumOf(truly.map((count, at) => count * (told[at] ?? 0)))
  return ratio(covariance, Math.sqrt((n * n - squares(told)) * (n * n - squares(truly))))
}

const ratio = (part: number, whole: number): number => (whole === 0 ? 0 : part / whole)
const sumOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0)
