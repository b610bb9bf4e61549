/** A suite as it is frozen: with its digest, after everything it names was checked. */
import type { Suite } from '../core/dataset.ts'
import type { SuitePart } from '../core/manifest.ts'
import { digestOf } from '../kernel/digest.ts'
import { Failure } from '../kernel/failure.ts'
import { evaluatorOf, prepareEvaluators } from './evaluators/index.ts'

/** Throws for an unknown evaluator, options it cannot use, or a primary that is not among its evaluators. */
export function suitePart(suite: Suite): SuitePart {
  const keys = prepareEvaluators(suite.evaluators).map(({ key }) => key)
  if (!keys.includes(suite.primary))
    throw new Failure(
      'invalid',
      'evals.primary-unknown',
      `The suite ${suite.name} decides by ${suite.primary}, which is not among its evaluators ${keys.join(', ')}.`,
    )
  return { ...suite, digest: digestOf(suite) }
}

/** The evaluators that suites use, each once with its version, by id. */
export const evaluatorParts = (suites: readonly Pick<Suite, 'evaluators'>[]): { id: string; version: number }[] =>
  [...new Set(suites.flatMap(({ evaluators }) => evaluators.map(({ use }) => use)))]
    .sort()
    .map((id) => ({ id, version: evaluatorOf(id).version }))
