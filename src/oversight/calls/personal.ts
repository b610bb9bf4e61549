/** What held calls keep of people: arguments and results of tools, and the end user's id. */
import { mentions, type Sought } from '../../core/data-subject.ts'
import type { ContentSeal } from '../../kernel/content-seal.ts'
import { type Database, inTransaction } from '../../store/database.ts'
import { likePatterns, type PersonalPlace } from '../../store/personal-data.ts'
import { listPersonCalls, removeCall } from './store.ts'

export const heldCallsPlace = (db: Database, seal: ContentSeal | undefined): PersonalPlace => ({
  name: 'held calls',
  async *find(sought) {
    for await (const row of theirs(db, sought, seal))
      yield { fate: 'remove', application: row.application, content: row }
  },
  async remove(sought, count) {
    for await (const { id } of theirs(db, sought, seal))
      await inTransaction(db, async (tx) => count(tx, 'remove', await removeCall(tx, id)))
  },
})

async function* theirs(db: Database, sought: Sought, seal: ContentSeal | undefined) {
  const query = { patterns: likePatterns(sought), user: sought.user, before: sought.before }
  for (let after = ''; ; ) {
    const page = await listPersonCalls(db, { ...query, after }, seal)
    for (const row of page) {
      const isTheirs = sought.user !== null && row.user === sought.user
      if (isTheirs || sought.traces.has(row.trace) || mentions(sought, [row.arguments, row.result, row.reason]))
        yield row
    }
    const last = page.at(-1)
    if (!last) return
    after = last.id
  }
}
