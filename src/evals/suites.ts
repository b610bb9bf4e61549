/** A suite as it is frozen: with its digest, after everything it names was checked. */
import type { Suite } from '../core/dataset.ts'
import type { Manifest, SuitePart } from '../core/manifest.ts'
import { digestOf } from '../kernel/digest.ts'
import { Failure } from '../kernel/failure.ts'
import { prepareEvaluators } from './evaluators/index.ts'

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

/** The evaluators that suites use, each once with its version, by id; one that a model grades once for each judge. */
export function evaluatorParts(suites: readonly Pick<Suite, 'evaluators'>[]): Manifest['evaluators'] {
  const uses = prepareEvaluators(suites.flatMap(({ evaluators }) => evaluators))
  const parts = uses.map(({ evaluator: { id, version }, judge }) => ({
    id,
    version,
    ...(judge && { judge: { model: judge.model, digest: judge.digest } }),
  }))
  return [...new Map(parts.map((part) => [`${part.id} ${part.judge?.digest ?? ''}`, part])).entries()]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([, part]) => part)
}
