/**
 * What an evaluator is: it gives one row one number, or says that it does not apply.
 *
 * Invariants: a score depends on the row, the options and the version alone; null means "does not
 * apply here" and is counted as missing, never as 0; what cannot be scored throws.
 */
import type { z } from 'zod'
import type { Example } from '../../core/dataset.ts'
import { Failure } from '../../kernel/failure.ts'
import type { EvaluatorInfo } from '../experiment.ts'

/** What an evaluator may read of a run. */
export type Answered = {
  readonly abstained: boolean
  /** Ids of the passages that were found, best first. */
  readonly passages: readonly string[]
  readonly citations: readonly string[]
  /** Markers that point at no passage. */
  readonly invalidCitations: readonly string[]
  readonly latencyMs: number
  /** Null when a price is not known. */
  readonly costMicroUsd: string | null
}

export type Scored = { readonly score: number | null; readonly detail: string }
export type Scorer = (row: { example: Example; answer: string; result: Answered }) => Scored

export type Evaluator = EvaluatorInfo & {
  /** Checks the options once and returns what scores rows. Throws `evals.evaluator-options`. */
  prepare(options: Record<string, unknown>): Scorer
}

/** An evaluator whose options are checked by a schema before anything is scored. */
export const evaluator = <Options extends z.ZodType>(
  given: EvaluatorInfo & { options: Options; scorer: (options: z.output<Options>) => Scorer },
): Evaluator => {
  const { options: schema, scorer, ...info } = given
  return {
    ...info,
    prepare(options) {
      const parsed = schema.safeParse(options)
      if (parsed.success) return scorer(parsed.data)
      throw optionsFailure(
        info.id,
        parsed.error.issues.map(({ path, message }) => `${path.join('.') || 'options'}: ${message}`).join('; '),
      )
    },
  }
}

export const optionsFailure = (id: string, what: string): Failure =>
  new Failure('invalid', 'evals.evaluator-options', `The evaluator ${id} cannot use its options: ${what}.`)

export const notApplicable = (detail: string): Scored => ({ score: null, detail })
export const passed = (isPassed: boolean, detail: string): Scored => ({ score: isPassed ? 1 : 0, detail })
