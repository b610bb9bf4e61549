/** All SQL of advisories. */
import { type Database, json, type Tx, tablesOf } from '../../store/database.ts'
import { StoredAdvisory } from './contract.ts'

export const advisoryTables = tablesOf({ modelAdvisories: StoredAdvisory })

export const listAdvisoryRows = (db: Database, organisation: string): Promise<StoredAdvisory[]> =>
  advisoryTables(db)
    .selectFrom('modelAdvisories')
    .selectAll()
    .where('organisation', '=', organisation)
    .orderBy('id')
    .execute()

export async function saveAdvisory(tx: Tx, row: StoredAdvisory): Promise<void> {
  const values = { ...row, advisory: json(row.advisory) }
  await advisoryTables(tx)
    .insertInto('modelAdvisories')
    .values(values)
    .onConflict((conflict) => conflict.columns(['organisation', 'id']).doUpdateSet(values))
    .execute()
}

/** False when there was none. */
export async function removeAdvisory(tx: Tx, organisation: string, id: string): Promise<boolean> {
  const { numDeletedRows } = await advisoryTables(tx)
    .deleteFrom('modelAdvisories')
    .where('organisation', '=', organisation)
    .where('id', '=', id)
    .executeTakeFirst()
  return numDeletedRows > 0n
}
