/** The evaluators, each by name; a suite uses them with options. */
import type { EvaluatorUse } from '../../core/dataset.ts'
import { Failure } from '../../kernel/failure.ts'
import { abstention } from './abstention.ts'
import { averagePrecision } from './average-precision.ts'
import { citationValidity } from './citation-validity.ts'
import { contains } from './contains.ts'
import { costMicroUsd } from './cost-micro-usd.ts'
import type { Evaluator, Scorer } from './evaluator.ts'
import { exact } from './exact.ts'
import { jsonSchema } from './json-schema.ts'
import { latencyMs } from './latency-ms.ts'
import { normalisedMatch } from './normalised.ts'
import { recallAtK } from './recall-at-k.ts'
import { regex } from './regex.ts'
import { rougeL } from './rouge-l.ts'
import { tokenF1 } from './token-f1.ts'

export type { Answered, Evaluator, Scored, Scorer } from './evaluator.ts'

export const EVALUATORS: readonly Evaluator[] = [
  exact,
  normalisedMatch,
  contains,
  regex,
  jsonSchema,
  tokenF1,
  rougeL,
  citationValidity,
  abstention,
  recallAtK,
  averagePrecision,
  latencyMs,
  costMicroUsd,
]

/** An evaluator as one suite uses it; `key` names its scores. */
export type Prepared = { readonly key: string; readonly evaluator: Evaluator; readonly score: Scorer }

/** The evaluators of a suite, options checked. A second use of one evaluator has the key `regex#2`. */
export function prepareEvaluators(uses: readonly EvaluatorUse[]): Prepared[] {
  const counts = new Map<string, number>()
  return uses.map(({ use, options }) => {
    const evaluator = evaluatorOf(use)
    const count = (counts.get(use) ?? 0) + 1
    counts.set(use, count)
    return { key: count === 1 ? use : `${use}#${count}`, evaluator, score: evaluator.prepare(options) }
  })
}

/** Throws `evals.unknown-evaluator` with the list of those that exist. */
export function evaluatorOf(id: string): Evaluator {
  const found = EVALUATORS.find((evaluator) => evaluator.id === id)
  if (found) return found
  throw new Failure(
    'invalid',
    'evals.unknown-evaluator',
    `There is no evaluator ${id}. Use one of ${EVALUATORS.map((evaluator) => evaluator.id).join(', ')}.`,
  )
}
