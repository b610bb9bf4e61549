/** SQL of annotation. */
import { sql } from 'kysely'
import type { ActorId } from '../../core/actor.ts'
import { type Database, json, type Tx, tablesOf } from '../../store/database.ts'
import { type ItemId, ItemLabel, Queue, type QueueId, QueueItem, type QueueProgress } from './annotation.ts'

export const own = tablesOf({ annotationQueues: Queue, annotationItems: QueueItem, annotationLabels: ItemLabel })

export async function addQueue(tx: Tx, queue: Queue): Promise<void> {
  const { choices, annotators } = queue
  await own(tx)
    .insertInto('annotationQueues')
    .values({ ...queue, choices: json(choices), annotators: json(annotators) })
    .execute()
}

export const findQueue = (db: Database | Tx, id: QueueId): Promise<Queue | undefined> =>
  own(db).selectFrom('annotationQueues').selectAll().where('id', '=', id).executeTakeFirst()

export function listQueues(
  db: Database,
  ask: { organisation: string; application?: string | undefined; cursor?: string | undefined; limit: number },
): Promise<Queue[]> {
  let query = own(db).selectFrom('annotationQueues').selectAll().where('organisation', '=', ask.organisation)
  if (ask.application !== undefined) query = query.where('application', '=', ask.application)
  if (ask.cursor !== undefined) query = query.where('id', '<', ask.cursor as QueueId)
  return query.orderBy('id', 'desc').limit(ask.limit).execute()
}

export const changeQueue = (tx: Tx, id: QueueId, change: Partial<Pick<Queue, 'state'>>) =>
  own(tx).updateTable('annotationQueues').set(change).where('id', '=', id).execute()

export async function addItems(tx: Tx, items: readonly QueueItem[]): Promise<void> {
  if (items.length === 0) return
  await own(tx)
    .insertInto('annotationItems')
    .values(
      items.map((item) => ({
        ...item,
        passages: json(item.passages),
        source: json(item.source),
        adjudicated: json(item.adjudicated),
      })),
    )
    .execute()
}

export const findItem = (db: Database | Tx, id: ItemId): Promise<QueueItem | undefined> =>
  own(db).selectFrom('annotationItems').selectAll().where('id', '=', id).executeTakeFirst()

export const listItems = (db: Database | Tx, queue: QueueId): Promise<QueueItem[]> =>
  own(db).selectFrom('annotationItems').selectAll().where('queue', '=', queue).orderBy('number').execute()

export const listLabels = (db: Database | Tx, queue: QueueId): Promise<ItemLabel[]> =>
  own(db).selectFrom('annotationLabels').selectAll().where('queue', '=', queue).orderBy('item').orderBy('by').execute()

export const labelsOfItem = (db: Database | Tx, item: ItemId): Promise<ItemLabel[]> =>
  own(db).selectFrom('annotationLabels').selectAll().where('item', '=', item).execute()

/**
 * The next answer for this person: one that the person has not labelled and that lacks labels, those first that somebody
 * else has begun, so that answers become complete; undefined when there is none.
 */
export async function nextItem(
  db: Database,
  { queue, by, labelsPerItem }: { queue: QueueId; by: ActorId; labelsPerItem: number },
): Promise<QueueItem | undefined> {
  return own(db)
    .selectFrom('annotationItems as i')
    .selectAll('i')
    .where('i.queue', '=', queue)
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('annotationLabels as mine')
            .select('mine.item')
            .whereRef('mine.item', '=', 'i.id')
            .where('mine.by', '=', by),
        ),
      ),
    )
    .where(sql<boolean>`(select count(*) from annotation_labels l where l.item = i.id) < ${labelsPerItem}`)
    .orderBy(sql`(select count(*) from annotation_labels l where l.item = i.id)`, 'desc')
    .orderBy('i.number')
    .limit(1)
    .executeTakeFirst()
}

/** Locks the answer, so that two people cannot give the last label at once. */
export const lockItem = (tx: Tx, id: ItemId): Promise<QueueItem | undefined> =>
  own(tx).selectFrom('annotationItems').selectAll().where('id', '=', id).forUpdate().executeTakeFirst()

export async function keepLabel(tx: Tx, label: ItemLabel): Promise<void> {
  const { value, comment, tookMs, at } = label
  await own(tx)
    .insertInto('annotationLabels')
    .values(label)
    .onConflict((on) => on.columns(['item', 'by']).doUpdateSet({ value, comment, tookMs, at }))
    .execute()
}

export const adjudicate = (tx: Tx, id: ItemId, adjudicated: NonNullable<QueueItem['adjudicated']>) =>
  own(tx)
    .updateTable('annotationItems')
    .set({ adjudicated: json(adjudicated) })
    .where('id', '=', id)
    .execute()

/** Counts by SQL, because a queue may be long. */
export async function progressOf(db: Database, { id, labelsPerItem }: Queue): Promise<QueueProgress> {
  const { rows } = await sql<Record<keyof QueueProgress, number>>`
    select count(*)::int as items, coalesce(sum(n), 0)::int as labels,
      count(*) filter (where n >= ${labelsPerItem})::int as complete,
      count(*) filter (where n >= ${labelsPerItem} and kinds > 1 and adjudicated is null)::int as disputed
    from (select i.id, case when i.adjudicated = 'null'::jsonb then null else i.adjudicated end as adjudicated,
        count(l.item) as n, count(distinct l.value) as kinds
      from annotation_items i left join annotation_labels l on l.item = i.id
      where i.queue = ${id} group by i.id, i.adjudicated) t`.execute(db)
  return rows[0] ?? { items: 0, labels: 0, complete: 0, disputed: 0 }
}

export type PersonItem = Pick<QueueItem, 'id' | 'input' | 'answer' | 'expected' | 'passages'> & {
  application: string
  comments: string[]
}

/** Answers that may name a person, in what was asked, answered or said of it. */
export async function listPersonItems(
  db: Database,
  { organisation, patterns }: { organisation: string; patterns: string },
): Promise<PersonItem[]> {
  const { rows } = await sql<PersonItem>`
    select i.id, i.input, i.answer, i.expected, i.passages, q.application,
      coalesce((select jsonb_agg(l.comment) from annotation_labels l where l.item = i.id), '[]'::jsonb) as comments
    from annotation_items i join annotation_queues q on q.id = i.queue
    where q.organisation = ${organisation} and (
      concat_ws(' ', i.input, i.answer, i.expected, i.passages::text) ilike any(array(select jsonb_array_elements_text(${patterns}::jsonb)))
      or exists (select from annotation_labels l where l.item = i.id
        and l.comment ilike any(array(select jsonb_array_elements_text(${patterns}::jsonb)))))`.execute(db)
  return rows
}

export async function removeItem(tx: Tx, id: ItemId): Promise<void> {
  await own(tx).deleteFrom('annotationLabels').where('item', '=', id).execute()
  await own(tx).deleteFrom('annotationItems').where('id', '=', id).execute()
}
