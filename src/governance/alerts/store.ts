/** SQL of alerts. */
import { type Database, json, type Tx, tablesOf } from '../../store/database.ts'
import { type AlertId, RaisedAlert } from './alert.ts'
import { type AlertLines, DrawnLines, USUAL_LINES } from './lines.ts'

export const own = tablesOf({ alerts: RaisedAlert, alertLines: DrawnLines })

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

export async function addLines(tx: Tx, drawn: DrawnLines): Promise<void> {
  await own(tx)
    .insertInto('alertLines')
    .values({ ...drawn, lines: json(drawn.lines) })
    .execute()
}

/** Each time that lines were drawn, the newest first. */
export const listLines = (
  db: Reader,
  { organisation, application, limit }: { organisation: string; application: string; limit: number },
): Promise<DrawnLines[]> =>
  own(db)
    .selectFrom('alertLines')
    .selectAll()
    .where('organisation', '=', organisation)
    .where('application', '=', application as DrawnLines['application'])
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()

/** As they were drawn last, of one application or of all; where nothing was drawn those for all hold. */
export async function linesOf(
  db: Reader,
  { organisation, application }: { organisation: string; application: string | null },
): Promise<(name: string) => AlertLines> {
  let query = own(db)
    .selectFrom('alertLines')
    .selectAll()
    .distinctOn('application')
    .where('organisation', '=', organisation)
  if (application !== null) query = query.where('application', '=', application as DrawnLines['application'])
  const rows = await query.orderBy('application').orderBy('id', 'desc').execute()
  const drawn = new Map<string, AlertLines>(rows.map((row) => [row.application, row.lines]))
  return (name) => drawn.get(name) ?? USUAL_LINES
}
