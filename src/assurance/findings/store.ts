/** SQL of findings and reports. */
import { type Database, json, type Tx, tablesOf } from '../../store/database.ts'
import { type FindingId, type FindingState, Found, Report, type Severity } from './finding.ts'

export const own = tablesOf({ findings: Found, findingsReports: Report })

type Reader = Database | Tx

export async function addFindings(tx: Tx, findings: readonly Found[]): Promise<void> {
  for (const one of findings)
    await own(tx)
      .insertInto('findings')
      .values({ ...one, notes: json(one.notes) })
      .execute()
}

/** The finding, with others kept from moving it until the transaction ends. */
export const lockFinding = (tx: Tx, id: FindingId): Promise<Found | undefined> =>
  own(tx).selectFrom('findings').selectAll().where('id', '=', id).forUpdate().executeTakeFirst()

export const findFinding = (db: Reader, id: FindingId): Promise<Found | undefined> =>
  own(db).selectFrom('findings').selectAll().where('id', '=', id).executeTakeFirst()

export async function changeFinding(
  tx: Tx,
  id: FindingId,
  change: Pick<Found, 'state' | 'fixedBy' | 'notes' | 'acceptedUntil' | 'updatedAt'>,
): Promise<void> {
  await own(tx)
    .updateTable('findings')
    .set({ ...change, notes: json(change.notes) })
    .where('id', '=', id)
    .execute()
}

export type FindingFilter = {
  organisation: string
  application?: string | undefined
  state?: FindingState | undefined
  severity?: Severity | undefined
}

/** Newest first. */
export function listFindings(
  db: Reader,
  { organisation, application, state, severity }: FindingFilter,
  { cursor, limit }: { cursor?: string | undefined; limit: number },
): Promise<Found[]> {
  let query = own(db).selectFrom('findings').selectAll().where('organisation', '=', organisation)
  if (application !== undefined) query = query.where('application', '=', application)
  if (state !== undefined) query = query.where('state', '=', state)
  if (severity !== undefined) query = query.where('severity', '=', severity)
  if (cursor !== undefined) query = query.where('id', '<', cursor as FindingId)
  return query.orderBy('id', 'desc').limit(limit).execute()
}

export const addReport = async (tx: Tx, report: Report): Promise<void> => {
  await own(tx)
    .insertInto('findingsReports')
    .values({ ...report, envelope: json(report.envelope) })
    .execute()
}

/** Newest first. */
export const listReports = (db: Reader, organisation: string, application: string): Promise<Report[]> =>
  own(db)
    .selectFrom('findingsReports')
    .selectAll()
    .where('organisation', '=', organisation)
    .where('application', '=', application)
    .orderBy('id', 'desc')
    .execute()

/** Of every application. */
export const listAllReports = (db: Reader, organisation: string): Promise<Report[]> =>
  own(db).selectFrom('findingsReports').selectAll().where('organisation', '=', organisation).orderBy('id').execute()

/** Other words in the place of a person's. */
export async function rewordFinding(
  tx: Tx,
  id: FindingId,
  words: Pick<Found, 'title' | 'detail' | 'owner' | 'notes'>,
): Promise<void> {
  await own(tx)
    .updateTable('findings')
    .set({ ...words, notes: json(words.notes) })
    .where('id', '=', id)
    .execute()
}
