/**
 * What an evaluator is: it gives one row one number, or says that it does not apply.
 *
 * Invariants: a score depends on the row, the options and the version alone (and on the judge's snapshot, where a model
 * grades); null means "does not apply here" and is counted as missing, never as 0; what cannot be scored throws.
 */
import type { z } from 'zod'
import type { EvaluatorUse, Example } from '../../core/dataset.ts'
import { Failure } from '../../kernel/failure.ts'
import type { MicroUsd } from '../../kernel/money.ts'
import type { EvaluatorInfo } from '../experiment.ts'
import type { Judge } from '../judge-part.ts'
import type { AskJudge } from './judge.ts'

/** One call of a tool, as an agent made it. */
export type ToolCall = { readonly name: string; readonly arguments: Readonly<Record<string, unknown>> }

/** What an evaluator may read of a run. */
export type Answered = {
  readonly abstained: boolean
  /** Ids of the passages that were found, best first. */
  readonly passages: readonly string[]
  /** The same with their texts, as far as the answer was given them. */
  readonly texts?: readonly { readonly id: string; readonly text: string }[]
  readonly citations: readonly string[]
  /** Markers that point at no passage. */
  readonly invalidCitations: readonly string[]
  readonly latencyMs: number
  /** Null when a price is not known. */
  readonly costMicroUsd: string | null
  readonly tokens?: { readonly input: number; readonly output: number }
  /** Calls of tools in the order in which they were made; undefined when the answer itself has to be read. */
  readonly toolCalls?: readonly ToolCall[]
}

/** Vectors of length 1, in the order of the texts. Throws when the model cannot be asked, or makes none. */
export type EmbedTexts = (ask: {
  readonly model: string
  readonly texts: readonly string[]
  readonly signal: AbortSignal
}) => Promise<{ readonly vectors: readonly Float32Array[]; readonly costMicroUsd: MicroUsd | null }>

/** What a scorer may use of the world; everything else is in the row. */
export type Reach = {
  readonly signal: AbortSignal
  /** Undefined where no model may be asked. */
  readonly askJudge?: AskJudge | undefined
  /** Undefined where no model may be asked. */
  readonly embed?: EmbedTexts | undefined
  /** Whether the installation lets evaluators run somebody's code. */
  readonly mayRunCode?: boolean | undefined
}

/** One of several things that were scored in one row: a step, a claim, a turn. */
export type ScoredPart = { readonly name: string; readonly score: number; readonly detail: string }
export type Scored = {
  readonly score: number | null
  readonly detail: string
  readonly parts?: ScoredPart[]
  /** What the judge took; absent where none was asked, null when its price is not known. */
  readonly costMicroUsd?: MicroUsd | null
}
export type ScoredRow = { readonly example: Example; readonly answer: string; readonly result: Answered }
export type Scorer = (row: ScoredRow, reach: Reach) => Scored | Promise<Scored>

export type Evaluator = EvaluatorInfo & {
  /** Checks the options once and returns what scores rows. Throws `evals.evaluator-options`. */
  prepare(options: Record<string, unknown>): Scorer
  /** The judge that these options make; undefined for an evaluator that asks no model. */
  readonly judgeOf?: (options: EvaluatorUse['options']) => Judge
  /** The model whose vectors it compares; undefined for an evaluator that compares none. */
  readonly vectorsBy?: (options: EvaluatorUse['options']) => string
}

/** An evaluator whose options are checked by a schema before anything is scored. */
export const evaluator = <Options extends z.ZodType>(
  given: EvaluatorInfo & {
    options: Options
    scorer: (options: z.output<Options>) => Scorer
    judge?: (options: z.output<Options>) => Judge
    vectors?: (options: z.output<Options>) => string
  },
): Evaluator => {
  const { options: schema, scorer, judge, vectors, ...info } = given
  const parse = (options: Record<string, unknown>): z.output<Options> => {
    const parsed = schema.safeParse(options)
    if (parsed.success) return parsed.data
    throw optionsFailure(
      info.id,
      parsed.error.issues.map(({ path, message }) => `${path.join('.') || 'options'}: ${message}`).join('; '),
    )
  }
  return {
    ...info,
    prepare: (options) => scorer(parse(options)),
    ...(judge && { judgeOf: (options: Record<string, unknown>) => judge(parse(options)) }),
    ...(vectors && { vectorsBy: (options: Record<string, unknown>) => vectors(parse(options)) }),
  }
}

export const optionsFailure = (id: string, what: string): Failure =>
  new Failure('invalid', 'evals.evaluator-options', `The evaluator ${id} cannot use its options: ${what}.`)

export const notApplicable = (detail: string): Scored => ({ score: null, detail })
export const passed = (isPassed: boolean, detail: string): Scored => ({ score: isPassed ? 1 : 0, detail })
