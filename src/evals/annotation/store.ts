/** SQL of annotation. */
import { sql } from 'kysely'
import type { ActorId } from '../../core/actor.ts'
import { type Database, json, type Tx, tablesOf } from '../../store/database.ts'
import type { AlikeLabelled } from './agreement.ts'
import { type ItemId, ItemLabel, Queue, type QueueId, QueueItem, type QueueProgress } from './annotation.ts'
import type { AnnotationLine } from './contract.ts'

export const own = tablesOf({ annotationQueues: Queue, annotationItems: QueueItem, annotationLabels: ItemLabel })

export async function addQueue(tx: Tx, queue: Queue): Promise<void> {
  const { choices, annotators, datasets } = queue
  await own(tx)
    .insertInto('annotationQueues')
    .values({ ...queue, choices: json(choices), annotators: json(annotators), datasets: json(datasets) })
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

/** Open queues of single answers that users feed. */
export const listFedQueues = (
  db: Database,
  { organisation, application }: { organisation: string; application: string },
): Promise<Queue[]> =>
  own(db)
    .selectFrom('annotationQueues')
    .selectAll()
    .where('organisation', '=', organisation)
    .where('application', '=', application as Queue['application'])
    .where('feeds', '!=', 'none')
    .where('state', '=', 'open')
    .where('kind', '=', 'answers')
    .execute()

export const lockQueue = (tx: Tx, id: QueueId): Promise<Queue | undefined> =>
  own(tx).selectFrom('annotationQueues').selectAll().where('id', '=', id).forUpdate().executeTakeFirst()

export async function lastNumber(tx: Tx, queue: QueueId): Promise<number> {
  const row = await own(tx)
    .selectFrom('annotationItems')
    .select('number')
    .where('queue', '=', queue)
    .orderBy('number', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row?.number ?? 0
}

export async function hasItemOf(tx: Tx, { queue, trace }: { queue: QueueId; trace: string }): Promise<boolean> {
  const row = await own(tx)
    .selectFrom('annotationItems')
    .select('id')
    .where('queue', '=', queue)
    .where(sql<boolean>`source ->> 'id' = ${trace}`)
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}

export const changeQueue = (tx: Tx, id: QueueId, change: Partial<Pick<Queue, 'state' | 'holdsDocuments'>>) =>
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

/** Answers with two labels or more, counted by what was said of them; who could not tell said nothing. */
export async function listAlikeLabelled(db: Database, queue: QueueId): Promise<AlikeLabelled[]> {
  const { rows } = await sql<AlikeLabelled>`
    select said, week, count(*)::int as items from (
      select jsonb_agg(jsonb_build_array("by", value) order by "by" collate "C") as said,
        to_char(date_trunc('week', max(at) at time zone 'UTC'), 'YYYY-MM-DD') as week
      from annotation_labels where queue = ${queue} and value is not null
      group by item having count(*) >= 2) each
    group by said, week order by week, said`.execute(db)
  return rows
}

export const labelsOfItem = (db: Database | Tx, item: ItemId): Promise<ItemLabel[]> =>
  own(db).selectFrom('annotationLabels').selectAll().where('item', '=', item).execute()

/**
 * The next answer for this person: one that the person has not labelled and that lacks labels, those first that somebody
 * else has begun, so that answers become complete; undefined when there is none.
 */
export const nextItem = (
  db: Database,
  { queue, by, except }: { queue: Pick<Queue, 'id'>; by: ActorId; except: readonly string[] },
): Promise<QueueItem | undefined> =>
  own(db)
    .selectFrom('annotationItems as i')
    .selectAll('i')
    .where('i.queue', '=', queue.id)
    .where('i.labelCount', '<', sql.ref<number>('i.labels_asked'))
    .where(sql<boolean>`not exists (select from annotation_labels mine
      where mine.queue = ${queue.id} and mine."by" = ${by} and mine.item = i.id)`)
    .where(sql<boolean>`i.id not in (select jsonb_array_elements_text(${JSON.stringify(except)}::jsonb))`)
    .orderBy('i.labelCount', 'desc')
    .orderBy('i.number')
    .limit(1)
    .executeTakeFirst()

/** How many answers a person labelled, and how many are left for this person. */
export async function workOf(
  db: Database,
  { queue, by }: { queue: Pick<Queue, 'id'>; by: ActorId },
): Promise<{ done: number; left: number }> {
  const { rows } = await sql<{ done: number; left: number }>`
    select (select count(*) from annotation_labels where queue = ${queue.id} and "by" = ${by})::int as done,
      ((select count(*) from annotation_items where queue = ${queue.id} and label_count < labels_asked)
        - (select count(*) from annotation_labels l join annotation_items i on i.id = l.item
          where l.queue = ${queue.id} and l."by" = ${by} and i.label_count < i.labels_asked))::int as "left"`.execute(
    db,
  )
  return rows[0] ?? { done: 0, left: 0 }
}

export type Show = 'all' | 'mine' | 'open' | 'disputed' | 'decided'

/** All labels are in and differ, and nobody decided. */
const DISPUTED = sql<boolean>`(i.label_count >= i.labels_asked and i.value_count > 1
  and nullif(i.adjudicated, 'null'::jsonb) is null)`

/** The answers of a queue in their order, with what one person said of each. */
export async function listItemLines(
  db: Database,
  ask: { queue: Pick<Queue, 'id'>; by: ActorId; show: Show; after: number; limit: number },
): Promise<AnnotationLine[]> {
  const { queue, by, show, after, limit } = ask
  const { rows } = await sql<AnnotationLine>`
    select i.id, i.number, left(regexp_replace(i.input, '^.*\\nuser: ', ''), 300) as input, left(i.answer, 300) as answer,
      left(i.other, 300) as other, nullif(i.adjudicated, 'null'::jsonb) as adjudicated, i.label_count as labels, l.item is not null as "isMine",
      l.value as mine, ${DISPUTED} as "isDisputed"
    from annotation_items i left join annotation_labels l on l.item = i.id and l."by" = ${by}
    where i.queue = ${queue.id} and i.number > ${after}
      and case ${show}::text when 'mine' then l.item is not null when 'open' then i.label_count < i.labels_asked
        when 'disputed' then ${DISPUTED} when 'decided' then nullif(i.adjudicated, 'null'::jsonb) is not null
        else true end
    order by i.number limit ${limit}`.execute(db)
  return rows
}

export const listDisputed = (
  db: Database,
  { queue, after, limit }: { queue: Pick<Queue, 'id'>; after: number; limit: number },
): Promise<QueueItem[]> =>
  own(db)
    .selectFrom('annotationItems as i')
    .selectAll('i')
    .where('i.queue', '=', queue.id)
    .where('i.number', '>', after)
    .where(DISPUTED)
    .orderBy('i.number')
    .limit(limit)
    .execute()

/** Locks the answer, so that two people cannot give the last label at once. */
export const lockItem = (tx: Tx, id: ItemId): Promise<QueueItem | undefined> =>
  own(tx).selectFrom('annotationItems').selectAll().where('id', '=', id).forUpdate().executeTakeFirst()

export async function keepLabel(tx: Tx, label: ItemLabel): Promise<void> {
  const { value, isTurned, comment, tookMs, at } = label
  await own(tx)
    .insertInto('annotationLabels')
    .values(label)
    .onConflict((on) => on.columns(['item', 'by']).doUpdateSet({ value, isTurned, comment, tookMs, at }))
    .execute()
}

export const adjudicate = (tx: Tx, id: ItemId, adjudicated: NonNullable<QueueItem['adjudicated']>) =>
  own(tx)
    .updateTable('annotationItems')
    .set({ adjudicated: json(adjudicated) })
    .where('id', '=', id)
    .execute()

/** Counts anew what an answer has; in the transaction that locked it. */
export const countLabels = (tx: Tx, item: ItemId) =>
  sql`update annotation_items set (label_count, value_count) = (
    select count(*), count(distinct value) from annotation_labels where item = ${item}) where id = ${item}`.execute(tx)

/** Counts by SQL, because a queue may be long. */
export async function progressOf(db: Database, queue: Queue): Promise<QueueProgress> {
  const { rows } = await sql<Record<keyof QueueProgress, number>>`
    select count(*)::int as items, coalesce(sum(i.label_count), 0)::int as labels,
      count(*) filter (where i.label_count >= i.labels_asked)::int as complete,
      count(*) filter (where ${DISPUTED})::int as disputed
    from annotation_items i where i.queue = ${queue.id}`.execute(db)
  return rows[0] ?? { items: 0, labels: 0, complete: 0, disputed: 0 }
}

export type PersonItem = Pick<QueueItem, 'id' | 'input' | 'answer' | 'other' | 'expected' | 'passages'> & {
  application: string
  comments: string[]
}

/** Answers that may name a person, in what was asked, answered or said of it. */
export async function listPersonItems(
  db: Database,
  { organisation, patterns }: { organisation: string; patterns: string },
): Promise<PersonItem[]> {
  const { rows } = await sql<PersonItem>`
    select i.id, i.input, i.answer, i.other, i.expected, i.passages, q.application,
      coalesce((select jsonb_agg(l.comment) from annotation_labels l where l.item = i.id), '[]'::jsonb) as comments
    from annotation_items i join annotation_queues q on q.id = i.queue
    where q.organisation = ${organisation} and (
      concat_ws(' ', i.input, i.answer, i.other, i.expected, i.passages::text) ilike any(array(select jsonb_array_elements_text(${patterns}::jsonb)))
      or exists (select from annotation_labels l where l.item = i.id
        and l.comment ilike any(array(select jsonb_array_elements_text(${patterns}::jsonb)))))`.execute(db)
  return rows
}

export async function removeItem(tx: Tx, id: ItemId): Promise<void> {
  await own(tx).deleteFrom('annotationLabels').where('item', '=', id).execute()
  await own(tx).deleteFrom('annotationItems').where('id', '=', id).execute()
}
