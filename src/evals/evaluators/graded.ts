/** The frame of every evaluator that a model grades: its judge by digest, its questions, and what they cost. */
import { z } from 'zod'
import type { EvaluatorInfo } from '../experiment.ts'
import type { Judge } from '../judge-part.ts'
import { type Evaluator, evaluator, type Scored, type ScoredRow } from './evaluator.ts'
import { JudgeModel, judgeFrom } from './judge.ts'
import { questionsTo } from './questions.ts'

export type Questions = ReturnType<typeof questionsTo>

type GradedOptions = { readonly judge: JudgeModel }

export function graded<Shape extends z.ZodRawShape>(
  given: Pick<EvaluatorInfo, 'id' | 'kind' | 'needs' | 'description' | 'source'> & {
    version?: number
    /** Everything that the judge is told; a change makes another judge. */
    prompt: string
    /** Options beside the judge's model. */
    shape: Shape
    /** What the suite adds to the prompt, in its words. */
    rubric?: (options: z.output<z.ZodObject<Shape>>) => string
    grade: (
      row: ScoredRow,
      ask: Questions['ask'],
      options: z.output<z.ZodObject<Shape>>,
    ) => Promise<Omit<Scored, 'costMicroUsd'>>
  },
): Evaluator {
  const { version = 1, prompt, shape, rubric, grade, ...info } = given
  const options = z.strictObject({ judge: JudgeModel }).extend(shape)
  const rest = (all: GradedOptions): z.output<z.ZodObject<Shape>> => {
    const { judge: _, ...others } = all
    // The schema above is the shape and `judge`; without the judge it is the shape.
    return others as unknown as z.output<z.ZodObject<Shape>>
  }
  const judgeOf = (all: GradedOptions): Judge =>
    judgeFrom({
      evaluator: info.id,
      version,
      model: all.judge.model,
      parameters: all.judge.parameters,
      prompt,
      rubric: rubric?.(rest(all)) ?? '',
    })
  return evaluator({
    ...info,
    version,
    unit: 'share',
    better: 'higher',
    range: { low: 0, high: 1 },
    cost: 'model',
    options,
    judge: (all) => judgeOf(all as unknown as GradedOptions),
    scorer: (parsed) => {
      const all = parsed as unknown as GradedOptions
      const judge = judgeOf(all)
      return async (row, reach) => {
        const questions = questionsTo(judge, reach)
        const scored = await grade(row, questions.ask, rest(all))
        return { ...scored, costMicroUsd: questions.cost() }
      }
    },
  })
}

/** What a judge says of one thing: yes or no, and why. Reasons come first, because a verdict follows from them. */
export const Verdict = z.object({ reason: z.string().default(''), verdict: z.boolean() })

/** What it says of several things, in their order. */
export const Verdicts = z.object({ verdicts: z.array(Verdict) })

/** Verdicts for exactly these things; throws when there are more or fewer. */
export function demandVerdicts(
  verdicts: readonly z.output<typeof Verdict>[],
  names: readonly string[],
): { name: string; score: number; detail: string }[] {
  if (verdicts.length !== names.length)
    throw new Error(`The judge was asked about ${names.length} and answered about ${verdicts.length}.`)
  return names.map((name, at) => ({
    name,
    score: verdicts[at]?.verdict ? 1 : 0,
    detail: verdicts[at]?.reason ?? '',
  }))
}

/** Share of the parts with score 1. */
export const shareOf = (parts: readonly { readonly score: number }[]): number =>
  parts.reduce((sum, { score }) => sum + score, 0) / parts.length

export const questionOf = ({ example }: Pick<ScoredRow, 'example'>): string =>
  typeof example.input === 'string'
    ? example.input
    : example.input.map(({ role, content }) => `${role}: ${content}`).join('\n')
