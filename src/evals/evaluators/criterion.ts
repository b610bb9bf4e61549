/** A judge says whether an answer meets one criterion: yes or no, which people and judges do more alike than grades. */
import { z } from 'zod'
import { passed } from './evaluator.ts'
import { graded, questionOf, Verdict } from './graded.ts'

const PROMPT = `You decide whether an answer meets a criterion. First give your reason in one sentence, then the verdict.
Decide by the criterion alone. When it is not clear that it is met, it is not met.
Answer: {"reason": text, "verdict": true or false}`

export const criterion = graded({
  id: 'criterion',
  kind: 'rate',
  needs: [],
  source: 'own; self-tested',
  description: 'A judge says whether the answer meets `criterion`.',
  prompt: PROMPT,
  shape: { criterion: z.string().min(1) },
  rubric: ({ criterion: text }) => text,
  async grade(row, ask, { criterion: text }) {
    const { verdict, reason } = await ask(
      `${PROMPT}\n\nCriterion: ${text}`,
      { question: questionOf(row), answer: row.answer, reference: row.example.expected ?? null },
      Verdict,
    )
    return passed(verdict, reason)
  },
})
