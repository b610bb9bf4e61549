/**
 * The questions of the assessment: five dimensions and the freedom that is needed (S1.3). They are data, so that a
 * translation is a file; "unknown" is an answer, and names the test that will find out.
 */
import { z } from 'zod'
import { exampleFlag } from '../documents/fields.ts'

export const UNKNOWN = 'unknown'

export const Question = z.strictObject({
  id: z.string(),
  dimension: z.string(),
  label: z.string(),
  help: z.string(),
  kind: z.enum(['choice', 'number']),
  unit: z.string().nullable(),
  options: z.array(z.strictObject({ value: z.string(), label: z.string() })),
  /** Which answers are riskier: later options, lower numbers, or neither. */
  worse: z.enum(['later', 'lower']).nullable(),
  /** What finds the answer out. */
  test: z.string(),
  /** Whether the guided flow asks it; the others wait on the page of the assessment. */
  guided: z.boolean(),
  requirements: z.array(z.string()),
})
export type Question = z.infer<typeof Question>

export const QuestionPack = z.strictObject({
  name: z.string(),
  version: z.string(),
  asOf: z.iso.date(),
  dimensions: z.array(z.strictObject({ id: z.string(), title: z.string(), says: z.string() })),
  questions: z.array(Question),
})
export type QuestionPack = z.infer<typeof QuestionPack>

/** By the id of the question; what is not in it was not answered yet. */
export const Answers = z.record(z.string(), z.union([z.string().max(200), z.number().min(0)]).nullable())
export type Answers = z.infer<typeof Answers>

/** `assessment.yaml`, held against the questions that there are. */
export const assessmentSchema = ({ questions }: QuestionPack) =>
  z.strictObject({ example: exampleFlag, answers: answersSchema(questions) })

/** An answer is one of the question's options, a number from 0, or `unknown`. */
export const answersSchema = (questions: readonly Question[]) =>
  z.strictObject(
    Object.fromEntries(questions.map((question) => [question.id, answerSchema(question).nullish()])),
  ) as unknown as z.ZodType<Answers>

const answerSchema = ({ kind, options }: Question) =>
  kind === 'number'
    ? z.union([z.number().min(0), z.literal(UNKNOWN)])
    : z.enum([...options.map(({ value }) => value), UNKNOWN])

export const isAnswered = (answer: Answers[string] | undefined): answer is string | number =>
  answer !== undefined && answer !== null
