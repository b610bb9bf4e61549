/**
 * When a rule fires. Logic with three values: an answer that is unknown makes a condition neither true nor false, and
 * so does a question that nobody answered yet; the two are told apart, because only the first was thought about.
 */
import { z } from 'zod'
import { type Answers, isAnswered, UNKNOWN } from '../assessment/questions.ts'

type ConditionShape =
  | { answer: string; in: string[] }
  | { answer: string; atLeast: number }
  | { answer: string; below: number }
  | { unanswered: string[] }
  | { all: ConditionShape[] }
  | { any: ConditionShape[] }
  | { not: ConditionShape }

export const Condition: z.ZodType<ConditionShape> = z.lazy(() =>
  z.union([
    z.strictObject({ answer: z.string(), in: z.array(z.string()).min(1) }),
    z.strictObject({ answer: z.string(), atLeast: z.number() }),
    z.strictObject({ answer: z.string(), below: z.number() }),
    z.strictObject({ unanswered: z.array(z.string()).min(1) }),
    z.strictObject({ all: z.array(Condition).min(1) }),
    z.strictObject({ any: z.array(Condition).min(1) }),
    z.strictObject({ not: Condition }),
  ]),
)
export type Condition = z.infer<typeof Condition>

export type Truth = 'true' | 'false' | 'unknown' | 'unanswered'

export function truthOf(condition: Condition, answers: Answers): Truth {
  if ('all' in condition) return first(condition.all, answers, ['false', 'unanswered', 'unknown']) ?? 'true'
  if ('any' in condition) return first(condition.any, answers, ['true', 'unknown', 'unanswered']) ?? 'false'
  if ('not' in condition) return opposite(truthOf(condition.not, answers))
  if ('unanswered' in condition) return condition.unanswered.some((id) => isAnswered(answers[id])) ? 'false' : 'true'
  const answer = answers[condition.answer]
  if (!isAnswered(answer)) return 'unanswered'
  if (answer === UNKNOWN) return 'unknown'
  if ('in' in condition) return said(condition.in.includes(String(answer)))
  return said('atLeast' in condition ? Number(answer) >= condition.atLeast : Number(answer) < condition.below)
}

/** The questions that a condition reads. */
export function questionsOf(condition: Condition): string[] {
  if ('all' in condition) return condition.all.flatMap(questionsOf)
  if ('any' in condition) return condition.any.flatMap(questionsOf)
  if ('not' in condition) return questionsOf(condition.not)
  if ('unanswered' in condition) return condition.unanswered
  return [condition.answer]
}

const said = (holds: boolean): Truth => (holds ? 'true' : 'false')

const opposite = (truth: Truth): Truth => (truth === 'true' ? 'false' : truth === 'false' ? 'true' : truth)

/**
 * The first of these truths that one of the conditions has. Of alternatives an unknown one weighs more than one that
 * nobody looked at: it may be the case, and a safeguard must not fall because something became unknown.
 */
function first(conditions: readonly Condition[], answers: Answers, order: readonly Truth[]): Truth | undefined {
  const truths = conditions.map((one) => truthOf(one, answers))
  return order.find((truth) => truths.includes(truth))
}
