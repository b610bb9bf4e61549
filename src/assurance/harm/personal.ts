/** What harm tests keep of people: answers of a release may name somebody, and so may its own questions. */
import { mentions, type Sought } from '../../core/data-subject.ts'
import { type Database, inTransaction } from '../../store/database.ts'
import { likePatterns, type PersonalPlace } from '../../store/personal-data.ts'
import { answersNaming, removeAnswer } from './store.ts'

/** An answer that went and was not decided counts against the release from then on. */
export function harmPlace({ db, organisation }: { db: Database; organisation: string }): PersonalPlace {
  const theirs = async (sought: Sought) =>
    (await answersNaming(db, { organisation, patterns: likePatterns(sought) })).filter(
      ({ createdAt, about, asked, answer, judged }) =>
        createdAt < sought.before && mentions(sought, [about, asked, answer, judged?.detail ?? '']),
    )
  return {
    name: 'answers of harm tests',
    async *find(sought) {
      for (const { application, asked, answer } of await theirs(sought))
        yield { fate: 'remove', application, content: { asked, answer } }
    },
    async remove(sought, count) {
      for (const one of await theirs(sought))
        await inTransaction(db, async (tx) => {
          await removeAnswer(tx, one)
          await count(tx, 'remove', 1)
        })
    },
  }
}
