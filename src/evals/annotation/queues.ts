/**
 * Queues of answers that people label.
 *
 * Invariants: nobody sees what others said of an answer before all labels are in; who labelled an answer does not
 * decide about it; an answer takes no more labels than were asked for.
 */
import type { ActorId } from '../../core/actor.ts'
import { Failure } from '../../kernel/failure.ts'
import type { NewId } from '../../kernel/ids.ts'
import type { Clock } from '../../kernel/time.ts'
import { type Database, inTransaction } from '../../store/database.ts'
import type { RecordAudit } from '../../store/record-audit.ts'
import type { ChangeEvent } from '../../wire/events.ts'
import { page } from '../../wire/route.ts'
import { agreementOf } from './agreement.ts'
import type { Agreement, ItemId, ItemLabel, Queue, QueueId, QueueItem } from './annotation.ts'
import type { AnnotationQueue, AnnotationTask } from './contract.ts'
import { demandAnnotator, demandChoice, demandOpen } from './demands.ts'
import { asExamples } from './examples.ts'
import { type ItemsDeps, type NewQueue, newItems } from './new-items.ts'
import {
  addItems,
  addQueue,
  adjudicate,
  changeQueue,
  countLabels,
  findItem,
  findQueue,
  keepLabel,
  labelsOfItem,
  listDisputed,
  listItemLines,
  listItems,
  listLabels,
  listQueues,
  lockItem,
  nextItem,
  progressOf,
  type Show,
  workOf,
} from './store.ts'

export type AnnotationDeps = ItemsDeps & {
  readonly db: Database
  readonly clock: Clock
  readonly newId: NewId
  readonly organisation: string
  readonly record: RecordAudit
  readonly publish: (event: ChangeEvent) => void
}

type Paging = { readonly cursor?: string | undefined; readonly limit: number }

export type Annotation = ReturnType<typeof createAnnotation>

