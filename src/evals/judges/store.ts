/** SQL of calibrations. */
import type { Digest } from '../../kernel/digest.ts'
import { type Database, json, type Tx, tablesOf } from '../../store/database.ts'
import { Calibration, type CalibrationCase, type CalibrationId, KeptCase } from './calibration.ts'

export const own = tablesOf({ calibrations: Calibration, calibrationCases: KeptCase })

export async function addCalibration(
  tx: Tx,
  { calibration, cases }: { calibration: Calibration; cases: readonly CalibrationCase[] },
): Promise<void> {
  await own(tx)
    .insertInto('calibrations')
    .values({ ...calibration, result: json(calibration.result) })
    .execute()
  const rows = cases.map((content, at) => ({ calibration: calibration.id, number: at + 1, content: json(content) }))
  for (let at = 0; at < rows.length; at += 500)
    await own(tx)
      .insertInto('calibrationCases')
      .values(rows.slice(at, at + 500))
      .execute()
}

export const findCalibration = (db: Database, id: CalibrationId): Promise<Calibration | undefined> =>
  own(db).selectFrom('calibrations').selectAll().where('id', '=', id).executeTakeFirst()

export function listCalibrations(
  db: Database,
  ask: {
    organisation: string
    application?: string | undefined
    judge?: Digest | undefined
    cursor?: string | undefined
    limit: number
  },
): Promise<Calibration[]> {
  let query = own(db).selectFrom('calibrations').selectAll().where('organisation', '=', ask.organisation)
  if (ask.application !== undefined) query = query.where('application', '=', ask.application)
  if (ask.judge !== undefined) query = query.where('judge', '=', ask.judge)
  if (ask.cursor !== undefined) query = query.where('id', '<', ask.cursor as CalibrationId)
  return query.orderBy('id', 'desc').limit(ask.limit).execute()
}

/** The newest of each judge of an application and each kind of data, the newest first. */
export async function newestCalibrations(
  db: Database | Tx,
  { application, judges, data }: { application: string; judges: readonly Digest[]; data?: string | undefined },
): Promise<Calibration[]> {
  if (judges.length === 0) return []
  let query = own(db)
    .selectFrom('calibrations')
    .selectAll()
    .distinctOn(['judge', 'data'])
    .where('application', '=', application)
    .where('judge', 'in', [...judges])
  if (data !== undefined) query = query.where('data', '=', data)
  const found = await query.orderBy('judge').orderBy('data').orderBy('id', 'desc').execute()
  return found.sort((one, other) => (one.id < other.id ? 1 : -1))
}

export async function listCases(
  db: Database,
  ask: { calibration: CalibrationId; after: number; limit: number },
): Promise<CalibrationCase[]> {
  const rows = await own(db)
    .selectFrom('calibrationCases')
    .select('content')
    .where('calibration', '=', ask.calibration)
    .where('number', '>', ask.after)
    .orderBy('number')
    .limit(ask.limit)
    .execute()
  return rows.map(({ content }) => content)
}
