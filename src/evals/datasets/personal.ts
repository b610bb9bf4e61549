/** What the quarantine keeps of people. The rows of versions are blobs, which are looked through as contents. */
import { mentions, type Sought } from '../../core/data-subject.ts'
import { type Database, inTransaction } from '../../store/database.ts'
import { likePatterns, type PersonalPlace } from '../../store/personal-data.ts'
import { listPersonQuarantined, removeQuarantined } from './store.ts'

export function quarantinePlace(db: Database): PersonalPlace {
  const theirs = async (sought: Sought) =>
    (await listPersonQuarantined(db, { patterns: likePatterns(sought), before: sought.before })).filter(
      ({ text, example }) => mentions(sought, [text, example]),
    )
  return {
    name: 'quarantined rows',
    async *find(sought) {
      for (const { text } of await theirs(sought)) yield { fate: 'remove', application: null, content: text }
    },
    async remove(sought, count) {
      for (const { id } of await theirs(sought))
        await inTransaction(db, async (tx) => {
          await removeQuarantined(tx, id)
          await count(tx, 'remove', 1)
        })
    },
  }
}
