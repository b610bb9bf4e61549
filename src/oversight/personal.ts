/** What oversight keeps of people: questions and answers that somebody looked at, and the end user's id. */
import { mentions, type Sought } from '../core/data-subject.ts'
import type { ContentSeal } from '../kernel/content-seal.ts'
import { type Database, inTransaction } from '../store/database.ts'
import { likePatterns, type PersonalPlace } from '../store/personal-data.ts'
import { listPersonHeld, removeHeld } from './store.ts'

export const oversightPlace = (db: Database, seal: ContentSeal | undefined): PersonalPlace => ({
  name: 'held answers',
  async *find(sought) {
    for await (const row of theirs(db, sought, seal))
      yield { fate: 'remove', application: row.application, content: row }
  },
  async remove(sought, count) {
    for await (const { id } of theirs(db, sought, seal))
      await inTransaction(db, async (tx) => count(tx, 'remove', await removeHeld(tx, id)))
  },
})

async function* theirs(db: Database, sought: Sought, seal: ContentSeal | undefined) {
  const query = { patterns: likePatterns(sought), user: sought.user, before: sought.before }
  for (let after = ''; ; ) {
    const page = await listPersonHeld(db, { ...query, after }, seal)
    for (const row of page) {
      const isTheirs = sought.user !== null && row.user === sought.user
      if (isTheirs || sought.traces.has(row.trace) || mentions(sought, [row.turns, row.answer, row.given, row.reason]))
        yield row
    }
    const last = page.at(-1)
    if (!last) return
    after = last.id
  }
}
