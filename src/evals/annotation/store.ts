/** SQL of annotation. */
import { sql } from 'kysely'
import type { ActorId } from '../../core/actor.ts'
import { type Database, json, type Tx, tablesOf } from '../../store/database.ts'
import { type ItemId, ItemLabel, Queue, type QueueId, QueueItem, type QueueProgress } from './annotation.ts'
import type { AnnotationLine } from './contract.ts'

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
 * else has begun, so that answers become complete; undefined when there is none. Two questions, because one that sorts
 * all answers by their labels takes half a second on a hundred thousand.
 */
export async function nextItem(
  db: Database,
  ask: { queue: Pick<Queue, 'id' | 'labelsPerItem'>; by: ActorId; except: readonly string[] },
): Promise<QueueItem | undefined> {
  const { queue, by } = ask
  const except = JSON.stringify(ask.except)
  const isPassed = sql<boolean>`i.id in (select jsonb_array_elements_text(${except}::jsonb))`
  const begun = sql<{ item: ItemId; n: number }>`(
    select l.item, count(*) as n from annotation_labels l where l.queue = ${queue.id}
    group by l.item having count(*) < ${queue.labelsPerItem} and not bool_or(l."by" = ${by}))`
  const items = own(db).selectFrom('annotationItems as i').selectAll('i').where('i.queue', '=', queue.id)
  return (
    (await items
      .innerJoin(begun.as('begun'), (join) => join.on(sql<boolean>`begun.item = i.id`))
      .where(sql<boolean>`not ${isPassed}`)
      .orderBy('begun.n', 'desc')
      .orderBy('i.number')
      .limit(1)
      .executeTakeFirst()) ??
    (await items
      .where(sql<boolean>`not ${isPassed}`)
      .where(sql<boolean>`not exists (select from annotation_labels l where l.item = i.id)`)
      .orderBy('i.number')
      .limit(1)
      .executeTakeFirst())
  )
}

/** How many answers a person labelled, and how many are left for this person. */
export async function workOf(
  db: Database,
  { queue, by }: { queue: Pick<Queue, 'id' | 'labelsPerItem'>; by: ActorId },
): Promise<{ done: number; left: number }> {
  const { rows } = await sql<{ done: number; left: number }>`
    select count(*) filter (where t.mine)::int as done,
      ((select count(*) from annotation_items where queue = ${queue.id})
        - count(*) filter (where t.mine or t.n >= ${queue.labelsPerItem}))::int as "left"
    from (select count(*) as n, bool_or("by" = ${by}) as mine from annotation_labels
      where queue = ${queue.id} group by item) t`.execute(db)
  return rows[0] ?? { done: 0, left: 0 }
}

export type Show = 'all' | 'mine' | 'open' | 'disputed' | 'decided'

/** The answers of a queue in their order, with what one person said of each. */
export async function listItemLines(
  db: Database,
  ask: { queue: Pick<Queue, 'id' | 'labelsPerItem'>; by: ActorId; show: Show; after: number; limit: number },
): Promise<AnnotationLine[]> {
  const { queue, by, show, after, limit } = ask
  const { rows } = await sql<AnnotationLine>`
    select id, number, left(input, 300) as input, left(answer, 300) as answer, decided as adjudicated,
      n as labels, is_mine as "isMine", mine, is_disputed as "isDisputed"
    from (select i.id, i.number, i.input, i.answer, nullif(i.adjudicated, 'null'::jsonb) as decided, l.n,
        coalesce(l.is_mine, false) as is_mine, l.mine,
        l.n >= ${queue.labelsPerItem} and l.kinds > 1 and nullif(i.adjudicated, 'null'::jsonb) is null as is_disputed
      from annotation_items i cross join lateral (
        select count(*)::int as n, count(distinct value)::int as kinds, bool_or("by" = ${by}) as is_mine,
          max(value) filter (where "by" = ${by}) as mine
        from annotation_labels where item = i.id) l
      where i.queue = ${queue.id} and i.number > ${after}) t
    where case ${show}::text when 'mine' then is_mine when 'open' then n < ${queue.labelsPerItem}
      when 'disputed' then is_disputed when 'decided' then decided is not null else true end
    order by number limit ${limit}`.execute(db)
  return rows
}

/** Answers whose labels are all in and differ, and about which nobody decided. */
export const listDisputed = (
  db: Database,
  { queue, after, limit }: { queue: Pick<Queue, 'id' | 'labelsPerItem'>; after: number; limit: number },
): Promise<QueueItem[]> =>
  own(db)
    .selectFrom('annotationItems as i')
    .selectAll('i')
    .where('i.queue', '=', queue.id)
    .where('i.number', '>', after)
    .where(sql<boolean>`nullif(i.adjudicated, 'null'::jsonb) is null`)
    .where(
      sql<boolean>`i.id in (select item from annotation_labels where queue = ${queue.id} group by item
        having count(*) >= ${queue.labelsPerItem} and count(distinct value) > 1)`,
    )
    .orderBy('i.number')
    .limit(limit)
    .execute()

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
