/** All SQL of quotas. */
import { z } from 'zod'
import { ActorId, Organisation } from '../../core/actor.ts'
import { Instant } from '../../kernel/time.ts'
import { type Database, json, type Tx, tablesOf } from '../../store/database.ts'
import { DeclaredLimit, ReadLimit } from './contract.ts'

/** Of any key: the empty name, as null is no part of a key. */
const place = { organisation: Organisation, target: z.string(), credential: z.string() }

export const ReadQuotaRow = z.object({ ...place, limits: z.array(ReadLimit), at: Instant })
export type ReadQuotaRow = z.infer<typeof ReadQuotaRow>

export const DeclaredQuotaRow = z.object({ ...place, limits: z.array(DeclaredLimit), setAt: Instant, setBy: ActorId })
export type DeclaredQuotaRow = z.infer<typeof DeclaredQuotaRow>

export const quotaTables = tablesOf({ read_quotas: ReadQuotaRow, declared_quotas: DeclaredQuotaRow })

type Given<Row extends { organisation: string }> = Omit<Row, 'organisation'> & { organisation: string }
const PLACE = ['organisation', 'target', 'credential'] as const

export const listReadQuotaRows = (db: Database, organisation: string): Promise<ReadQuotaRow[]> =>
  quotaTables(db).selectFrom('read_quotas').selectAll().where('organisation', '=', organisation).execute()

export const listDeclaredQuotaRows = (db: Database, organisation: string): Promise<DeclaredQuotaRow[]> =>
  quotaTables(db).selectFrom('declared_quotas').selectAll().where('organisation', '=', organisation).execute()

export async function saveReadQuotaRow(tx: Tx, row: Given<ReadQuotaRow>): Promise<void> {
  const values = { ...row, limits: json(row.limits) } as never
  await quotaTables(tx)
    .insertInto('read_quotas')
    .values(values)
    .onConflict((conflict) => conflict.columns(PLACE).doUpdateSet(values))
    .execute()
}

export async function saveDeclaredQuotaRow(tx: Tx, row: Given<DeclaredQuotaRow>): Promise<void> {
  const values = { ...row, limits: json(row.limits) } as never
  await quotaTables(tx)
    .insertInto('declared_quotas')
    .values(values)
    .onConflict((conflict) => conflict.columns(PLACE).doUpdateSet(values))
    .execute()
}

export async function removeDeclaredQuotaRow(
  tx: Tx,
  { organisation, target, credential }: Pick<Given<DeclaredQuotaRow>, (typeof PLACE)[number]>,
): Promise<void> {
  await quotaTables(tx)
    .deleteFrom('declared_quotas')
    .where('organisation', '=', organisation)
    .where('target', '=', target)
    .where('credential', '=', credential)
    .execute()
}
