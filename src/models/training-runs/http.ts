/** The routes of training runs, bound to their verbs. */
import { handle, type Mounted } from '../../wire/handle.ts'
import { page, reply } from '../../wire/route.ts'
import { getModelLineage, getTrainingRun, listTrainingRuns, recordTrainingRun } from './contract.ts'
import type { TrainingRuns } from './training-runs.ts'

export const trainingRunsHttp = (
  runs: TrainingRuns,
  /** Throws for a model that is unknown. */
  demandModel: (model: string) => void,
): Mounted[] => [
  handle(recordTrainingRun, async ({ body, caller }) => {
    const { run, isNew } = await runs.record(body, caller)
    return reply(isNew ? 201 : 200, run)
  }),
  handle(listTrainingRuns, async ({ query: { cursor, limit, ...filter }, caller }) =>
    reply(
      200,
      page(runs.list(filter, { cursor, limit: limit + 1 }, caller), limit, ({ id }) => id),
    ),
  ),
  handle(getTrainingRun, async ({ params, caller }) => reply(200, runs.get(params.id, caller))),
  handle(getModelLineage, async ({ params, caller }) => {
    demandModel(params.model)
    return reply(200, await runs.lineage(params.model, caller))
  }),
]
