/** SQL of data governance. */
import { type Database, type Tx, tablesOf } from '../../store/database.ts'
import { DataGap, type DataGapId } from './gap.ts'

export const own = tablesOf({ dataGaps: DataGap })

export async function addGap(tx: Tx, gap: DataGap): Promise<void> {
  await own(tx).insertInto('dataGaps').values(gap).execute()
}

export async function requestData(
  tx: Tx,
  { id, dataset, askedOf, askedAt }: Pick<DataGap, 'id' | 'dataset' | 'askedOf' | 'askedAt'>,
): Promise<void> {
  await own(tx).updateTable('dataGaps').set({ dataset, askedOf, askedAt }).where('id', '=', id).execute()
}

export const findGap = (
  db: Database | Tx,
  { organisation, id }: { organisation: string; id: DataGapId },
): Promise<DataGap | undefined> =>
  own(db)
    .selectFrom('dataGaps')
    .selectAll()
    .where('organisation', '=', organisation)
    .where('id', '=', id)
    .executeTakeFirst()

/** One application's, the oldest first. */
export const listGaps = (
  db: Database | Tx,
  { organisation, application, limit }: { organisation: string; application: string; limit: number },
): Promise<DataGap[]> =>
  own(db)
    .selectFrom('dataGaps')
    .selectAll()
    .where('organisation', '=', organisation)
    .where('application', '=', application as DataGap['application'])
    .orderBy('id')
    .limit(limit)
    .execute()
