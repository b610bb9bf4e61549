/** SQL of the kept answers. */

import type { Instant } from '../kernel/time.ts'
import { type Database, inTransaction, type Tx, tablesOf } from '../store/database.ts'
import { KeptAnswer } from './kept-answer.ts'

export const own = tablesOf({ keptAnswers: KeptAnswer })

export type Claim = Pick<KeptAnswer, 'organisation' | 'actor' | 'route' | 'key'>

/** Claims a run, or returns what an earlier one left; rows that are too old do not count. */
export const claimAnswer = (
  db: Database,
  { row, forgottenBefore, abandonedBefore }: { row: KeptAnswer; forgottenBefore: Instant; abandonedBefore: Instant },
): Promise<KeptAnswer | undefined> =>
  inTransaction(db, async (tx) => {
    await own(tx)
      .deleteFrom('keptAnswers')
      .where((is) => is.and(claimOf(row)))
      .where((is) =>
        is.or([
          is('createdAt', '<=', forgottenBefore),
          is.and([is('status', 'is', null), is('createdAt', '<=', abandonedBefore)]),
        ]),
      )
      .execute()
    const added = await own(tx)
      .insertInto('keptAnswers')
      .values(row)
      .onConflict((on) => on.doNothing())
      .executeTakeFirst()
    if (Number(added.numInsertedOrUpdatedRows ?? 0) > 0) return undefined
    return own(tx)
      .selectFrom('keptAnswers')
      .selectAll()
      .where((is) => is.and(claimOf(row)))
      .executeTakeFirst()
  })

export const keepAnswer = async (
  db: Database,
  claim: Claim,
  answer: Pick<KeptAnswer, 'status' | 'answer'>,
): Promise<void> => {
  await own(db)
    .updateTable('keptAnswers')
    .set(answer)
    .where((is) => is.and(claimOf(claim)))
    .execute()
}

/** All of them: they are sealed under a master key that is none any more. */
export const forgetAnswers = async (tx: Tx): Promise<void> => {
  await own(tx).deleteFrom('keptAnswers').execute()
}

export const releaseClaim = async (db: Database, claim: Claim): Promise<void> => {
  await own(db)
    .deleteFrom('keptAnswers')
    .where((is) => is.and(claimOf(claim)))
    .where('status', 'is', null)
    .execute()
}

export const removeOldAnswers = async (db: Database, before: Instant): Promise<void> => {
  await own(db).deleteFrom('keptAnswers').where('createdAt', '<=', before).execute()
}

const claimOf = ({ organisation, actor, route, key }: Claim): Claim => ({ organisation, actor, route, key })
