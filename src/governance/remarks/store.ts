/** SQL of remarks. */
import { type Database, type Tx, tablesOf } from '../../store/database.ts'
import { Remark, type RemarkId } from './remark.ts'

export const own = tablesOf({ remarks: Remark })

export async function addRemark(tx: Tx, remark: Remark): Promise<void> {
  await own(tx).insertInto('remarks').values(remark).execute()
}

export async function saveRemark(tx: Tx, { id, ...remark }: Remark): Promise<void> {
  await own(tx).updateTable('remarks').set(remark).where('id', '=', id).execute()
}

export const findRemark = (db: Database | Tx, id: RemarkId): Promise<Remark | undefined> =>
  own(db).selectFrom('remarks').selectAll().where('id', '=', id).executeTakeFirst()

/** Those that nobody decided first, the newest of each first. */
export const listRemarks = (
  db: Database | Tx,
  { organisation, limit }: { organisation: string; limit: number },
): Promise<Remark[]> =>
  own(db)
    .selectFrom('remarks')
    .selectAll()
    .where('organisation', '=', organisation)
    .orderBy('decidedAt', (order) => order.desc().nullsFirst())
    .orderBy('createdAt', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()
