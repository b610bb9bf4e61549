/**
 * Queues that users feed: what somebody said of an answer brings the answer to people, by itself.
 *
 * Invariant: an answer comes into a queue once, however often users speak of it; a queue that is full or closed takes
 * none. Whoever labels does not see what the user said, so that the label is their own.
 */
import type { NewId } from '../../kernel/ids.ts'
import { type Database, inTransaction } from '../../store/database.ts'
import type { ChangeEvent } from '../../wire/events.ts'
import type { ItemId, Queue } from './annotation.ts'
import { addItems, changeQueue, hasItemOf, lastNumber, listFedQueues, lockQueue } from './store.ts'

/** What a user said of an answer. */
export type Said = {
  readonly application: string
  readonly trace: string
  readonly value: boolean | number | string
  readonly correction: string | null
}
/** The answer itself; undefined where nothing is kept of it. */
export type SaidOf =
  | {
      readonly input: string
      readonly answer: string
      readonly release: string | null
      /** Whether the model was sent passages of documents. */
      readonly isOfDocuments: boolean
    }
  | undefined

export type FeedingDeps = {
  readonly db: Database
  readonly newId: NewId
  readonly organisation: string
  readonly publish: (event: ChangeEvent) => void
  readonly answerOf: (trace: string) => Promise<SaidOf>
}

/** More are never labelled; what comes later waits for another queue. */
const MOST = 5_000
/** On a scale from 0 to 1. */
const BAD_BELOW = 0.5

/** Returns into how many queues the answer came. */
export function createFeeding({ db, newId, organisation, publish, answerOf }: FeedingDeps) {
  return async function feed(said: Said): Promise<number> {
    const { application, trace } = said
    const queues = (await listFedQueues(db, { organisation, application })).filter((queue) => wants(queue, said))
    if (queues.length === 0) return 0
    const found = await answerOf(trace)
    if (!found) return 0
    const { input, answer, release, isOfDocuments } = found
    let taken = 0
    for (const { id, labelsPerItem } of queues) {
      const isTaken = await inTransaction(db, async (tx) => {
        const queue = await lockQueue(tx, id)
        const last = await lastNumber(tx, id)
        if (queue?.state !== 'open' || last >= MOST || (await hasItemOf(tx, { queue: id, trace }))) return false
        const source = { kind: 'feedback' as const, id: trace, example: null, release }
        const counts = { labelCount: 0, valueCount: 0, adjudicated: null }
        if (isOfDocuments && !queue.holdsDocuments) await changeQueue(tx, id, { holdsDocuments: true })
        const shown = { input, answer, other: null, expected: null, passages: [] }
        const asked = { labelsAsked: labelsPerItem, number: last + 1 }
        await addItems(tx, [{ id: newId('ite') as ItemId, queue: id, source, ...shown, ...asked, ...counts }])
        return true
      })
      if (isTaken) publish({ topic: 'annotation', id, application })
      taken += isTaken ? 1 : 0
    }
    return taken
  }
}

/** bad: a no, less than half, or a better answer; a choice of one's own is neither. */
export function wants(
  { feeds }: Pick<Queue, 'feeds'>,
  { value, correction }: Pick<Said, 'value' | 'correction'>,
): boolean {
  if (feeds === 'none') return false
  return feeds === 'all' || correction !== null || value === false || (typeof value === 'number' && value < BAD_BELOW)
}
