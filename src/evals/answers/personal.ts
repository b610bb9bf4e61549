/** What is kept of people in answers that are taken again. */
import { mentions, type Sought } from '../../core/data-subject.ts'
import { type Database, inTransaction } from '../../store/database.ts'
import { likePatterns, type PersonalPlace } from '../../store/personal-data.ts'
import { listPersonAnswers, removeAnswer } from './store.ts'

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
