/** How many cases would show a difference of a suite's margin, before any experiment compared two models. Pure. */
import type { SuitePart } from '../core/manifest.ts'
import { meanSampleSize, pairedProportionsSampleSize } from '../kernel/statistics/index.ts'
import { prepareEvaluators } from './evaluators/index.ts'

/** Before anything was measured: arms disagree on a fifth of the examples, or scores differ by 0.3 (standard deviation). */
export const EXPECTED_DISCORDANT = 0.2
export const EXPECTED_DEVIATION = 0.3

/** With 80 % power; null where nobody knows how much the primary score varies. */
export function decidingCases({
  evaluators,
  primary,
  margin,
}: Pick<SuitePart, 'evaluators' | 'primary' | 'margin'>): number | null {
  const evaluator = prepareEvaluators(evaluators).find(({ key }) => key === primary)?.evaluator
  if (evaluator?.unit !== 'share' || margin >= 1) return null
  return evaluator.kind === 'rate'
    ? pairedProportionsSampleSize({ discordant: Math.max(EXPECTED_DISCORDANT, margin), difference: margin }).n
    : meanSampleSize({ difference: margin, standardDeviation: EXPECTED_DEVIATION }).n
}
