/** SQL of stored responses. */
import { sql } from 'kysely'
import type { Instant } from '../../kernel/time.ts'
import type { Database, Tx } from '../../store/database.ts'
import { tablesOf } from '../../store/database.ts'
import { StoredResponse, type Whose } from './stored-response.ts'

export const own = tablesOf({ storedResponses: StoredResponse })

/** One that is there already stays as it is. */
export async function addResponse(db: Database, response: StoredResponse): Promise<void> {
  await own(db)
    .insertInto('storedResponses')
    .values(response)
    .onConflict((conflict) => conflict.column('id').doNothing())
    .execute()
}

export const findResponse = (db: Database, id: string, after: Instant): Promise<StoredResponse | undefined> =>
  own(db).selectFrom('storedResponses').selectAll().where('id', '=', id).where('at', '>', after).executeTakeFirst()

export async function removeResponse(db: Database, id: string, { organisation, actor }: Whose): Promise<boolean> {
  const { numDeletedRows } = await own(db)
    .deleteFrom('storedResponses')
    .where('id', '=', id)
    .where('organisation', '=', organisation)
    .where('actor', '=', actor)
    .executeTakeFirst()
  return numDeletedRows > 0n
}

/** Those that are older; of every application, or of one (null: of none). */
export async function removeResponsesBefore(
  db: Database,
  { before, application }: { before: Instant; application?: string | null },
): Promise<number> {
  const all = own(db).deleteFrom('storedResponses').where('at', '<', before)
  const some =
    application === undefined
      ? all
      : application === null
        ? all.where('application', 'is', null)
        : all.where('application', '=', application)
  return Number((await some.executeTakeFirst()).numDeletedRows)
}

/** Those that may be about a person, in the order of their ids. `patterns` is a JSON list for `ilike`. */
export const listPersonResponses = (
  db: Database,
  { patterns, user, before, after }: { patterns: string; user: string | null; before: Instant; after: string },
): Promise<StoredResponse[]> =>
  own(db)
    .selectFrom('storedResponses')
    .selectAll()
    .where('id', '>', after)
    .where('at', '<', before)
    .where(
      sql<boolean>`("user" = ${user} or input ilike any(array(select jsonb_array_elements_text(${patterns}::jsonb)))
        or response ilike any(array(select jsonb_array_elements_text(${patterns}::jsonb))))`,
    )
    .orderBy('id')
    .limit(100)
    .execute()

export async function removeResponseById(tx: Tx, id: string): Promise<number> {
  const { numDeletedRows } = await own(tx).deleteFrom('storedResponses').where('id', '=', id).executeTakeFirst()
  return Number(numDeletedRows)
}
