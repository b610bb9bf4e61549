/**
 * Queues of answers that people label.
 *
 * Invariants: nobody sees what others said of an answer before all labels are in; who labelled an answer does not
 * decide about it; an answer takes no more labels than were asked for.
 */

import type { z } from 'zod'
import type { ActorId } from '../../core/actor.ts'
import type { ReleaseId } from '../../core/release.ts'
import { Failure } from '../../kernel/failure.ts'
import type { NewId } from '../../kernel/ids.ts'
import { seededRandom } from '../../kernel/random.ts'
import type { Clock } from '../../kernel/time.ts'
import { type Database, inTransaction } from '../../store/database.ts'
import type { RecordAudit } from '../../store/record-audit.ts'
import type { ChangeEvent } from '../../wire/events.ts'
import { page } from '../../wire/route.ts'
import type { Experiment, ExperimentRow } from '../experiment.ts'
import { agreementOf, settledValue } from './agreement.ts'
import type { Agreement, ItemId, ItemLabel, Queue, QueueId, QueueItem } from './annotation.ts'
import type { createAnnotationQueue, QueueView, Task } from './contract.ts'
import { demandAnnotator, demandChoice, demandOpen } from './demands.ts'
import {
  addItems,
  addQueue,
  adjudicate,
  changeQueue,
  findItem,
  findQueue,
  keepLabel,
  labelsOfItem,
  listItems,
  listLabels,
  listQueues,
  lockItem,
  nextItem,
  progressOf,
} from './store.ts'

export type AnnotationDeps = {
  readonly db: Database
  readonly clock: Clock
  readonly newId: NewId
  readonly organisation: string
  readonly record: RecordAudit
  readonly publish: (event: ChangeEvent) => void
  readonly getExperiment: (id: Experiment['id']) => Promise<Experiment>
  /** All rows of one arm. */
  readonly rowsOf: (ask: { id: Experiment['id']; arm: string }) => Promise<ExperimentRow[]>
  /** Texts of passages of a release by id, as far as they are known. */
  readonly passagesOf: (release: ReleaseId, ids: ReadonlySet<string>) => Promise<ReadonlyMap<string, string>>
}

/** A ranking may be deep; people read what stands first. */
const MOST_PASSAGES = 10

type NewQueue = z.output<typeof createAnnotationQueue.body> & { readonly by: ActorId }
type Paging = { readonly cursor?: string | undefined; readonly limit: number }
type Dispute = QueueItem & { labels: ItemLabel[] }

export type Annotation = ReturnType<typeof createAnnotation>

