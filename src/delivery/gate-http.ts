/** Handlers of the routes about gates: one verb each. A key that is bound to an application sees no other. */
import type { ReleaseId } from '../core/release.ts'
import { type Caller, demandApplication } from '../wire/caller.ts'
import { handle, type Mounted } from '../wire/handle.ts'
import { reply } from '../wire/route.ts'
import type { Delivery } from './delivery.ts'
import * as routes from './gate-routes.ts'

export function gateHttp({ gates, reporting, releases, decisions }: Delivery): Mounted[] {
  const demandRelease = async (caller: Caller, id: ReleaseId) => {
    if (caller.application !== null) demandApplication(caller, (await releases.find(id)).application)
  }
  return [
    handle(routes.getNextSteps, async ({ params, query, caller, signal }) => {
      await demandRelease(caller, params.id)
      const { id, stage: into } = params
      return reply(200, await gates.next({ id, into, persona: query.persona, by: caller.actor, signal }))
    }),
    handle(routes.listGateChecks, async ({ params, caller }) => {
      await demandRelease(caller, params.id)
      return reply(200, await gates.asked(params.id, params.stage))
    }),
    handle(routes.getGateDecision, async ({ params, caller }) => {
      const found = await decisions.get(params.id)
      demandApplication(caller, found.application)
      return reply(200, found)
    }),
    handle(routes.keepGateDecision, async ({ params, caller }) => {
      await demandRelease(caller, params.id)
      return reply(201, await gates.keep(params.id, params.stage, 'asked', caller.actor))
    }),
    handle(routes.listGateDecisions, async ({ params, query: { into, ...cut }, caller }) => {
      await demandRelease(caller, params.id)
      return reply(200, await decisions.list(params.id, into, cut))
    }),
    handle(routes.replayGateDecision, async ({ params, caller }) => {
      demandApplication(caller, (await decisions.get(params.id)).application)
      return reply(200, await decisions.replay(params.id))
    }),
    handle(routes.previewProfile, async ({ params, body, caller }) => {
      demandApplication(caller, params.name)
      return reply(200, await reporting.previewProfile(params.name, body.profile))
    }),
    handle(routes.getReleaseReadiness, async ({ params, caller }) => {
      await demandRelease(caller, params.id)
      return reply(200, await reporting.readiness(params.id))
    }),
    handle(routes.getPortfolio, async ({ query, caller }) =>
      reply(200, await reporting.portfolio({ ...query, only: caller.application })),
    ),
    handle(routes.getStandingChecks, async ({ params, caller }) => {
      await demandRelease(caller, params.id)
      return reply(200, await reporting.standingChecks(params.id))
    }),
    handle(routes.getFlow, async ({ params, caller }) => {
      demandApplication(caller, params.name)
      return reply(200, await reporting.flow(params.name))
    }),
    handle(routes.getDebt, async ({ params, caller }) => {
      demandApplication(caller, params.name)
      return reply(200, { items: await reporting.debt(params.name) })
    }),
    handle(routes.getCatalogueChanges, async ({ query }) => reply(200, reporting.catalogueChanges(query.since))),
  ]
}
