/** Who may ask for batches, and what follows when an experiment has none left with a provider. */
import { Failure } from '../kernel/failure.ts'
import { inTransaction } from '../store/database.ts'
import type { Batching } from './batching.ts'
import { CLOSE_BATCHES } from './close-batches.ts'
import type { EvalsDeps } from './deps.ts'
import type { Experiment, ExperimentId } from './experiment.ts'
import type { ExperimentAsk } from './experiment-ask.ts'
import type { ExperimentPlan } from './experiment-plan.ts'
import { RUN_EXPERIMENT } from './jobs.ts'

/** Throws what helps where batches were asked for and nothing can go in one. */
export function demandBatches(
  { arms }: Pick<ExperimentPlan, 'arms'>,
  { serving, stopEarly }: Pick<ExperimentAsk, 'serving' | 'stopEarly'>,
  batching: Pick<Batching, 'modelOf'>,
): void {
  if (serving !== 'batch') return
  if (stopEarly)
    throw new Failure(
      'invalid',
      'evals.batch-stops-early',
      'A batch is answered as a whole, so that an early end would save nothing. Leave stopEarly out, or serving.',
      { problems: [{ field: 'stopEarly', message: 'does not go with serving: batch' }] },
    )
  if (arms.some((arm) => batching.modelOf(arm) !== undefined)) return
  throw new Failure(
    'invalid',
    'evals.no-batches',
    'No arm of this experiment can be answered in batches: it takes one question to one model without tools, and a provider that speaks the batches of OpenAI or Anthropic. Leave serving out.',
    { problems: [{ field: 'serving', message: 'asks for batches, and no arm has them' }] },
  )
}

/** Goes on with the experiment, or ends its batches if it was cancelled; false while a job of it is busy. */
export const createBatchesEnded =
  ({
    jobs,
    db,
    organisation,
    get,
  }: Pick<EvalsDeps, 'jobs' | 'db' | 'organisation'> & { get: (id: ExperimentId) => Promise<Experiment> }) =>
  async (id: ExperimentId): Promise<boolean> => {
    const { state } = await get(id)
    if (state !== 'running' && state !== 'cancelled') return true
    const kind = state === 'cancelled' ? CLOSE_BATCHES : RUN_EXPERIMENT
    const job = await jobs.findByKey(kind, id)
    if (job?.state === 'queued' || job?.state === 'running') return false
    await jobs.forget(kind, id)
    const input = { experiment: id, ...(job?.input.isResumed === true && { isResumed: true }) }
    await inTransaction(db, (tx) => jobs.enqueue(tx, { organisation, kind, key: id, input }))
    return true
  }

/** Of an experiment that was cancelled. */
export async function closeBatches(
  { jobs, db, organisation }: Pick<EvalsDeps, 'jobs' | 'db' | 'organisation'>,
  id: ExperimentId,
): Promise<void> {
  await jobs.forget(CLOSE_BATCHES, id)
  await inTransaction(db, (tx) =>
    jobs.enqueue(tx, { organisation, kind: CLOSE_BATCHES, key: id, input: { experiment: id } }),
  )
}
