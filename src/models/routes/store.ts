/** All SQL of routes. */
import { type Database, json, type Tx, tablesOf } from '../../store/database.ts'
import { RouteRow } from './route-row.ts'

export const routeTables = tablesOf({ model_routes: RouteRow })

export const listRouteRows = (db: Database, organisation: string): Promise<RouteRow[]> =>
  routeTables(db)
    .selectFrom('model_routes')
    .selectAll()
    .where('organisation', '=', organisation)
    .orderBy('name')
    .execute()

export async function saveRouteRow(tx: Tx, row: RouteRow): Promise<void> {
  const values = { ...row, route: json(row.route) }
  await routeTables(tx)
    .insertInto('model_routes')
    .values(values)
    .onConflict((conflict) => conflict.columns(['organisation', 'name']).doUpdateSet(values))
    .execute()
}

/** False when there was none. */
export async function deleteRouteRow(tx: Tx, organisation: string, name: string): Promise<boolean> {
  const { numDeletedRows } = await routeTables(tx)
    .deleteFrom('model_routes')
    .where('organisation', '=', organisation)
    .where('name', '=', name)
    .executeTakeFirst()
  return numDeletedRows > 0n
}
