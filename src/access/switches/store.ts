/** SQL of switches. */
import type { Database, Tx } from '../../store/database.ts'
import { tablesOf } from '../../store/database.ts'
import { Switch, type SwitchKind } from './switch.ts'

export const own = tablesOf({ switches: Switch })

export const listSwitches = (db: Database | Tx, organisation: string): Promise<Switch[]> =>
  own(db).selectFrom('switches').selectAll().where('organisation', '=', organisation).orderBy('offAt').execute()

export const saveSwitch = async (tx: Tx, row: Switch): Promise<void> => {
  await own(tx)
    .insertInto('switches')
    .values(row)
    .onConflict((on) => on.columns(['organisation', 'kind', 'name']).doUpdateSet(row))
    .execute()
}

/** The row that was removed; undefined when there was none. */
export const removeSwitch = (
  tx: Tx,
  { organisation, kind, name }: { organisation: string; kind: SwitchKind; name: string },
): Promise<Switch | undefined> =>
  own(tx)
    .deleteFrom('switches')
    .where('organisation', '=', organisation)
    .where('kind', '=', kind)
    .where('name', '=', name)
    .returningAll()
    .executeTakeFirst()