export function createAnnotation(deps: AnnotationDeps) {
  const { db, clock, newId, organisation, record, publish } = deps

  async function get(id: QueueId): Promise<Queue> {
    const queue = await findQueue(db, id)
    if (queue) return queue
    throw new Failure('unknown', 'evals.queue-unknown', `There is no queue ${id}.`)
  }
  const view = async (queue: Queue): Promise<AnnotationQueue> => ({ ...queue, progress: await progressOf(db, queue) })
  const tell = ({ id, application }: Pick<Queue, 'id' | 'application'>) =>
    publish({ topic: 'annotation', id, application })

  async function getItem(id: ItemId): Promise<QueueItem> {
    const item = await findItem(db, id)
    if (item) return item
    throw new Failure('unknown', 'evals.item-unknown', `There is no answer ${id} in any queue.`)
  }
  const queueOfItem = async (id: ItemId): Promise<Queue> => get((await getItem(id)).queue)

  return {
    get,
    queueOf: queueOfItem,
    async view(id: QueueId): Promise<AnnotationQueue & { agreement: Agreement }> {
      const queue = await get(id)
      return { ...(await view(queue)), agreement: agreementOf(queue, await listLabels(db, id)) }
    },
    async list({ application, cursor, limit }: Paging & { application?: string | undefined }) {
      const queues = await listQueues(db, { organisation, application, cursor, limit: limit + 1 })
      const { items, next } = page(queues, limit, ({ id }) => id)
      return { items: await Promise.all(items.map(view)), next }
    },
    async create(ask: NewQueue): Promise<AnnotationQueue> {
      const { items: _, from: __, by, ...given } = ask
      if (new Set(given.choices.map(({ value }) => value)).size < given.choices.length)
        throw new Failure('invalid', 'evals.choices-alike', 'Two choices have the same value. Give each its own.')
      const contents = await newItems(ask, deps)
      if (contents.length === 0)
        throw new Failure(
          'invalid',
          'evals.queue-empty',
          'A queue needs answers: send `items`, or name an experiment in `from`.',
        )
      const queue: Queue = {
        ...given,
        id: newId('que'),
        organisation,
        state: 'open',
        createdAt: clock(),
        createdBy: by,
      }
      await inTransaction(db, async (tx) => {
        await addQueue(tx, queue)
        const items = contents.map((content, at) => ({
          ...content,
          id: newId('ite') as ItemId,
          queue: queue.id,
          number: at + 1,
          labelCount: 0,
          valueCount: 0,
          adjudicated: null,
        }))
        for (let at = 0; at < items.length; at += 500) await addItems(tx, items.slice(at, at + 500))
        await record(tx, {
          actor: by,
          action: 'evals.create-annotation-queue',
          subject: queue.id,
          application: queue.application,
          detail: { data: queue.data, items: items.length },
        })
      })
      tell(queue)
      return view(queue)
    },
    async close({ id, by }: { id: QueueId; by: ActorId }): Promise<AnnotationQueue> {
      const queue = await get(id)
      await inTransaction(db, async (tx) => {
        await changeQueue(tx, id, { state: 'closed' })
        await record(tx, {
          actor: by,
          action: 'evals.close-annotation-queue',
          subject: id,
          application: queue.application,
        })
      })
      tell(queue)
      return view({ ...queue, state: 'closed' })
    },
    async next({
      id,
      by,
      except,
    }: {
      id: QueueId
      by: ActorId
      except: readonly string[]
    }): Promise<AnnotationTask | null> {
      const queue = await get(id)
      demandAnnotator(queue, by)
      if (queue.state === 'closed') return null
      const item = await nextItem(db, { queue, by, except })
      return item ? { item: blind(item), mine: null } : null
    },
    async task({ id, by }: { id: ItemId; by: ActorId }): Promise<AnnotationTask> {
      const item = await getItem(id)
      demandAnnotator(await get(item.queue), by)
      return { item: blind(item), mine: (await labelsOfItem(db, id)).find((label) => label.by === by) ?? null }
    },
    async items({ id, cursor, limit, ...ask }: Paging & { id: QueueId; by: ActorId; show: Show }) {
      const lines = await listItemLines(db, { ...ask, queue: await get(id), after: placeOf(cursor), limit: limit + 1 })
      return page(lines, limit, ({ number }) => String(number))
    },
    async work({ id, by }: { id: QueueId; by: ActorId }): Promise<{ done: number; left: number }> {
      const queue = await get(id)
      const { done, left } = await workOf(db, { queue, by })
      const isTheirs = queue.state === 'open' && (queue.annotators.length === 0 || queue.annotators.includes(by))
      return { done, left: isTheirs ? left : 0 }
    },
    async label(given: Pick<ItemLabel, 'value' | 'comment' | 'tookMs' | 'by'> & { id: ItemId }): Promise<ItemLabel> {
      const { id, ...said } = given
      const queue = await queueOfItem(id)
      demandAnnotator(queue, said.by)
      demandOpen(queue)
      demandChoice(queue, said.value)
      const label: ItemLabel = { ...said, item: id, queue: queue.id, at: clock() }
      await inTransaction(db, async (tx) => {
        const item = await lockItem(tx, id)
        const labels = await labelsOfItem(tx, id)
        const isMine = labels.some(({ by }) => by === said.by)
        if (item?.adjudicated || (!isMine && labels.length >= queue.labelsPerItem))
          throw new Failure(
            'conflict',
            'evals.item-complete',
            `The answer ${id} has its ${queue.labelsPerItem} labels. Take the next one.`,
          )
        await keepLabel(tx, label)
        await countLabels(tx, id)
      })
      tell(queue)
      return label
    },
    async disputes({ id, cursor, limit }: Paging & { id: QueueId }) {
      const items = await listDisputed(db, { queue: await get(id), after: placeOf(cursor), limit: limit + 1 })
      const labels = await Promise.all(items.map((item) => labelsOfItem(db, item.id)))
      const found = items.map((item, at) => ({ ...item, labels: labels[at] ?? [] }))
      return page(found, limit, ({ number }) => String(number))
    },
    async adjudicate({
      id,
      value,
      reason,
      by,
    }: {
      id: ItemId
      value: string
      reason: string
      by: ActorId
    }): Promise<QueueItem> {
      const queue = await queueOfItem(id)
      demandChoice(queue, value)
      const labels = await labelsOfItem(db, id)
      if (labels.some((label) => label.by === by))
        throw new Failure(
          'forbidden',
          'evals.own-label',
          `You labelled the answer ${id} yourself. Somebody who did not has to decide about it.`,
        )
      if (labels.length < queue.labelsPerItem)
        throw new Failure(
          'conflict',
          'evals.item-open',
          `The answer ${id} has ${labels.length} of ${queue.labelsPerItem} labels. Decide when all are in.`,
        )
      await inTransaction(db, async (tx) => {
        await adjudicate(tx, id, { value, reason, by, at: clock() })
        await record(tx, {
          actor: by,
          action: 'evals.adjudicate-annotation',
          subject: id,
          application: queue.application,
          detail: { value },
        })
      })
      tell(queue)
      return getItem(id)
    },
    /** Every answer with what people said of it, for those who hold a judge against it. */
    async labelled(id: QueueId): Promise<{ queue: Queue; items: (QueueItem & { labels: ItemLabel[] })[] }> {
      const queue = await get(id)
      const labels = Map.groupBy(await listLabels(db, id), ({ item }) => item)
      return { queue, items: (await listItems(db, id)).map((item) => ({ ...item, labels: labels.get(item.id) ?? [] })) }
    },
    async examples(id: QueueId): Promise<{ rows: number; unsettled: number; content: string }> {
      const { items } = await this.labelled(id)
      return asExamples(id, items)
    },
  }
}

/** The answer without what others said and decided, so that who labels is led by nobody. */
function blind({ adjudicated: _, labelCount: __, valueCount: ___, ...shown }: QueueItem): AnnotationTask['item'] {
  return shown
}

/** Pages begin after a place in the queue. */
function placeOf(cursor: string | undefined): number {
  const after = Number(cursor ?? 0)
  if (Number.isSafeInteger(after) && after >= 0) return after
  throw new Failure('invalid', 'evals.cursor-invalid', 'Use the `next` of the page before as the cursor.')
}
