/**
 * Sends open rows as batches.
 *
 * Invariants: a batch is written down before it is sent, and one whose sending was cut off is looked for at the provider
 * before it is sent again; a row is in one batch at a time; a cap that has no room is met before anything is sent.
 */
import { isCapReached } from '../../core/cap-reached.ts'
import { Failure } from '../../kernel/failure.ts'
import type { NewId } from '../../kernel/ids.ts'
import { type Clock, HOUR, later } from '../../kernel/time.ts'
import type { BatchRequest } from '../../models/index.ts'
import type { Database } from '../../store/database.ts'
import type { Batching } from '../batching.ts'
import type { ExperimentId } from '../experiment.ts'
import type { ExperimentPlan } from '../experiment-plan.ts'
import type { Task } from '../planned-arm.ts'
import type { Batch } from './batch.ts'
import { gathered, type Most } from './gathered.ts'
import { requestsOf, runOf, tasksOf } from './rows-of.ts'
import { addBatch, changeBatch, listBatches, removeBatch, sentIds } from './store.ts'

/** What is in memory at once; providers take more. */
const MOST: Most = { requests: 5_000, bytes: 32 * 1024 * 1024 }

export type Sending = {
  readonly db: Database
  readonly clock: Clock
  readonly newId: NewId
  readonly organisation: string
  readonly batching: Batching
  readonly experiment: ExperimentId
  readonly plan: ExperimentPlan
  readonly signal: AbortSignal
}

/** Ends the sending of batches that was cut off: those that the provider has are not sent again. */
export async function endSending(deps: Sending): Promise<void> {
  const { db, batching, experiment, plan, signal } = deps
  for (const batch of await listBatches(db, experiment, ['sending'])) {
    const found = await foundAt(deps, batch)
    if (found !== undefined) await markSent(deps, batch, found)
    else await sendOne(deps, batch, await requestsOf(await tasksOf(batch, plan), batching, signal))
  }
}

/** The id that the provider gave it, if it ever came there. */
async function foundAt({ db, batching, plan, signal }: Sending, batch: Batch): Promise<string | undefined> {
  const { organisation, model, at: since, rows } = batch
  const not = await sentIds(db, { organisation, model, since: later(since, -HOUR) })
  return batching.find({ ...paidOf(batch, plan), requests: rows.length, since, not, signal })
}

/** The same where nothing is to be sent any more: what the provider has is known by its id, the rest is forgotten. */
export async function dropSending(deps: Sending): Promise<void> {
  const { db, experiment } = deps
  for (const batch of await listBatches(db, experiment, ['sending'])) {
    const found = await foundAt(deps, batch)
    if (found === undefined) await removeBatch(db, batch.id)
    else await markSent(deps, batch, found)
  }
}

/** Rejects with what `isCapReached` knows as soon as a cap has no room for the next batch. */
export async function sendBatches(
  deps: Sending,
  tasks: AsyncIterable<Task>,
  /** Told of each that is answered without a model. */
  onUnasked: (task: Task) => void,
): Promise<void> {
  const { batching, signal } = deps
  const mostOf = (model: string): Most => leastOf(batching.most(model), MOST)
  for await (const { model, tasks: some, requests } of gathered(asked(), mostOf)) {
    const rows = some.map(({ arm, numbered, repeat }): Batch['rows'][number] => [arm.arm, numbered.number, repeat])
    await sendAs(deps, { model, rows, requests })
  }

  async function* asked() {
    for await (const task of tasks) {
      signal.throwIfAborted()
      const model = batching.modelOf(task.arm)
      const request = model === undefined ? undefined : await batching.requestOf(runOf(task, signal))
      if (model === undefined || !request) onUnasked(task)
      else yield { model, task, request }
    }
  }
}

type Rows = { readonly model: string; readonly rows: Batch['rows']; readonly requests: readonly BatchRequest[] }

/** Written down, and then sent. */
async function sendAs(deps: Sending, { model, rows, requests }: Rows): Promise<void> {
  const { db, batching, clock, newId, organisation, experiment } = deps
  const at = clock()
  const batch: Batch = {
    ...{ id: newId('bat'), organisation, experiment, model, sentAs: null, state: 'sending', problem: null },
    ...{ at, lookAt: at, endedAt: null, bound: batching.boundOf(model, requests), rows },
  }
  await addBatch(db, batch)
  await sendOne(deps, batch, requests)
}

async function sendOne(deps: Sending, batch: Batch, requests: readonly BatchRequest[]): Promise<void> {
  const { db, batching, plan, signal } = deps
  try {
    await markSent(deps, batch, await batching.send({ ...paidOf(batch, plan), requests, signal }))
  } catch (thrown) {
    // Nothing went out. Of any other trouble nobody knows, so that the provider is asked before it goes out again.
    const isSplit = isTooLarge(thrown) && requests.length > 1
    if (isCapReached(thrown) || isSplit) await removeBatch(db, batch.id)
    if (!isSplit) throw thrown
    await sendHalves(deps, { model: batch.model, rows: batch.rows, requests })
  }
}

/** Some providers take less than is published of them, or of those that they speak like. */
async function sendHalves(deps: Sending, { model, rows, requests }: Rows): Promise<void> {
  const middle = Math.ceil(rows.length / 2)
  for (const [from, to] of [
    [0, middle],
    [middle, rows.length],
  ])
    await sendAs(deps, { model, rows: rows.slice(from, to), requests: requests.slice(from, to) })
}

const isTooLarge = (thrown: unknown): boolean => thrown instanceof Failure && thrown.facts.upstreamStatus === 413

const markSent = ({ db }: Sending, { id }: Batch, sentAs: string): Promise<boolean> =>
  changeBatch(db, id, 'sending', { state: 'sent', sentAs })

const leastOf = (one: Most, other: Most): Most => ({
  requests: Math.min(one.requests, other.requests),
  bytes: Math.min(one.bytes, other.bytes),
})

/** An experiment takes from the caps of its application and of the release that is measured. */
export const paidOf = ({ id, model, bound }: Pick<Batch, 'id' | 'model' | 'bound'>, { release }: ExperimentPlan) => ({
  ...{ id, model, bound },
  whose: { application: release.application, release: release.id },
})
