/** What queues keep of people: the answers to label, with what was asked. Labels go with the answer that they are about. */
import { mentions, type Sought } from '../../core/data-subject.ts'
import { type Database, inTransaction } from '../../store/database.ts'
import { likePatterns, type PersonalPlace } from '../../store/personal-data.ts'
import { listPersonItems, removeItem } from './store.ts'

export function annotationPlace({ db, organisation }: { db: Database; organisation: string }): PersonalPlace {
  const theirs = async (sought: Sought) =>
    (await listPersonItems(db, { organisation, patterns: likePatterns(sought) })).filter(
      ({ input, answer, other, expected, passages, comments }) =>
        mentions(sought, [input, answer, other, expected, passages, comments]),
    )
  return {
    name: 'answers to label',
    async *find(sought) {
      for (const { application, input, answer, other, expected } of await theirs(sought))
        yield { fate: 'remove', application, content: { input, answer, ...(other !== null && { other }), expected } }
    },
    async remove(sought, count) {
      for (const { id } of await theirs(sought))
        await inTransaction(db, async (tx) => {
          await removeItem(tx, id)
          await count(tx, 'remove', 1)
        })
    },
  }
}
