/** A judge gives a grade by a rubric on a scale whose ends and steps are defined. */
import { z } from 'zod'
import { notApplicable } from './evaluator.ts'
import { graded, questionOf } from './graded.ts'

const Scale = z
  .strictObject({
    low: z.number().int().default(1),
    high: z.number().int().default(5),
    /** What a grade means, by the grade; at least both ends. */
    meaning: z.record(z.string(), z.string().min(1)),
  })
  .refine(({ low, high }) => low < high, 'has `low` below `high`')
  .refine(({ low, high, meaning }) => meaning[low] && meaning[high], 'says what the lowest and the highest grade mean')

const RUBRIC_PROMPT = `You grade an answer by a rubric. Use the scale as it is defined. First give your reason in one or two sentences, then the grade.
Do not reward length, confidence or form unless the rubric asks for it.
Answer: {"reason": text, "grade": whole number}`

export const rubric = graded({
  id: 'rubric',
  kind: 'mean',
  needs: [],
  source: 'a grade with reasons first, after G-Eval (arXiv 2303.16634) without its token probabilities; self-tested',
  description:
    'A grade by `rubric` (or the example’s own) on `scale`, brought to 0 to 1; with `passAt` 1 from that grade on, else 0.',
  prompt: RUBRIC_PROMPT,
  shape: {
    rubric: z.string().min(1).optional(),
    scale: Scale,
    passAt: z.number().int().optional(),
  },
  rubric: ({ rubric: text, scale, passAt }) => JSON.stringify({ text: text ?? 'of the example', scale, passAt }),
  async grade(row, ask, { rubric: fixed, scale, passAt }) {
    const text = fixed ?? row.example.rubric
    if (text === undefined) return notApplicable('no rubric')
    const { reason, grade } = await ask(
      `${RUBRIC_PROMPT}\n\nRubric: ${text}\n\nScale from ${scale.low} to ${scale.high}:\n${Object.entries(scale.meaning)
        .map(([step, meaning]) => `${step}: ${meaning}`)
        .join('\n')}`,
      { question: questionOf(row), answer: row.answer, reference: row.example.expected ?? null },
      z.object({ reason: z.string().default(''), grade: z.number().int().min(scale.low).max(scale.high) }),
    )
    const score = passAt === undefined ? (grade - scale.low) / (scale.high - scale.low) : grade >= passAt ? 1 : 0
    return { score, detail: `${grade} of ${scale.low} to ${scale.high}: ${reason}` }
  },
})
