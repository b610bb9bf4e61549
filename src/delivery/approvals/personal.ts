/** What approvals say of people: who signed and why, what speaks against, and who lent a duty to whom. It stays. */
import { mentions, type Sought } from '../../core/data-subject.ts'
import type { Instant } from '../../kernel/time.ts'
import type { Database } from '../../store/database.ts'
import type { Holding, PersonalPlace } from '../../store/personal-data.ts'
import { listApprovals, listDelegations, listSignatures, listViews } from './store.ts'

const PAGE = 500
const WHY =
  'Decisions about releases rest on it, and what was signed is never changed: it is kept as long as the law asks for the record.'

export const approvalsPlace = (db: Database, organisation: string): PersonalPlace => ({
  name: 'approvals and delegations',
  async *find(sought) {
    for (let cursor: string | undefined; ; ) {
      const page = await listApprovals(db, { organisation }, { cursor, limit: PAGE })
      const ids = page.map(({ id }) => id)
      const said = [...(await listSignatures(db, ids)), ...(await listViews(db, ids))]
      for (const approval of page) {
        const own = said.filter((one) => one.approval === approval.id)
        yield* kept(approval.application, [{ ...approval, at: approval.askedAt }, ...own], sought)
      }
      cursor = page.at(-1)?.id
      if (cursor === undefined || page.length < PAGE) break
    }
    for (const delegation of await listDelegations(db, { organisation }))
      yield* kept(delegation.application, [delegation], sought)
  },
})

function* kept(application: string, rows: readonly { readonly at: Instant }[], sought: Sought): Generator<Holding> {
  for (const content of rows)
    if (content.at < sought.before && mentions(sought, content)) yield { fate: 'keep', why: WHY, application, content }
}
