/** SQL of alerts. */
import { type Database, type Tx, tablesOf } from '../../store/database.ts'
import { type AlertId, RaisedAlert } from './alert.ts'

export const own = tablesOf({ alerts: RaisedAlert })

type Reader = Database | Tx

/** False when one like it is open already, also by another process. */
export async function addAlert(tx: Tx, alert: RaisedAlert): Promise<boolean> {
  const added = await own(tx)
    .insertInto('alerts')
    .values(alert)
    .onConflict((on) => on.doNothing())
    .returning('id')
    .execute()
  return added.length > 0
}

/** False when it is over already. */
export async function endAlert(tx: Tx, { id, endedAt }: Pick<RaisedAlert, 'id' | 'endedAt'>): Promise<boolean> {
  const ended = await own(tx)
    .updateTable('alerts')
    .set({ endedAt })
    .where('id', '=', id)
    .where('endedAt', 'is', null)
    .returning('id')
    .execute()
  return ended.length > 0
}

export async function saveAlert(tx: Tx, { id, ...alert }: RaisedAlert): Promise<void> {
  await own(tx).updateTable('alerts').set(alert).where('id', '=', id).execute()
}

export const findAlert = (db: Reader, id: AlertId): Promise<RaisedAlert | undefined> =>
  own(db).selectFrom('alerts').selectAll().where('id', '=', id).executeTakeFirst()

/** The newest first. */
export function listAlerts(
  db: Reader,
  {
    organisation,
    application,
    isOpen = false,
    limit,
  }: { organisation: string; application?: string | undefined; isOpen?: boolean; limit: number },
): Promise<RaisedAlert[]> {
  let query = own(db).selectFrom('alerts').selectAll().where('organisation', '=', organisation)
  if (application !== undefined) query = query.where('application', '=', application as RaisedAlert['application'])
  if (isOpen) query = query.where('endedAt', 'is', null)
  return query.orderBy('openedAt', 'desc').orderBy('id', 'desc').limit(limit).execute()
}
