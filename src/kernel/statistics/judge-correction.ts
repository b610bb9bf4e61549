/**
 * What a rate really is when a judge that errs counted it, with the uncertainty of the judge's calibration carried
 * through: Rogan and Gladen 1978 for yes and no, prediction-powered inference for numbers.
 */
import { requireOpenFraction, requirePart, requireSameLength, requireValues } from './argument.ts'
import type { Interval } from './interval.ts'
import { normalQuantile } from './normal.ts'
import { mean } from './summary.ts'

/** A judge held against people: of `positives` that people call good it called `truePositive` good, and so on. */
export type JudgeCalibration = {
  readonly truePositive: number
  readonly positives: number
  readonly trueNegative: number
  readonly negatives: number
}

export type CorrectedRate = Interval & {
  readonly raw: number
  readonly sensitivity: number
  readonly specificity: number
  readonly estimate: number
  readonly estimateClamped: number
  readonly se: number
}

/**
 * The rate behind `judgePositive` of `n`, by the delta method; neither estimate nor interval is cut at 0 and 1.
 * `undefined` when the judge tells good from bad no better than chance (sensitivity + specificity at most 1), or when
 * people called none good or none bad.
 */
export function roganGladen(
  given: JudgeCalibration & { judgePositive: number; n: number; confidence?: number },
): CorrectedRate | undefined {
  const { judgePositive, n, positives, negatives, confidence = 0.95 } = given
  requirePart({ name: 'judgePositive', value: judgePositive }, { name: 'n', value: n })
  requireOpenFraction('confidence', confidence)
  const rates = ratesOf(given)
  if (!rates || n === 0) return undefined
  const { sensitivity, specificity, youden } = rates
  const raw = judgePositive / n
  const estimate = (raw + specificity - 1) / youden
  const variance =
    (raw * (1 - raw)) / n +
    ((1 - estimate) ** 2 * specificity * (1 - specificity)) / negatives +
    (estimate ** 2 * sensitivity * (1 - sensitivity)) / positives
  const se = Math.sqrt(variance) / youden
  return {
    raw,
    sensitivity,
    specificity,
    estimate,
    estimateClamped: Math.min(1, Math.max(0, estimate)),
    se,
    ...around(estimate, se, confidence),
  }
}

/**
 * Second arm less first, both counted by the same judge: the calibration is shared, so its error is counted once
 * (the specificity cancels in the difference). The arms are taken as independent, which for pairs errs towards wide.
 */
export function roganGladenDifference(
  given: JudgeCalibration & {
    judgePositiveA: number
    nA: number
    judgePositiveB: number
    nB: number
    confidence?: number
  },
): (Interval & { difference: number; se: number }) | undefined {
  const { judgePositiveA, nA, judgePositiveB, nB, positives, negatives, confidence = 0.95 } = given
  requirePart({ name: 'judgePositiveA', value: judgePositiveA }, { name: 'nA', value: nA })
  requirePart({ name: 'judgePositiveB', value: judgePositiveB }, { name: 'nB', value: nB })
  const rates = ratesOf(given)
  if (!rates || nA === 0 || nB === 0) return undefined
  const { sensitivity, specificity, youden } = rates
  const a = judgePositiveA / nA
  const b = judgePositiveB / nB
  const difference = (b - a) / youden
  const calibration = (specificity * (1 - specificity)) / negatives + (sensitivity * (1 - sensitivity)) / positives
  const se = Math.sqrt((a * (1 - a)) / nA + (b * (1 - b)) / nB + difference ** 2 * calibration) / youden
  return { difference, se, ...around(difference, se, confidence) }
}

/**
 * The interval of a corrected rate that holds near 0 and 1 and with few labels, where that of the delta method is too short
 * (simulated at 95 %: 0.946 to 0.98 beside 0.921 to 0.96): counts are moved a little towards the middle (Lang and Reiczigel
 * 2014, Preventive Veterinary Medicine 113). Not cut at 0 and 1: one that lies beyond them as a whole says that the judge
 * was calibrated on other answers. `undefined` as of `roganGladen`.
 */
export function correctedRateInterval(
  given: JudgeCalibration & { judgePositive: number; n: number; confidence?: number },
): Interval | undefined {
  const { judgePositive, n, confidence = 0.95 } = given
  requirePart({ name: 'judgePositive', value: judgePositive }, { name: 'n', value: n })
  if (!ratesOf(given) || n === 0) return undefined
  const rates = ratesOf(towardsMiddle(given))
  if (!rates) return undefined
  const { sensitivity, specificity, youden } = rates
  const z = normalQuantile((1 + confidence) / 2)
  const size = n + z ** 2
  const raw = (judgePositive + z ** 2 / 2) / size
  const estimate = (raw + specificity - 1) / youden
  const ofSensitivity = (sensitivity * (1 - sensitivity)) / (given.positives + 2)
  const ofSpecificity = (specificity * (1 - specificity)) / (given.negatives + 2)
  const variance = (raw * (1 - raw)) / size + estimate ** 2 * ofSensitivity + (1 - estimate) ** 2 * ofSpecificity
  const centre = estimate + 2 * z ** 2 * (estimate * ofSensitivity - (1 - estimate) * ofSpecificity)
  return around(centre, Math.sqrt(variance) / youden, confidence)
}