export function createAnnotation(deps: AnnotationDeps) {
  const { db, clock, newId, organisation, record, publish } = deps

  async function get(id: QueueId): Promise<Queue> {
    const queue = await findQueue(db, id)
    if (queue) return queue
    throw new Failure('unknown', 'evals.queue-unknown', `There is no queue ${id}.`)
  }
  const view = async (queue: Queue): Promise<QueueView> => ({ ...queue, progress: await progressOf(db, queue) })
  const tell = ({ id, application }: Pick<Queue, 'id' | 'application'>) =>
    publish({ topic: 'annotation', id, application })

  async function queueOfItem(id: ItemId): Promise<Queue> {
    const item = await findItem(db, id)
    if (item) return get(item.queue)
    throw new Failure('unknown', 'evals.item-unknown', `There is no answer ${id} in any queue.`)
  }

  async function itemsFrom(ask: NewQueue): Promise<Omit<QueueItem, 'id' | 'queue' | 'number' | 'adjudicated'>[]> {
    const { items, from } = ask
    if (!from) return items
    const experiment = await deps.getExperiment(from.experiment)
    if (experiment.application !== ask.application)
      throw new Failure(
        'invalid',
        'evals.other-application',
        `${experiment.id} is an experiment of ${experiment.application}, not of ${ask.application}.`,
      )
    const rows = (await deps.rowsOf({ id: experiment.id, arm: from.arm })).filter(
      ({ error, repeat }) => error === null && repeat === 1,
    )
    const drawn = shuffled(rows, seededRandom(experiment.seed)).slice(0, from.most)
    const release = experiment.arms.find(({ arm }) => arm === from.arm)?.release ?? experiment.release
    const texts = await deps.passagesOf(release, new Set(drawn.flatMap(({ passages }) => passages)))
    const taken = drawn.map((row) => ({
      input:
        typeof row.input === 'string'
          ? row.input
          : row.input.map(({ role, content }) => `${role}: ${content}`).join('\n'),
      answer: row.answer,
      expected: row.expected === null || row.expected === undefined ? null : [row.expected].flat().join('\n'),
      passages: row.passages.slice(0, MOST_PASSAGES).flatMap((id) => texts.get(id) ?? []),
      source: { kind: 'experiment' as const, id: experiment.id, example: row.example, release },
    }))
    return [...items, ...taken]
  }

  return {
    get,
    queueOf: queueOfItem,
    async view(id: QueueId): Promise<QueueView & { agreement: Agreement }> {
      const queue = await get(id)
      return { ...(await view(queue)), agreement: agreementOf(queue, await listLabels(db, id)) }
    },
    async list({ application, cursor, limit }: Paging & { application?: string | undefined }) {
      const queues = await listQueues(db, { organisation, application, cursor, limit: limit + 1 })
      const { items, next } = page(queues, limit, ({ id }) => id)
      return { items: await Promise.all(items.map(view)), next }
    },
    async create(ask: NewQueue): Promise<QueueView> {
      const { items: _, from: __, by, ...given } = ask
      if (new Set(given.choices.map(({ value }) => value)).size < given.choices.length)
        throw new Failure('invalid', 'evals.choices-alike', 'Two choices have the same value. Give each its own.')
      const contents = await itemsFrom(ask)
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
    async close({ id, by }: { id: QueueId; by: ActorId }): Promise<QueueView> {
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
    async next({ id, by }: { id: QueueId; by: ActorId }): Promise<Task | null> {
      const queue = await get(id)
      demandAnnotator(queue, by)
      if (queue.state === 'closed') return null
      const item = await nextItem(db, { queue: id, by, labelsPerItem: queue.labelsPerItem })
      if (!item) return null
      const { adjudicated: _, ...shown } = item
      return { item: shown, mine: null }
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
      })
      tell(queue)
      return label
    },
    async disputes({ id, cursor, limit }: Paging & { id: QueueId }) {
      const found = await disputesOf(await get(id))
      const from = cursor === undefined ? 0 : found.findIndex((item) => item.id === cursor) + 1
      return page(found.slice(from, from + limit + 1), limit, (item) => item.id)
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
      return (await findItem(db, id)) as QueueItem
    },
    /** Every answer with what people said of it, for those who hold a judge against it. */
    async labelled(id: QueueId): Promise<{ queue: Queue; items: (QueueItem & { labels: ItemLabel[] })[] }> {
      const queue = await get(id)
      const labels = Map.groupBy(await listLabels(db, id), ({ item }) => item)
      return { queue, items: (await listItems(db, id)).map((item) => ({ ...item, labels: labels.get(item.id) ?? [] })) }
    },
    async examples(id: QueueId): Promise<{ rows: number; unsettled: number; content: string }> {
      const { items } = await this.labelled(id)
      const settled = items.flatMap((item) => {
        const value = settledValue(item.adjudicated, item.labels)
        return value === undefined ? [] : [{ ...item, value }]
      })
      const lines = settled.map(({ id: item, input, answer, value, source, labels, adjudicated }) =>
        JSON.stringify({
          id: item,
          input,
          expected: value,
          split: 'calibration',
          source: `queue ${id}`,
          metadata: {
            answer,
            from: source,
            labels: labels.map(({ by, value: said, at }) => ({ by, value: said, at })),
            ...(adjudicated && { adjudicatedBy: adjudicated.by }),
          },
        }),
      )
      return { rows: lines.length, unsettled: items.length - lines.length, content: `${lines.join('\n')}\n` }
    },
  }

  async function disputesOf(queue: Queue): Promise<Dispute[]> {
    const labels = Map.groupBy(await listLabels(db, queue.id), ({ item }) => item)
    return (await listItems(db, queue.id)).flatMap((item) => {
      const said = labels.get(item.id) ?? []
      const kinds = new Set(said.flatMap(({ value }) => value ?? []))
      const isDisputed = said.length >= queue.labelsPerItem && kinds.size > 1 && item.adjudicated === null
      return isDisputed ? [{ ...item, labels: said }] : []
    })
  }
}

function shuffled<Item>(items: readonly Item[], random: () => number): Item[] {
  return items
    .map((item) => ({ item, at: random() }))
    .sort((one, other) => one.at - other.at)
    .map(({ item }) => item)
}
