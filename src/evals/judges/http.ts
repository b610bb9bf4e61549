/** The routes of judges, bound to their verbs. */
import { type Caller, demandApplication } from '../../wire/caller.ts'
import { handle, type Mounted } from '../../wire/handle.ts'
import { reply } from '../../wire/route.ts'
import type { CalibrationId } from './calibration.ts'
import {
  createCalibration,
  getCalibration,
  listCalibrationCases,
  listCalibrations,
  listCorrectedScores,
  listJudges,
  runCalibration,
} from './contract.ts'
import type { Judges, JudgesDeps } from './judges.ts'

export function judgesHttp(
  judges: Judges,
  { releaseOf, getExperiment }: Pick<JudgesDeps, 'releaseOf' | 'getExperiment'>,
): Mounted[] {
  const allowed = async (caller: Caller, id: CalibrationId) => {
    const calibration = await judges.get(id)
    demandApplication(caller, calibration.application)
    return calibration
  }
  return [
    handle(listJudges, async ({ params, caller }) => {
      demandApplication(caller, params.name)
      return reply(200, { items: await judges.ofApplication(params.name) })
    }),
    handle(createCalibration, async ({ params, body, caller }) => {
      demandApplication(caller, params.name)
      return reply(201, await judges.create({ ...body, application: params.name, by: caller.actor }))
    }),
    handle(runCalibration, async ({ params, body, caller, signal }) => {
      demandApplication(caller, (await releaseOf(params.id)).application)
      const outcome = await judges.run({ ...body, release: params.id, by: caller.actor, signal })
      if (outcome.kind === 'started') return reply(202, outcome)
      return outcome.kind === 'over-budget'
        ? reply(409, { ...outcome, kind: outcome.kind })
        : reply(200, { ...outcome, kind: outcome.kind })
    }),
    handle(listCalibrations, async ({ query, caller }) => {
      const application = query.application ?? caller.application ?? undefined
      if (application !== undefined) demandApplication(caller, application)
      return reply(200, await judges.list({ ...query, application }))
    }),
    handle(getCalibration, async ({ params, caller }) => reply(200, await allowed(caller, params.id))),
    handle(listCalibrationCases, async ({ params, query, caller }) => {
      await allowed(caller, params.id)
      return reply(200, await judges.cases({ ...query, id: params.id }))
    }),
    handle(listCorrectedScores, async ({ params, caller }) => {
      demandApplication(caller, (await getExperiment(params.id)).application)
      return reply(200, { items: await judges.corrected(params.id) })
    }),
  ]
}
