/** SQL of stored responses. */
import { sql } from 'kysely'
import { z } from 'zod'
import type { ContentSeal } from '../../kernel/content-seal.ts'
import type { Instant } from '../../kernel/time.ts'
import type { Database, Tx } from '../../store/database.ts'
import { tablesOf } from '../../store/database.ts'
import { closeResponse, openResponse, type Sealed } from '../sealing/index.ts'
import { StoredResponse, type Whose } from './stored-response.ts'

export const own = tablesOf({ storedResponses: StoredResponse.extend({ sealed: z.string().nullable() }) })

/** One that is there already stays as it is. */
export async function addResponses(
  db: Database,
  responses: readonly StoredResponse[],
  seal: ContentSeal | undefined,
): Promise<void> {
  await own(db)
    .insertInto('storedResponses')
    .values(responses.map((one) => (seal?.isOn ? closeResponse(one, seal) : { ...one, sealed: null })))
    .onConflict((conflict) => conflict.column('id').doNothing())
    .execute()
}

export async function findResponse(
  db: Database,
  { id, after }: { id: string; after: Instant },
  seal: ContentSeal | undefined,
): Promise<StoredResponse | undefined> {
  const row = await own(db)
    .selectFrom('storedResponses')
    .selectAll()
    .where('id', '=', id)
    .where('at', '>', after)
    .executeTakeFirst()
  return row && plain(row, seal)
}

const plain = (row: Sealed<StoredResponse>, seal: ContentSeal | undefined): StoredResponse => {
  const { sealed: _, ...response } = openResponse(row, seal)
  return response
}

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
export async function listPersonResponses(
  db: Database,
  { patterns, user, before, after }: { patterns: string; user: string | null; before: Instant; after: string },
  seal: ContentSeal | undefined,
): Promise<StoredResponse[]> {
  const rows = await own(db)
    .selectFrom('storedResponses')
    .selectAll()
    .where('id', '>', after)
    .where('at', '<', before)
    .where(
      sql<boolean>`("user" = ${user} or sealed is not null or input ilike any(array(select jsonb_array_elements_text(${patterns}::jsonb)))
        or response ilike any(array(select jsonb_array_elements_text(${patterns}::jsonb))))`,
    )
    .orderBy('id')
    .limit(100)
    .execute()
  return rows.map((row) => plain(row, seal))
}

export async function removeResponseById(tx: Tx, id: string): Promise<number> {
  const { numDeletedRows } = await own(tx).deleteFrom('storedResponses').where('id', '=', id).executeTakeFirst()
  return Number(numDeletedRows)
}
