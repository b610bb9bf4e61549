/** SQL of test pages. */
import { sql } from 'kysely'
import type { Digest } from '../../kernel/digest.ts'
import type { Instant } from '../../kernel/time.ts'
import { type Database, type Tx, tablesOf } from '../../store/database.ts'
import { TestPage, type TestPageId } from './test-page.ts'

export const own = tablesOf({ testPages: TestPage })

export async function addPage(tx: Tx, page: TestPage): Promise<void> {
  await own(tx).insertInto('testPages').values(page).execute()
}

export const findPage = (
  db: Database | Tx,
  { organisation, id }: { organisation: string; id: TestPageId },
): Promise<TestPage | undefined> =>
  own(db)
    .selectFrom('testPages')
    .selectAll()
    .where('organisation', '=', organisation)
    .where('id', '=', id)
    .executeTakeFirst()

export const findByToken = (db: Database | Tx, fingerprint: Digest): Promise<TestPage | undefined> =>
  own(db).selectFrom('testPages').selectAll().where('fingerprint', '=', fingerprint).executeTakeFirst()

/** Newest first. */
export const listPages = (
  db: Database | Tx,
  { organisation, application }: { organisation: string; application: string },
): Promise<TestPage[]> =>
  own(db)
    .selectFrom('testPages')
    .selectAll()
    .where('organisation', '=', organisation)
    .where('application', '=', application)
    .orderBy('id', 'desc')
    .execute()

/** Counts one question; undefined when none is left, so that two at once are not both the last. */
export const countQuestion = (db: Database, id: TestPageId, at: Instant): Promise<TestPage | undefined> =>
  own(db)
    .updateTable('testPages')
    .set({ questions: sql<number>`questions + 1`, lastAskedAt: at })
    .where('id', '=', id)
    .where('revokedAt', 'is', null)
    .whereRef('questions', '<', 'mostQuestions')
    .returningAll()
    .executeTakeFirst()

export async function revokePage(tx: Tx, id: TestPageId, revokedAt: Instant): Promise<void> {
  await own(tx).updateTable('testPages').set({ revokedAt }).where('id', '=', id).execute()
}
