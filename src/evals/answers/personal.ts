/** What is kept of people in answers that are taken again, or that work was given which has not ended. */
import { mentions, type Sought } from '../../core/data-subject.ts'
import { type Database, inTransaction } from '../../store/database.ts'
import { likePatterns, type PersonalPlace } from '../../store/personal-data.ts'
import { listPersonAnswers, listPersonPaid, removeAnswer, removePaidAnswer } from './store.ts'

/** Nothing rests on them, so they go. */
export const keptAnswersPlace = ({ db, organisation }: { db: Database; organisation: string }): PersonalPlace => {
  async function* find(sought: Sought) {
    for (const answer of await listPersonAnswers(db, { organisation, patterns: likePatterns(sought) }))
      if (mentions(sought, [answer.outcome, answer.scores])) yield answer
  }
  return {
    name: 'answers that experiments take again',
    async *find(sought) {
      for await (const { outcome } of find(sought)) yield { fate: 'remove', application: null, content: outcome }
    },
    async remove(sought, count) {
      for await (const { key } of find(sought))
        await inTransaction(db, async (tx) => {
          await removeAnswer(tx, key)
          await count(tx, 'remove', 1)
        })
    },
  }
}

/** Nothing rests on these either; whatever goes on asks again. */
export const paidAnswersPlace = ({ db, organisation }: { db: Database; organisation: string }): PersonalPlace => {
  async function* find(sought: Sought) {
    for (const one of await listPersonPaid(db, { organisation, patterns: likePatterns(sought) }))
      if (mentions(sought, [one.answer])) yield one
  }
  return {
    name: 'answers that work was given before it ended',
    async *find(sought) {
      for await (const { answer } of find(sought)) yield { fate: 'remove', application: null, content: answer }
    },
    async remove(sought, count) {
      for await (const { key } of find(sought))
        await inTransaction(db, async (tx) => {
          await removePaidAnswer(tx, key)
          await count(tx, 'remove', 1)
        })
    },
  }
}
