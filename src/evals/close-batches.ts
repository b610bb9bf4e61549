/**
 * The job that ends the batches of an experiment that was cancelled: the provider is told, and what it had answered by
 * then is paid for, so that it is kept for the case that the experiment is resumed.
 */
import type { JobRun } from '../store/jobs.ts'
import { createAnswering, createPace } from './answers/index.ts'
import { ExperimentId } from './experiment.ts'
import { planExperiment } from './experiment-plan.ts'
import { changeBatch, dropSending, listBatches, paidOf, takeBatch } from './in-batches/index.ts'
import type { RunDeps } from './run-deps.ts'
import { findExperiment } from './store.ts'

export const CLOSE_BATCHES = 'evals.close-batches'

export const createBatchCloser =
  (deps: RunDeps) =>
  async ({ job, signal }: JobRun): Promise<void> => {
    const { db, batching, clock } = deps
    const id = ExperimentId.parse(job.input.experiment)
    const experiment = await findExperiment(db, id)
    if (experiment?.state !== 'cancelled') return
    const plan = await planExperiment({ ...experiment, release: await deps.releaseOf(experiment.release) }, deps)
    await dropSending({ ...deps, experiment: id, plan, signal })
    for (const batch of await listBatches(db, id, ['sent'])) {
      const { sentAs } = batch
      if (sentAs === null) continue
      // One that has ended meanwhile refuses, and is seen to have ended.
      await batching.cancel({ ...paidOf(batch, plan), sentAs, signal }).catch(() => signal.throwIfAborted())
      await changeBatch(db, batch.id, 'sent', { lookAt: clock() })
    }
    const answering = createAnswering({
      ...deps,
      ...{ pace: createPace({ most: 1 }), experiment: id, isReusing: false, isResumed: false },
    })
    for (const batch of await listBatches(db, id, ['ended'])) {
      const { tasks, outcomes, answer } = await takeBatch(batch, { plan, batching, signal })
      for (const [at, task] of tasks.entries())
        if (!('problem' in (outcomes[at] ?? { problem: '' })))
          await answering.keepInterrupted(task, await answer(task, signal))
      batching.settle(paidOf(batch, plan), outcomes)
      await changeBatch(db, batch.id, 'ended', { state: 'closed' })
    }
    deps.waiting.wake()
  }
