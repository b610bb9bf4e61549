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
import { type Database, inTransaction, type Tx } from '../../store/database.ts'
import type { RecordAudit } from '../../store/record-audit.ts'
import type { ChangeEvent } from '../../wire/events.ts'
import { page } from '../../wire/route.ts'
import { agreementOf } from './agreement.ts'
import type { Agreement, ItemId, ItemLabel, Queue, QueueId, QueueItem, QueueProgress } from './annotation.ts'
import type { AnnotationQueue, AnnotationTask } from './contract.ts'
import { demandAnnotator, demandChoice, demandOpen, demandSingle, placeOf } from './demands.ts'
import { asExamples } from './examples.ts'
import { type Content, type ItemsDeps, type NewQueue, newItems } from './new-items.ts'
import { isTurnedFor, labelShown, shownTo, turned } from './pairs.ts'
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
  listAlikeLabelled,
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

  /** In the transaction of whoever makes it; `told` is called once that holds. */
  async function open(
    tx: Tx,
    { contents, by, ...given }: Opened,
  ): Promise<{ queue: Queue; items: QueueItem[]; told: () => void }> {
    const queue = {
      ...given,
      id: newId('que'),
      organisation,
      state: 'open' as const,
      createdAt: clock(),
      createdBy: by,
      holdsDocuments: contents.some(({ passages }) => passages.length > 0),
    }
    const items = contents.map((content, at) => ({
      ...content,
      id: newId('ite') as ItemId,
      queue: queue.id,
      number: at + 1,
      labelCount: 0,
      valueCount: 0,
      adjudicated: null,
    }))
    await addQueue(tx, queue)
    for (let at = 0; at < items.length; at += 500) await addItems(tx, items.slice(at, at + 500))
    await record(tx, {
      actor: by,
      action: 'evals.create-annotation-queue',
      subject: queue.id,
      application: queue.application,
      detail: { data: queue.data, items: items.length },
    })
    return { queue, items, told: () => tell(queue) }
  }
  async function shut(tx: Tx, { id, application }: Queue, by: ActorId): Promise<void> {
    await changeQueue(tx, id, { state: 'closed' })
    await record(tx, { actor: by, action: 'evals.close-annotation-queue', subject: id, application })
  }

  return {
    get,
    queueOf: queueOfItem,
    async view(id: QueueId): Promise<AnnotationQueue & { agreement: Agreement }> {
      const queue = await get(id)
      return { ...(await view(queue)), agreement: agreementOf(queue, await listAlikeLabelled(db, id)) }
    },
    progress: async (id: QueueId): Promise<QueueProgress> => progressOf(db, await get(id)),
    async list({ application, cursor, limit }: Paging & { application?: string | undefined }) {
      const queues = await listQueues(db, { organisation, application, cursor, limit: limit + 1 })
      const { items, next } = page(queues, limit, ({ id }) => id)
      return { items: await Promise.all(items.map(view)), next }
    },
    async create(ask: NewQueue): Promise<AnnotationQueue> {
      const { items: _, from: __, by, ...given } = ask
      if (new Set(given.choices.map(({ value }) => value)).size < given.choices.length)
        throw new Failure('invalid', 'evals.choices-alike', 'Two choices have the same value. Give each its own.')
      const { contents, datasets } = await newItems(ask, deps)
      if (contents.length === 0 && ask.feeds === 'none')
        throw new Failure(
          'invalid',
          'evals.queue-empty',
          'A queue needs answers: send `items`, name an experiment in `from`, or let users feed it (`feeds`).',
        )
      const { queue, told } = await inTransaction(db, (tx) =>
        open(tx, { ...given, kind: 'answers', contents, datasets: [...datasets], by }),
      )
      told()
      return view(queue)
    },
    async close({ id, by }: { id: QueueId; by: ActorId }): Promise<AnnotationQueue> {
      const queue = await get(id)
      demandSingle(queue)
      await inTransaction(db, (tx) => shut(tx, queue, by))
      tell(queue)
      return view({ ...queue, state: 'closed' })
    },
    open,
    shut,
    tell,
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
      return item ? { item: blind(shownTo(item, isTurnedFor(queue, item.id, by))), mine: null } : null
    },
    async task({ id, by }: { id: ItemId; by: ActorId }): Promise<AnnotationTask> {
      const item = await getItem(id)
      const queue = await get(item.queue)
      demandAnnotator(queue, by)
      const isTurned = isTurnedFor(queue, id, by)
      const mine = (await labelsOfItem(db, id)).find((label) => label.by === by)
      return { item: blind(shownTo(item, isTurned)), mine: mine ? labelShown(mine, isTurned) : null }
    },
    async items({ id, cursor, limit, ...ask }: Paging & { id: QueueId; by: ActorId; show: Show }) {
      const queue = await get(id)
      const lines = await listItemLines(db, { ...ask, queue, after: placeOf(cursor), limit: limit + 1 })
      const shown = lines.map((line) => {
        const isTurned = isTurnedFor(queue, line.id, ask.by)
        return { ...shownTo(line, isTurned), mine: turned(line.mine, isTurned) }
      })
      return page(shown, limit, ({ number }) => String(number))
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
      const isTurned = isTurnedFor(queue, id, said.by)
      const label = { ...said, value: turned(said.value, isTurned), isTurned, item: id, queue: queue.id, at: clock() }
      await inTransaction(db, async (tx) => {
        const item = await lockItem(tx, id)
        const labels = await labelsOfItem(tx, id)
        const isMine = labels.some(({ by }) => by === said.by)
        if (item?.adjudicated || (!isMine && labels.length >= (item?.labelsAsked ?? 0)))
          throw new Failure(
            'conflict',
            'evals.item-complete',
            `The answer ${id} has its ${item?.labelsAsked} labels. Take the next one.`,
          )
        await keepLabel(tx, label)
        await countLabels(tx, id)
      })
      tell(queue)
      return labelShown(label, isTurned)
    },
    async disputes({ id, by, cursor, limit }: Paging & { id: QueueId; by: ActorId }) {
      const queue = await get(id)
      const items = await listDisputed(db, { queue, after: placeOf(cursor), limit: limit + 1 })
      const labels = await Promise.all(items.map((item) => labelsOfItem(db, item.id)))
      const found = items.map((item, at) => {
        const isTurned = isTurnedFor(queue, item.id, by)
        return { ...shownTo(item, isTurned), labels: (labels[at] ?? []).map((label) => labelShown(label, isTurned)) }
      })
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
      const item = await getItem(id)
      const queue = await get(item.queue)
      const isTurned = isTurnedFor(queue, id, by)
      const kept = turned(value, isTurned)
      demandChoice(queue, value)
      // What a study found is fixed when it is closed.
      if (queue.kind === 'pairs') demandOpen(queue)
      const labels = await labelsOfItem(db, id)
      if (labels.some((label) => label.by === by))
        throw new Failure(
          'forbidden',
          'evals.own-label',
          `You labelled the answer ${id} yourself. Somebody who did not has to decide about it.`,
        )
      if (labels.length < item.labelsAsked)
        throw new Failure(
          'conflict',
          'evals.item-open',
          `The answer ${id} has ${labels.length} of ${item.labelsAsked} labels. Decide when all are in.`,
        )
      await inTransaction(db, async (tx) => {
        await adjudicate(tx, id, { value: kept, reason, by, at: clock() })
        await record(tx, {
          actor: by,
          action: 'evals.adjudicate-annotation',
          subject: id,
          application: queue.application,
          detail: { value: kept },
        })
      })
      tell(queue)
      return shownTo(await getItem(id), isTurned)
    },
    /** Every answer with what people said of it, for those who hold a judge against it. */
    async labelled(id: QueueId): Promise<{ queue: Queue; items: (QueueItem & { labels: ItemLabel[] })[] }> {
      const queue = await get(id)
      const labels = Map.groupBy(await listLabels(db, id), ({ item }) => item)
      return { queue, items: (await listItems(db, id)).map((item) => ({ ...item, labels: labels.get(item.id) ?? [] })) }
    },
    async examples(id: QueueId): Promise<{ rows: number; unsettled: number; content: string }> {
      const { queue, items } = await this.labelled(id)
      demandSingle(queue)
      return asExamples(id, items)
    },
  }
}

/** What begins a queue besides its id. */
export type Opened = Omit<Queue, 'id' | 'organisation' | 'state' | 'createdAt' | 'createdBy' | 'holdsDocuments'> & {
  readonly contents: readonly Content[]
  readonly by: ActorId
}

/** The answer without what others said and decided, so that who labels is led by nobody. */
function blind({ adjudicated: _, labelCount: __, valueCount: ___, ...shown }: QueueItem): AnnotationTask['item'] {
  return shown
}
