/** Routes of evals to verbs. */
import { type Caller, demandApplication } from '../wire/caller.ts'
import { handle, type Mounted } from '../wire/handle.ts'
import { reply } from '../wire/route.ts'
import {
  cancelExperiment,
  convertDataset,
  createExperiment,
  getDifferences,
  getExperiment,
  listDatasets,
  listEvaluators,
  listExamples,
  listExperimentRows,
  listExperiments,
  resumeExperiment,
} from './contract.ts'
import { countSplits, datasetDigest, jsonLinesOf, parseDataset } from './datasets/index.ts'
import type { EvalsDeps } from './deps.ts'
import type { Evals } from './evals.ts'
import { EVALUATORS } from './evaluators/index.ts'
import type { ExperimentId } from './experiment.ts'

export function evalsHttp(evals: Evals, { releaseOf }: Pick<EvalsDeps, 'releaseOf'>): Mounted[] {
  const allowed = async (caller: Caller, id: ExperimentId) => {
    const experiment = await evals.get(id)
    demandApplication(caller, experiment.application)
    return experiment
  }
  return [
    ...evals.doors,
    handle(createExperiment, async ({ params, body, caller }) => {
      demandApplication(caller, (await releaseOf(params.id)).application)
      const outcome = await evals.create({ ...body, release: params.id, by: caller.actor })
      if (outcome.kind === 'created') return reply(201, outcome.experiment)
      return outcome.kind === 'quote' ? reply(200, outcome) : reply(409, outcome)
    }),
    handle(listExperiments, async ({ query, caller }) => {
      const application = query.application ?? caller.application ?? undefined
      if (application !== undefined) demandApplication(caller, application)
      return reply(200, await evals.list({ ...query, application }))
    }),
    handle(getExperiment, async ({ params, caller }) => reply(200, await allowed(caller, params.id))),
    handle(listExperimentRows, async ({ params, query, caller }) => {
      const experiment = await allowed(caller, params.id)
      const heldOut = query.holdout === 'true' ? 'shown' : 'hidden'
      if (heldOut === 'shown')
        await evals.readHoldout(experiment, caller, { isFurtherPage: query.cursor !== undefined })
      const failed = query.failed === undefined ? undefined : query.failed === 'true'
      return reply(200, await evals.rows({ ...query, id: params.id, failed, heldOut }))
    }),
    handle(getDifferences, async ({ params, query, caller }) => {
      await allowed(caller, params.id)
      const { bars, ...counts } = await evals.differences({ ...query, id: params.id })
      return reply(200, { ...counts, bars: [...bars] })
    }),
    handle(cancelExperiment, async ({ params, caller }) => {
      await allowed(caller, params.id)
      return reply(200, await evals.cancel({ id: params.id, by: caller.actor }))
    }),
    handle(resumeExperiment, async ({ params, body, caller }) => {
      await allowed(caller, params.id)
      return reply(200, await evals.resume({ ...body, id: params.id, by: caller.actor }))
    }),
    handle(listDatasets, async ({ params, caller }) => {
      demandApplication(caller, params.name)
      return reply(200, { items: await evals.datasets(params.name) })
    }),
    handle(listExamples, async ({ params, query, caller }) => {
      demandApplication(caller, params.name)
      return reply(200, await evals.examples({ ...query, application: params.name, dataset: params.dataset }))
    }),
    handle(convertDataset, async ({ body }) => {
      const rows = parseDataset(body)
      return reply(200, {
        name: body.name,
        digest: datasetDigest(rows),
        rows: rows.length,
        splits: countSplits(rows),
        content: jsonLinesOf(rows),
      })
    }),
    handle(listEvaluators, async () => reply(200, { items: EVALUATORS.map(({ prepare: _, ...info }) => info) })),
  ]
}
