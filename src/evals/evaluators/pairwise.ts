/** A judge compares two answers in both orders: one wins only when it wins in both, else it is a tie. */
import { z } from 'zod'
import { referencesOf } from '../../core/dataset.ts'
import { notApplicable } from './evaluator.ts'
import { graded, type Questions, questionOf } from './graded.ts'

export const PAIRWISE_PROMPT = `You compare two answers to the same question. First give your reason in one or two sentences, then which is better.
The order in which they stand says nothing, nor does their length. Say "tie" when neither is better.
Answer: {"reason": text, "better": "first" or "second" or "tie"}`

export const pairwise = graded({
  id: 'pairwise',
  kind: 'mean',
  needs: ['expected'],
  source: 'MT-Bench (arXiv 2306.05685): a win in both orders, else a tie; self-tested',
  description:
    'The answer beside the reference, in both orders: 1 better, 0.5 a tie, 0 worse, by `rubric` if there is one.',
  prompt: PAIRWISE_PROMPT,
  shape: { rubric: z.string().min(1).optional() },
  rubric: ({ rubric }) => rubric ?? '',
  async grade(row, ask, { rubric }) {
    const [reference] = referencesOf(row.example)
    if (reference === undefined) return notApplicable('no reference to compare with')
    const { winner, detail, orders } = await askInBothOrders(ask, {
      question: questionOf(row),
      one: row.answer,
      other: reference,
      rubric: rubric ?? row.example.rubric,
    })
    return {
      score: winner === 'one' ? 1 : winner === 'other' ? 0 : 0.5,
      detail,
      parts: orders.map((choice, at) => ({
        name: at === 0 ? 'answer shown first' : 'answer shown second',
        score: choice === 'one' ? 1 : choice === 'other' ? 0 : 0.5,
        detail: '',
      })),
    }
  },
})

const Choice = z.object({ reason: z.string().default(''), better: z.enum(['first', 'second', 'tie']) })
type Winner = 'one' | 'other' | 'tie'

/** Who wins in both orders; `orders` says what the judge chose when `one` stood first, and when it stood second. */
export async function askInBothOrders(
  ask: Questions['ask'],
  given: { question: string; one: string; other: string; rubric?: string | undefined },
): Promise<{ winner: Winner; detail: string; orders: [Winner, Winner] }> {
  const { question, one, other, rubric } = given
  const instruction = rubric === undefined ? PAIRWISE_PROMPT : `${PAIRWISE_PROMPT}\n\nRubric: ${rubric}`
  const forth = await ask(instruction, { question, first: one, second: other }, Choice)
  const back = await ask(instruction, { question, first: other, second: one }, Choice)
  const orders: [Winner, Winner] = [
    forth.better === 'first' ? 'one' : forth.better === 'second' ? 'other' : 'tie',
    back.better === 'first' ? 'other' : back.better === 'second' ? 'one' : 'tie',
  ]
  const winner = orders[0] === orders[1] ? orders[0] : 'tie'
  const isSwayed = orders[0] !== orders[1]
  return { winner, orders, detail: isSwayed ? 'the order decided, so it is a tie' : forth.reason }
}
