/** SQL of mail, over its own table. */
import type { Instant } from '../kernel/time.ts'
import { type Database, type Tx, tablesOf } from '../store/database.ts'
import { Mail, type MailId } from './contract.ts'

export const own = tablesOf({ mails: Mail })

/** One with the same key is there already: it was told. */
export const addMail = async (db: Database, mail: Mail): Promise<void> => {
  await own(db)
    .insertInto('mails')
    .values(mail)
    .onConflict((on) => on.columns(['organisation', 'key']).doNothing())
    .execute()
}

/** Those of the keys that are there. */
export async function findKeys(db: Database, organisation: string, keys: readonly string[]): Promise<string[]> {
  if (keys.length === 0) return []
  const rows = await own(db)
    .selectFrom('mails')
    .select('key')
    .where('organisation', '=', organisation)
    .where('key', 'in', keys)
    .execute()
  return rows.map(({ key }) => key)
}

/** Takes what is due, so that no other process takes it before `until`. */
export const claimMails = (
  db: Database,
  { organisation, now, until, limit }: { organisation: string; now: Instant; until: Instant; limit: number },
): Promise<Mail[]> =>
  own(db)
    .updateTable('mails')
    .set({ nextAt: until })
    .where('id', 'in', (from) =>
      from
        .selectFrom('mails')
        .select('id')
        .where('organisation', '=', organisation)
        .where('state', '=', 'waiting')
        .where('nextAt', '<=', now)
        .orderBy('id')
        .limit(limit)
        .forUpdate()
        .skipLocked(),
    )
    .returningAll()
    .execute()

export const changeMail = async (
  db: Database,
  id: MailId,
  change: Partial<Pick<Mail, 'state' | 'attempts' | 'error' | 'nextAt' | 'sentAt'>>,
): Promise<void> => {
  await own(db).updateTable('mails').set(change).where('id', '=', id).execute()
}

/** Newest first. */
export function listMails(
  db: Database,
  organisation: string,
  { cursor, limit }: { cursor?: string | undefined; limit: number },
): Promise<Mail[]> {
  let query = own(db).selectFrom('mails').selectAll().where('organisation', '=', organisation)
  if (cursor !== undefined) query = query.where('id', '<', cursor as MailId)
  return query.orderBy('id', 'desc').limit(limit).execute()
}

export async function removeMail(tx: Tx, id: MailId): Promise<number> {
  const { numDeletedRows } = await own(tx).deleteFrom('mails').where('id', '=', id).executeTakeFirst()
  return Number(numDeletedRows)
}