/**
 * The interval of `roganGladenDifference` with one more success and one more failure in each count (after Agresti and
 * Caffo 2000), so that arms of which all were called good have one too; simulated at 95 %: 0.941 to 0.978.
 */
export function correctedDifferenceInterval(
  given: JudgeCalibration & {
    judgePositiveA: number
    nA: number
    judgePositiveB: number
    nB: number
    confidence?: number
  },
): Interval | undefined {
  const { judgePositiveA, nA, judgePositiveB, nB } = given
  if (!roganGladenDifference(given)) return undefined
  return roganGladenDifference({
    ...given,
    ...towardsMiddle(given),
    ...{ judgePositiveA: judgePositiveA + 1, nA: nA + 2, judgePositiveB: judgePositiveB + 1, nB: nB + 2 },
  })
}

/**
 * The mean of what people would say, from a judge on everything and people on a part (Angelopoulos, arXiv 2301.09633);
 * `lambda` of 1 trusts the judge's numbers wholly, `tuned` chooses it (PPI++, arXiv 2311.01453, clamped to [0, 1]).
 * `ddof` 1 is the safer divisor below 50 labels.
 */
export function predictionPoweredMean(given: {
  labels: readonly number[]
  predictionsOnLabelled: readonly number[]
  predictionsUnlabelled: readonly number[]
  lambda?: number | 'tuned'
  ddof?: 0 | 1
  confidence?: number
}): Interval & { estimate: number; se: number; lambda: number; lambdaUnclamped: number } {
  const { labels, predictionsOnLabelled, predictionsUnlabelled, ddof = 1, confidence = 0.95 } = given
  requireSameLength(
    { name: 'labels', values: labels },
    { name: 'predictionsOnLabelled', values: predictionsOnLabelled },
  )
  requireValues({ name: 'labels', values: labels, least: 2 })
  requireValues({ name: 'predictionsOnLabelled', values: predictionsOnLabelled, least: 2 })
  requireValues({ name: 'predictionsUnlabelled', values: predictionsUnlabelled, least: 2 })
  const lambdaUnclamped = given.lambda === 'tuned' ? tunedLambda(given) : (given.lambda ?? 1)
  const lambda = Math.min(1, Math.max(0, lambdaUnclamped))
  const residuals = labels.map((label, at) => label - lambda * (predictionsOnLabelled[at] ?? Number.NaN))
  const estimate = lambda * mean(predictionsUnlabelled) + mean(residuals)
  const se = Math.sqrt(
    (lambda ** 2 * spreadOf(predictionsUnlabelled, ddof)) / predictionsUnlabelled.length +
      spreadOf(residuals, ddof) / labels.length,
  )
  return { estimate, se, lambda, lambdaUnclamped, ...around(estimate, se, confidence) }
}

function tunedLambda(given: {
  labels: readonly number[]
  predictionsOnLabelled: readonly number[]
  predictionsUnlabelled: readonly number[]
}): number {
  const { labels, predictionsOnLabelled, predictionsUnlabelled } = given
  const [centre, other] = [mean(labels), mean(predictionsOnLabelled)]
  const covariance = mean(labels.map((label, at) => (label - centre) * ((predictionsOnLabelled[at] ?? 0) - other)))
  const spread = spreadOf([...predictionsOnLabelled, ...predictionsUnlabelled], 0)
  return spread === 0 ? 0 : covariance / ((1 + labels.length / predictionsUnlabelled.length) * spread)
}

const towardsMiddle = ({ truePositive, positives, trueNegative, negatives }: JudgeCalibration): JudgeCalibration => ({
  ...{ truePositive: truePositive + 1, positives: positives + 2 },
  ...{ trueNegative: trueNegative + 1, negatives: negatives + 2 },
})

function ratesOf({ truePositive, positives, trueNegative, negatives }: JudgeCalibration) {
  requirePart({ name: 'truePositive', value: truePositive }, { name: 'positives', value: positives })
  requirePart({ name: 'trueNegative', value: trueNegative }, { name: 'negatives', value: negatives })
  if (positives === 0 || negatives === 0) return undefined
  const sensitivity = truePositive / positives
  const specificity = trueNegative / negatives
  const youden = sensitivity + specificity - 1
  return youden > 0 ? { sensitivity, specificity, youden } : undefined
}

function around(centre: number, se: number, confidence: number): Interval {
  const halfWidth = -normalQuantile((1 - confidence) / 2) * se
  return { low: centre - halfWidth, high: centre + halfWidth }
}

function spreadOf(values: readonly number[], ddof: 0 | 1): number {
  const centre = mean(values)
  return values.reduce((sum, value) => sum + (value - centre) ** 2, 0) / (values.length - ddof)
}
