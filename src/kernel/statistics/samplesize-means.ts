/** How many cases a comparison of mean scores needs, and what it can see with those it has. */
import { requireCount, requireFinite, requirePositive } from './argument.ts'
import { bisect } from './bisect.ts'
import { type PowerPlan, powerQuantiles, type SampleSize, sampleSize } from './power-plan.ts'
import { tTestPower } from './t-power.ts'

/**
 * 'paired': `standardDeviation` is that of a case's difference and n counts cases. 'unpaired': it is
 * that of one unit and n counts units per arm. `method` 't' (default) is exact for normal scores by
 * the noncentral t, 'normal' is the closed form, about 2 cases short.
 */
export type MeanComparison = {
  readonly standardDeviation: number
  readonly design?: 'paired' | 'unpaired'
  readonly method?: 't' | 'normal'
} & PowerPlan

/** n needed to see a mean `difference` (other than 0), in the units of the scores. */
export function meanSampleSize(given: { readonly difference: number } & MeanComparison): SampleSize {
  const { difference, standardDeviation, method = 't' } = given
  requireFinite('difference', difference)
  requirePositive('the size of difference', Math.abs(difference))
  requirePositive('standardDeviation', standardDeviation)
  const { zAlpha, zPower } = powerQuantiles(given)
  const normal = ((zAlpha + zPower) * standardDeviation * Math.sqrt(arms(given))) / difference
  if (method === 'normal') return sampleSize(normal ** 2)

  const sees = (n: number) => reachesPower({ ...given, difference, n })
  if (sees(2)) return sampleSize(2)
  let high = Math.max(4, normal ** 2 * 2)
  while (!sees(high)) high *= 2
  return sampleSize(bisect({ low: 2, high }, sees))
}

/** The smallest mean difference, in the units of the scores, that `n` (at least 2) sees. */
export function meanDetectable(given: { readonly n: number } & MeanComparison): number {
  const { n, standardDeviation, method = 't' } = given
  requireCount({ name: 'n', value: n, least: 2 })
  requirePositive('standardDeviation', standardDeviation)
  const { zAlpha, zPower } = powerQuantiles(given)
  const normal = (zAlpha + zPower) * standardDeviation * Math.sqrt(arms(given) / n)
  if (method === 'normal') return normal

  const sees = (difference: number) => reachesPower({ ...given, difference, n })
  let high = Math.max(normal, standardDeviation / Math.sqrt(n))
  while (!sees(high)) high *= 2
  return bisect({ low: 0, high }, sees)
}

/**
 * Questions needed when each is answered several times and scores are averaged per question
 * (Miller 2411.00640): (z_a + z_b)^2 (omega^2 + sigmaA^2/K_A + sigmaB^2/K_B) / difference^2.
 * `betweenVariance` omega^2 is that of the questions' true differences, `withinVariance1/2` that of
 * the answers to one question, `answers1/2` K how many are drawn.
 */
export function repeatedAnswersSampleSize(
  given: {
    betweenVariance: number
    withinVariance1: number
    withinVariance2: number
    answers1: number
    answers2: number
    difference: number
  } & PowerPlan,
): SampleSize {
  const { betweenVariance, withinVariance1, withinVariance2, answers1, answers2, difference } = given
  requireCount({ name: 'answers1', value: answers1, least: 1 })
  requireCount({ name: 'answers2', value: answers2, least: 1 })
  const variance = betweenVariance + withinVariance1 / answers1 + withinVariance2 / answers2
  return meanSampleSize({ ...given, difference, standardDeviation: Math.sqrt(variance), method: 'normal' })
}

function reachesPower(given: { difference: number; n: number } & MeanComparison): boolean {
  const { difference, n, standardDeviation } = given
  const { alpha, power, sides } = powerQuantiles(given)
  const noncentrality = (Math.abs(difference) / standardDeviation) * Math.sqrt(n / arms(given))
  return tTestPower({ noncentrality, degreesOfFreedom: arms(given) * (n - 1), alpha, sides }) >= power
}

const arms = ({ design = 'paired' }: MeanComparison): 1 | 2 => (design === 'paired' ? 1 : 2)
