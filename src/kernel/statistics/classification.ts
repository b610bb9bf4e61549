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
  const support = byLabel.map((one) => one.support)
  const present = byLabel.filter((one) => one.support > 0)
  const hits = labels.map((_, at) => confusion[at]?.[at] ?? 0)
  return {
    n,
    labels,
    confusion,
    byLabel,
    ...labelFigures({ hits, support, told, labels: labels.length }),
    weightedF1: sumOf(byLabel.map(({ f1, support }) => f1 * support)) / n,
    balancedAccuracy: ratio(sumOf(present.map(({ recall }) => recall)), present.length),
  }
}

export type LabelFigures = Pick<Classification, 'accuracy' | 'macroF1' | 'microF1' | 'mcc'>

/**
 * The same figures from sums alone, by label: cases told rightly, cases that have it, cases that were told to have it. Of
 * at least one case. Cases that were told none of the labels count for accuracy, for recall, and as one more class for MCC
 * (as scikit-learn does when it is given the labels that count for F1).
 *
 * @param labels that macro F1 is the mean of; those that occur when left out
 */
export function labelFigures(given: {
  hits: ArrayLike<number>
  support: ArrayLike<number>
  told: ArrayLike<number>
  labels?: number
}): LabelFigures {
  let [n, right, named, f1s, occurring] = [0, 0, 0, 0, 0]
  let [both, ofSupport, ofTold] = [0, 0, 0]
  for (let at = 0; at < given.support.length; at++) {
    const [hits, support, told] = [given.hits[at] ?? 0, given.support[at] ?? 0, given.told[at] ?? 0]
    if (support + told === 0) continue
    n += support
    named += told
    right += hits
    occurring += 1
    f1s += (2 * hits) / (support + told)
    both += support * told
    ofSupport += support ** 2
    ofTold += told ** 2
  }
  const none = n - named
  return {
    accuracy: right / n,
    macroF1: ratio(f1s, given.labels ?? occurring),
    microF1: ratio(2 * right, n + named),
    mcc: ratio(right * n - both, Math.sqrt((n * n - ofTold - none ** 2) * (n * n - ofSupport))),
  }
}

/** One bin of predictions: mean probability beside the share that came true. */
export type CalibrationBin = { readonly n: number; readonly probability: number; readonly share: number }

/**
 * Expected and maximal calibration error over `bins` equal-width bins, closed on the right, 0 in the first
 * (Naeini 2015).
 */
export function calibrationError(given: {
  probability: readonly number[]
  outcome: readonly number[]
  bins?: number
}): { ece: number; mce: number; bins: CalibrationBin[]; n: number } | undefined {
  const { probability, outcome, bins = CALIBRATION_BINS } = given
  requireSameLength({ name: 'probability', values: probability }, { name: 'outcome', values: outcome })
  const sums = new Float64Array(3 * bins)
  probability.forEach((value, index) => {
    if (!(value >= 0 && value <= 1))
      throw new RangeError(`probability[${index}] must lie between 0 and 1, but it is ${value}.`)
    const at = 3 * calibrationBin(value, bins)
    sums[at] = (sums[at] ?? 0) + 1
    sums[at + 1] = (sums[at + 1] ?? 0) + value
    sums[at + 2] = (sums[at + 2] ?? 0) + (outcome[index] ?? 0)
  })
  return calibrationOf(sums)
}

export const CALIBRATION_BINS = 10

/** Bins are compared with their edges, because `floor(p * bins)` puts 0.3 one too high. */
export function calibrationBin(probability: number, bins = CALIBRATION_BINS): number {
  let bin = 0
  while (bin < bins - 1 && probability > (bin + 1) / bins) bin++
  return bin
}

/** @param sums by bin: how many, their probabilities, their outcomes */
export function calibrationOf(sums: Float64Array): ReturnType<typeof calibrationError> {
  const filled: CalibrationBin[] = []
  for (let at = 0; at < sums.length; at += 3) {
    const n = sums[at] ?? 0
    if (n > 0) filled.push({ n, probability: (sums[at + 1] ?? 0) / n, share: (sums[at + 2] ?? 0) / n })
  }
  if (filled.length === 0) return undefined
  const n = sumOf(filled.map((bin) => bin.n))
  const gaps = filled.map((bin) => Math.abs(bin.share - bin.probability))
  return { ece: sumOf(filled.map((bin, at) => bin.n * (gaps[at] ?? 0))) / n, mce: Math.max(...gaps), bins: filled, n }
}

/** Mean squared distance of probabilities from what came (Brier 1950). */
export function brierScore(given: { probability: readonly number[]; outcome: readonly number[] }): number {
  const { probability, outcome } = given
  requireSameLength({ name: 'probability', values: probability }, { name: 'outcome', values: outcome })
  return ratio(sumOf(probability.map((value, index) => (value - (outcome[index] ?? 0)) ** 2)), probability.length)
}

const ratio = (part: number, whole: number): number => (whole === 0 ? 0 : part / whole)
const sumOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0)
