/** Handlers of the routes of delivery: one verb each. A key that is bound to an application sees no other. */
import type { ReleaseId } from '../core/release.ts'
import type { RolloutId } from '../core/rollout.ts'
import { type Caller, demandApplication } from '../wire/caller.ts'
import { handle, type Mounted } from '../wire/handle.ts'
import { readUpload } from '../wire/read-body.ts'
import { reply } from '../wire/route.ts'
import { fileOf } from './blueprint-files.ts'
import * as contract from './contract.ts'
import type { Delivery } from './delivery.ts'
import { gateHttp } from './gate-http.ts'

export function deliveryHttp(delivery: Delivery): Mounted[] {
  const { applications, releases, gates, promotions, waivers, rollouts } = delivery

  const demandRelease = async (caller: Caller, id: ReleaseId) => {
    if (caller.application !== null) demandApplication(caller, (await releases.find(id)).application)
  }
  const demandRollout = async (caller: Caller, id: RolloutId) => {
    if (caller.application !== null) demandApplication(caller, (await rollouts.get(id)).application)
  }
  /** The application that a list may show: the key's own, else the one that is asked for. */
  const only = (caller: Caller, asked: string | undefined): string | undefined => {
    if (asked !== undefined) demandApplication(caller, asked)
    return caller.application ?? asked
  }

  return [
    handle(contract.createApplication, async ({ body, caller }) => {
      demandApplication(caller, body.name)
      return reply(201, await applications.create({ ...body, by: caller }))
    }),
    handle(contract.listApplications, async ({ query, caller }) =>
      reply(200, await applications.list(query, caller.application ?? undefined)),
    ),
    handle(contract.listApplicationNames, async ({ caller }) => {
      const all = await delivery.names()
      return reply(200, { items: all.filter(({ name }) => caller.application === null || name === caller.application) })
    }),
    handle(contract.getApplication, async ({ params, query, caller }) => {
      demandApplication(caller, params.name)
      return reply(200, await applications.get(params.name, { documents: query.documents === 'true' }))
    }),
    handle(contract.putBlueprint, async ({ params, body, caller, request }) => {
      demandApplication(caller, params.name)
      const ifMatch = ifMatchOf(request)
      return reply(200, await applications.putBlueprint({ name: params.name, ...body, ifMatch, by: caller }))
    }),
    handle(contract.getBlueprint, async ({ params, caller }) => {
      demandApplication(caller, params.name)
      const found = await applications.blueprint(params.name)
      return reply(200, found, { etag: `"${found.bytes}"` })
    }),
    handle(contract.putBlueprintFile, async ({ params: { name, path }, caller, request }) => {
      demandApplication(caller, name)
      const file = fileOf(await readUpload(contract.putBlueprintFile, request))
      return reply(200, await applications.putFile({ name, path, file, ifMatch: ifMatchOf(request), by: caller }))
    }),
    handle(contract.checkBlueprint, async ({ params, body, caller }) => {
      demandApplication(caller, params.name)
      return reply(200, await applications.check({ name: params.name, files: body.files }))
    }),

    handle(contract.freezeRelease, async ({ params, body, caller }) => {
      demandApplication(caller, params.name)
      const { isNew, release } = await releases.freeze({ name: params.name, commit: body.commit, by: caller.actor })
      return isNew ? reply(201, release) : reply(200, release)
    }),
    handle(contract.listReleases, async ({ params, query, caller }) => {
      demandApplication(caller, params.name)
      return reply(200, await releases.list(params.name, query))
    }),
    handle(contract.getRelease, async ({ params, caller }) => {
      await demandRelease(caller, params.id)
      return reply(200, await releases.get(params.id))
    }),
    handle(contract.getReleaseChanges, async ({ params, query, caller }) => {
      await demandRelease(caller, params.id)
      return reply(200, await releases.changes({ id: params.id, since: query.since }))
    }),

    handle(contract.getReleaseCompatibility, async ({ params, query, caller }) => {
      await demandRelease(caller, params.id)
      return reply(200, await releases.compatibility({ id: params.id, since: query.since }))
    }),

    handle(contract.getGate, async ({ params, caller }) => {
      await demandRelease(caller, params.id)
      return reply(200, await gates.decision(params.id, params.stage))
    }),
    handle(contract.runGate, async ({ params, body, caller, signal }) => {
      await demandRelease(caller, params.id)
      const { id, stage: into } = params
      const outcome = await gates.run({ id, into, by: caller.actor, signal, ...body })
      if (outcome.kind === 'started') return reply(202, outcome)
      return outcome.kind === 'over-budget'
        ? reply(409, { ...outcome, kind: outcome.kind })
        : reply(200, { ...outcome, kind: outcome.kind })
    }),

    handle(contract.promoteRelease, async ({ params, body, caller }) => {
      await demandRelease(caller, params.id)
      const outcome = await promotions.promote({ id: params.id, ...body, by: caller.actor })
      return outcome.kind === 'promoted' ? reply(201, outcome) : reply(409, outcome)
    }),
    handle(contract.listPromotions, async ({ query: { cursor, limit, application, release }, caller }) =>
      reply(200, await promotions.list({ application: only(caller, application), release }, { cursor, limit })),
    ),
    handle(contract.requestWaiver, async ({ body, caller }) => {
      await demandRelease(caller, body.release)
      return reply(201, await waivers.request({ ...body, by: caller.actor }))
    }),
    handle(contract.listWaivers, async ({ query: { cursor, limit, application, ...filter }, caller }) =>
      reply(200, await waivers.list({ ...filter, application: only(caller, application) }, { cursor, limit })),
    ),
    handle(contract.endWaiver, async ({ params, body, caller }) => {
      demandApplication(caller, (await waivers.find(params.id)).application)
      const mayWaive = caller.permissions.has('waive')
      return reply(200, await waivers.end({ id: params.id, reason: body.reason, by: caller.actor, mayWaive }))
    }),
    handle(contract.decideWaiver, async ({ params, body, caller }) => {
      demandApplication(caller, (await waivers.find(params.id)).application)
      return reply(200, await waivers.decide({ id: params.id, ...body, by: caller.actor }))
    }),

    handle(contract.startRollout, async ({ params, body, caller }) => {
      demandApplication(caller, params.name)
      return reply(201, await promotions.roll({ name: params.name, ...body, by: caller.actor }))
    }),
    handle(contract.listRollouts, async ({ query: { cursor, limit, application, ...filter }, caller }) =>
      reply(200, await rollouts.list({ ...filter, application: only(caller, application) }, { cursor, limit })),
    ),
    handle(contract.getRollout, async ({ params, caller }) => {
      await demandRollout(caller, params.id)
      return reply(200, await rollouts.get(params.id))
    }),
    handle(contract.getRolloutHistory, async ({ params, caller }) => {
      await demandRollout(caller, params.id)
      return reply(200, { items: await rollouts.history(params.id) })
    }),
    handle(contract.abortRollout, async ({ params, body, caller }) => {
      await demandRollout(caller, params.id)
      return reply(200, await rollouts.abort({ id: params.id, reason: body.reason, by: caller.actor }))
    }),
    handle(contract.pauseRollout, async ({ params, caller }) => {
      await demandRollout(caller, params.id)
      return reply(200, await rollouts.pause({ id: params.id, by: caller.actor }))
    }),
    handle(contract.resumeRollout, async ({ params, caller }) => {
      await demandRollout(caller, params.id)
      return reply(200, await rollouts.resume({ id: params.id, by: caller.actor }))
    }),

    handle(contract.advanceRollout, async ({ params, caller }) => {
      await demandRollout(caller, params.id)
      return reply(200, await rollouts.advance({ id: params.id, by: caller.actor }))
    }),
    handle(contract.replayRollout, async ({ params, caller }) => {
      await demandRollout(caller, params.id)
      return reply(200, await rollouts.replay(params.id))
    }),
    handle(contract.getRolloutVerdict, async ({ params: { name, stage }, caller }) => {
      demandApplication(caller, name)
      return reply(200, await rollouts.verdictOf({ application: name, stage }))
    }),
    handle(contract.confirmRollout, async ({ params: { name, stage }, caller }) => {
      demandApplication(caller, name)
      const found = await rollouts.verdictOf({ application: name, stage })
      return found.verdict === 'go' ? reply(200, found) : reply(409, found)
    }),

    handle(contract.getLive, async ({ caller }) => {
      const table = delivery.liveTable()
      const own = caller.application === null ? undefined : table.applications[caller.application]
      if (caller.application === null) return reply(200, table)
      return reply(200, { version: table.version, applications: own ? { [caller.application]: own } : {} })
    }),
    ...gateHttp(delivery),
    handle(contract.getCatalogue, async () => reply(200, delivery.catalogue)),
    handle(contract.listTemplates, async () =>
      reply(200, {
        items: delivery.templates.map(({ name, title, description, files }) => ({
          name,
          title,
          description,
          files: Object.keys(files).sort(),
        })),
      }),
    ),
  ]
}

/** The digest that a writer builds on; `*` and no header ask for none. */
function ifMatchOf(request: Request): string | undefined {
  const given = request.headers.get('if-match')?.trim()
  return given === undefined || given === '*' ? undefined : given.replace(/^W\//, '').replace(/^"|"$/g, '')
}
