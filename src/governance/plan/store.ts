/** SQL of measured KPIs. */
import { type Database, type Tx, tablesOf } from '../../store/database.ts'
import { KpiValue } from '../charter/kpi-value.ts'

export const own = tablesOf({ kpiValues: KpiValue })

type Of = { organisation: string; application: string }

export async function addKpiValues(tx: Tx, values: readonly KpiValue[]): Promise<void> {
  await own(tx)
    .insertInto('kpiValues')
    .values([...values])
    .execute()
}

/** The newest of each KPI. */
export const newestKpiValues = (db: Database | Tx, { organisation, application }: Of): Promise<KpiValue[]> =>
  own(db)
    .selectFrom('kpiValues')
    .selectAll()
    .distinctOn('kpi')
    .where('organisation', '=', organisation)
    .where('application', '=', application as KpiValue['application'])
    .orderBy('kpi')
    .orderBy('measuredAt', 'desc')
    .orderBy('id', 'desc')
    .execute()

/** The newest of each KPI of one application or of all, by application. */
export async function newestOfAll(
  db: Database | Tx,
  { organisation, application }: { organisation: string; application: string | null },
): Promise<Map<string, KpiValue[]>> {
  let query = own(db)
    .selectFrom('kpiValues')
    .selectAll()
    .distinctOn(['application', 'kpi'])
    .where('organisation', '=', organisation)
  if (application !== null) query = query.where('application', '=', application as KpiValue['application'])
  const rows = await query
    .orderBy('application')
    .orderBy('kpi')
    .orderBy('measuredAt', 'desc')
    .orderBy('id', 'desc')
    .execute()
  return Map.groupBy(rows, (row) => row.application)
}
