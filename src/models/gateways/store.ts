/** All SQL of what gateways say of themselves. */
import { z } from 'zod'
import { Organisation } from '../../core/actor.ts'
import { Instant } from '../../kernel/time.ts'
import { type Database, json, type Tx, tablesOf } from '../../store/database.ts'
import { GatewayReport } from './contract.ts'

export const ReportRow = z.object({
  organisation: Organisation,
  process: z.string(),
  at: Instant,
  report: GatewayReport,
})
export type ReportRow = z.infer<typeof ReportRow>

export const gatewayTables = tablesOf({ gateway_reports: ReportRow })

export async function saveReportRow(
  tx: Tx,
  row: Omit<ReportRow, 'organisation'> & { organisation: string },
): Promise<void> {
  const values = { ...row, report: json(row.report) } as never
  await gatewayTables(tx)
    .insertInto('gateway_reports')
    .values(values)
    .onConflict((conflict) => conflict.columns(['organisation', 'process']).doUpdateSet(values))
    .execute()
}

/** Those that are not older, by name. */
export const listReportRows = (db: Database, organisation: string, since: Instant): Promise<ReportRow[]> =>
  gatewayTables(db)
    .selectFrom('gateway_reports')
    .selectAll()
    .where('organisation', '=', organisation)
    .where('at', '>=', since)
    .orderBy('process')
    .execute()

export async function removeReportRow(db: Database, organisation: string, process: string): Promise<void> {
  await gatewayTables(db)
    .deleteFrom('gateway_reports')
    .where('organisation', '=', organisation)
    .where('process', '=', process)
    .execute()
}
