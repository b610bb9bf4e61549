/**
 * The rows of an experiment whose answers come in batches: what has ended is taken, what is open is sent.
 *
 * Invariants: a row is sent in one batch and asked again singly after it; what no batch can answer (an arm of several
 * questions, a row that needs no model) runs as in any experiment; nothing is sent while an earlier sending is unclear.
 */
import { isCapReached } from '../core/cap-reached.ts'
import type { AnsweredRow, Answering } from './answers/index.ts'
import { createDoneRows } from './done-rows.ts'
import type { Experiment } from './experiment.ts'
import { changeBatch, endSending, listBatches, paidOf, sendBatches, takeBatch } from './in-batches/index.ts'
import type { Task } from './planned-arm.ts'
import type { RunDeps } from './run-deps.ts'
import { openTasks, type RowsRun, runRows } from './run-rows.ts'

type BatchesRun = {
  readonly experiment: Experiment
  readonly rows: RowsRun & Pick<Parameters<typeof takeBatch>[1], 'plan'>
  /** Told of each answer that came in a batch. */
  readonly onAnswer: (answered: AnsweredRow) => void
  /** Whether what was paid for of a row is kept from before, so that nothing of it is sent. */
  readonly hasKept: (task: Task) => Promise<boolean>
}
export type BatchesLeft = {
  /** Batches that a provider has. */
  readonly waiting: number
  /** Rows of the batches that were taken now to which there was no answer. */
  readonly failed: number
  /** True for a row that is not to be asked now: it is in a batch, or waits for room in one. */
  readonly isAside: RowsRun['isDone']
  /** The cap that had no room for the next batch. */
  readonly capReached: unknown
}

export async function runBatches(deps: RunDeps, run: BatchesRun): Promise<BatchesLeft> {
  const { db, batching } = deps
  const { experiment, rows, hasKept } = run
  const { plan, signal, isDone } = rows
  const sending = { ...deps, experiment: experiment.id, plan, signal }
  await endSending(sending)
  const failed = await takeEnded(deps, run)
  const [singly, waits] = [createDoneRows(plan, experiment.repeats), createDoneRows(plan, experiment.repeats)]
  for (const batch of await listBatches(db, experiment.id))
    for (const row of rowsOf(batch)) (batch.state === 'taken' ? singly : waits).add(row)
  const isBatched = new Map(plan.arms.map((arm) => [arm.arm, batching.modelOf(arm) !== undefined]))

  async function* unsent(): AsyncGenerator<Task> {
    const isNone: RowsRun['isDone'] = (row) => isDone(row) || waits.has(row) || singly.has(row)
    for await (const task of openTasks({ ...rows, isDone: isNone })) {
      if (!isBatched.get(task.arm.arm)) continue
      if (await hasKept(task)) singly.add(keyOf(task))
      else yield task
    }
  }
  let capReached: unknown
  try {
    rows.mayStart()
    await sendBatches(sending, unsent(), (task) => singly.add(keyOf(task)))
  } catch (thrown) {
    if (!isCapReached(thrown)) throw thrown
    capReached = thrown
  }
  return {
    waiting: (await listBatches(db, experiment.id, ['sent'])).length,
    failed,
    isAside: (row) => isBatched.get(row.arm) === true && !singly.has(row),
    capReached,
  }
}

/** Makes rows of what came back; their number that has no answer. */
async function takeEnded(deps: RunDeps, { experiment, rows, onAnswer }: BatchesRun): Promise<number> {
  const { db, batching } = deps
  const { plan, signal, isDone } = rows
  let failed = 0
  for (const batch of await listBatches(db, experiment.id, ['ended'])) {
    const taken = await takeBatch(batch, { plan, batching, signal })
    const own = createDoneRows(plan, experiment.repeats)
    for (const row of rowsOf(batch)) own.add(row)
    const numbered = [...new Map(taken.tasks.map((task) => [task.numbered.number, task.numbered])).values()]
    const answering: Answering = {
      ...rows.answering,
      async answer(task, until) {
        const answered = await taken.answer(task, until)
        onAnswer(answered)
        return answered
      },
    }
    await runRows({
      ...rows,
      answering,
      examples: async function* () {
        yield numbered
      },
      isDone: (row) => isDone(row) || !own.has(row),
      async keep(some) {
        failed += some.filter(({ error }) => error !== null).length
        await rows.keep(some)
      },
    })
    batching.settle(paidOf(batch, plan), taken.outcomes)
    await changeBatch(db, batch.id, 'ended', { state: 'taken' })
  }
  return failed
}

const rowsOf = ({ rows }: Awaited<ReturnType<typeof listBatches>>[number]) =>
  rows.map(([arm, exampleNumber, repeat]) => ({ arm, exampleNumber, repeat }))

const keyOf = ({ arm, numbered, repeat }: Task) => ({ arm: arm.arm, exampleNumber: numbered.number, repeat })
