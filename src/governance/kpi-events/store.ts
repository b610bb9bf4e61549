/** SQL of KPI events. */

import type { Instant } from '../../kernel/time.ts'
import { type Database, type Tx, tablesOf } from '../../store/database.ts'
import { KpiEvent } from './event.ts'

export const own = tablesOf({ kpiEvents: KpiEvent })

type Of = { readonly organisation: string; readonly application: string }
type Reader = Database | Tx

/** How many were new; those that were sent before are left as they are. */
export async function addEvents(tx: Tx, events: readonly KpiEvent[]): Promise<number> {
  const added = await own(tx)
    .insertInto('kpiEvents')
    .values([...events])
    .onConflict((on) => on.columns(['organisation', 'application', 'sender', 'senderId']).doNothing())
    .returning('id')
    .execute()
  return added.length
}

/** Those that are in no value yet. */
export const listWaiting = (
  db: Reader,
  { organisation, application, limit }: Of & { limit: number },
): Promise<Pick<KpiEvent, 'kpi' | 'happenedAt'>[]> =>
  own(db)
    .selectFrom('kpiEvents')
    .select(['kpi', 'happenedAt'])
    .where('organisation', '=', organisation)
    .where('application', '=', application as KpiEvent['application'])
    .where('rolledUpAt', 'is', null)
    .orderBy('happenedAt')
    .limit(limit)
    .execute()

type In = Of & { readonly kpi: string; readonly from: Instant; readonly until: Instant }

export const listIn = (
  db: Reader,
  { organisation, application, kpi, from, until }: In,
): Promise<Pick<KpiEvent, 'id' | 'value' | 'isYesOrNo' | 'sender'>[]> =>
  own(db)
    .selectFrom('kpiEvents')
    .select(['id', 'value', 'isYesOrNo', 'sender'])
    .where('organisation', '=', organisation)
    .where('application', '=', application as KpiEvent['application'])
    .where('kpi', '=', kpi)
    .where('happenedAt', '>=', from)
    .where('happenedAt', '<', until)
    .execute()

/** @param createdBefore what came in after the figures were read waits for the next round */
export async function markRolledUp(
  tx: Tx,
  { organisation, application, kpi, from, until, at, last }: In & { at: Instant; last: KpiEvent['id'] },
): Promise<void> {
  await own(tx)
    .updateTable('kpiEvents')
    .set({ rolledUpAt: at })
    .where('organisation', '=', organisation)
    .where('application', '=', application as KpiEvent['application'])
    .where('kpi', '=', kpi)
    .where('happenedAt', '>=', from)
    .where('happenedAt', '<', until)
    .where('id', '<=', last)
    .execute()
}

export async function removeOlder(tx: Tx, { organisation, before }: { organisation: string; before: Instant }) {
  await own(tx)
    .deleteFrom('kpiEvents')
    .where('organisation', '=', organisation)
    .where('happenedAt', '<', before)
    .where('rolledUpAt', 'is not', null)
    .execute()
}
