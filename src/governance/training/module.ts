/** A module that people read and are asked about. Its text comes with the program; which answer is right is never served. */
import { z } from 'zod'

/** Who learns: those who use it, those who decide and oversee, those who build. */
export const GROUPS = ['consumers', 'leaders', 'builders'] as const
export const Group = z.enum(GROUPS)
export type Group = z.infer<typeof Group>

const Asked = z.strictObject({ id: z.string(), ask: z.string(), options: z.array(z.string()).min(2) })

export const Question = Asked.extend({
  /** Place of the right option, from 0. */
  right: z.number().int().min(0),
  because: z.string(),
})

export const TrainingModule = z.strictObject({
  id: z.string(),
  version: z.string(),
  title: z.string(),
  groups: z.array(Group).min(1),
  /** How long it takes to read, about. */
  minutes: z.number(),
  says: z.string(),
  sections: z.array(z.strictObject({ title: z.string(), text: z.array(z.string()).min(1) })).min(1),
  questions: z.array(Question).min(3),
})
export type TrainingModule = z.infer<typeof TrainingModule>

/** As it is read, before anybody answered. */
export const ServedModule = TrainingModule.extend({ questions: z.array(Asked) })
export type ServedModule = z.infer<typeof ServedModule>

export const withoutAnswers = (one: TrainingModule): ServedModule => ({
  ...one,
  questions: one.questions.map(({ id, ask, options }) => ({ id, ask, options })),
})

/** What became of each question of an attempt. */
export const Marked = z.object({ id: z.string(), isRight: z.boolean(), because: z.string() })

/** The share of right answers; a question without an answer is not right. Pure. */
export function mark(
  { questions }: TrainingModule,
  answers: Readonly<Record<string, number>>,
): { score: number; marked: z.infer<typeof Marked>[] } {
  const marked = questions.map(({ id, right, because }) => ({ id, isRight: answers[id] === right, because }))
  return { score: marked.filter(({ isRight }) => isRight).length / questions.length, marked }
}
