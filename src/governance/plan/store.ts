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
