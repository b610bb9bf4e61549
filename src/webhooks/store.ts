/** SQL of webhooks. */
import { sql } from 'kysely'
import type { Instant } from '../kernel/time.ts'
import { type Database, json, type Tx, tablesOf } from '../store/database.ts'
import type { DeliveryId, WebhookId } from './contract.ts'
import { DeliveryRow, WebhookRow } from './rows.ts'

export const own = tablesOf({ webhooks: WebhookRow, webhookDeliveries: DeliveryRow })

export const addWebhook = async (tx: Tx, row: WebhookRow): Promise<void> => {
  await own(tx)
    .insertInto('webhooks')
    .values({ ...row, events: json(row.events) })
    .execute()
}

export async function changeWebhook(
  db: Database | Tx,
  id: WebhookId,
  { events, ...change }: Partial<WebhookRow>,
): Promise<void> {
  await own(db)
    .updateTable('webhooks')
    .set({ ...change, ...(events && { events: json(events) }) })
    .where('id', '=', id)
    .execute()
}

export const removeWebhook = async (tx: Tx, id: WebhookId): Promise<void> => {
  await own(tx).deleteFrom('webhooks').where('id', '=', id).execute()
}

export const findWebhook = (db: Database | Tx, id: WebhookId): Promise<WebhookRow | undefined> =>
  own(db).selectFrom('webhooks').selectAll().where('id', '=', id).executeTakeFirst()

/** All of them: there are a handful. */
export const listWebhooks = (db: Database | Tx, organisation: string): Promise<WebhookRow[]> =>
  own(db).selectFrom('webhooks').selectAll().where('organisation', '=', organisation).orderBy('id').execute()

/** Each sealed secret through the function. */
export async function resealWebhooks(tx: Tx, reseal: (sealed: string, id: string) => string): Promise<number> {
  const rows = await own(tx).selectFrom('webhooks').select(['id', 'secret', 'previousSecret']).execute()
  for (const { id, secret, previousSecret } of rows)
    await own(tx)
      .updateTable('webhooks')
      .set({ secret: reseal(secret, id), previousSecret: previousSecret && reseal(previousSecret, id) })
      .where('id', '=', id)
      .execute()
  return rows.length
}

export const addDelivery = async (tx: Tx, row: DeliveryRow): Promise<void> => {
  await own(tx)
    .insertInto('webhookDeliveries')
    .values({ ...row, attempts: json(row.attempts) })
    .execute()
}

export async function changeDelivery(
  db: Database | Tx,
  id: DeliveryId,
  { attempts, ...change }: Pick<DeliveryRow, 'state' | 'attempts' | 'nextAt' | 'deliveredAt'>,
): Promise<void> {
  await own(db)
    .updateTable('webhookDeliveries')
    .set({ ...change, attempts: json(attempts) })
    .where('id', '=', id)
    .execute()
}

export const findDelivery = (db: Database | Tx, id: DeliveryId): Promise<DeliveryRow | undefined> =>
  own(db).selectFrom('webhookDeliveries').selectAll().where('id', '=', id).executeTakeFirst()

/** Newest first. */
export function listDeliveries(
  db: Database,
  {
    webhook,
    before,
    state,
    limit,
  }: { webhook: WebhookId; before: DeliveryId | undefined; state: DeliveryRow['state'] | undefined; limit: number },
): Promise<DeliveryRow[]> {
  let query = own(db).selectFrom('webhookDeliveries').selectAll().where('webhook', '=', webhook)
  if (before !== undefined) query = query.where('id', '<', before)
  if (state !== undefined) query = query.where('state', '=', state)
  return query.orderBy('id', 'desc').limit(limit).execute()
}

/** Those whose next try has come, of webhooks that are on; the longest overdue first. */
export const listDue = (db: Database, now: Instant): Promise<DeliveryRow[]> =>
  own(db)
    .selectFrom('webhookDeliveries')
    .innerJoin('webhooks', 'webhooks.id', 'webhookDeliveries.webhook')
    .selectAll('webhookDeliveries')
    .where('state', '=', 'waiting')
    .where('nextAt', '<=', now)
    .where('enabled', '=', true)
    .orderBy('nextAt')
    .limit(100)
    .execute()

/** Deliveries whose payload may name a person; patterns are a JSON list for `ilike`. */
export const listPersonDeliveries = (
  db: Database,
  { patterns, before }: { patterns: string; before: Instant },
): Promise<DeliveryRow[]> =>
  own(db)
    .selectFrom('webhookDeliveries')
    .selectAll()
    .where('createdAt', '<', before)
    .where(sql<boolean>`payload ilike any(array(select jsonb_array_elements_text(${patterns}::jsonb)))`)
    .orderBy('id')
    .execute()

export const removeDelivery = async (tx: Tx, id: DeliveryId): Promise<void> => {
  await own(tx).deleteFrom('webhookDeliveries').where('id', '=', id).execute()
}
