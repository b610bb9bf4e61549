/** HTTP of incidents. */
import { type Caller, demandApplication } from '../../wire/caller.ts'
import { handle, type Mounted } from '../../wire/handle.ts'
import { reply } from '../../wire/route.ts'
import * as contract from './contract.ts'
import type { IncidentId } from './incident.ts'
import type { Incidents } from './incidents.ts'

export function incidentsHttp(incidents: Incidents): Mounted[] {
  /** A key that is bound to an application reaches its incidents alone. */
  async function demandOwn(caller: Caller, id: IncidentId): Promise<void> {
    demandApplication(caller, (await incidents.find(id)).application)
  }
  return [
    handle(contract.listIncidents, async ({ query: { cursor, limit, ...filter }, caller }) => {
      const application = filter.application ?? caller.application ?? undefined
      if (application !== undefined) demandApplication(caller, application)
      return reply(200, await incidents.list({ ...filter, application }, { cursor, limit }))
    }),
    handle(contract.openIncident, async ({ body, caller }) => {
      demandApplication(caller, body.application)
      return reply(201, await incidents.open(body, caller.actor))
    }),
    handle(contract.getIncident, async ({ params: { id }, caller }) => {
      await demandOwn(caller, id)
      return reply(200, await incidents.get(id))
    }),
    handle(contract.changeIncident, async ({ params: { id }, body, caller }) => {
      await demandOwn(caller, id)
      return reply(200, await incidents.change(id, body, caller.actor))
    }),
    handle(contract.noteIncident, async ({ params: { id }, body, caller }) => {
      await demandOwn(caller, id)
      return reply(200, await incidents.note(id, body, caller.actor))
    }),
    handle(contract.reportIncident, async ({ params: { id }, body, caller }) => {
      await demandOwn(caller, id)
      return reply(200, await incidents.report(id, body, caller.actor))
    }),
    handle(contract.fixIncident, async ({ params: { id }, body, caller }) => {
      await demandOwn(caller, id)
      return reply(200, await incidents.fix(id, body, caller.actor))
    }),
    handle(contract.moveIncident, async ({ params: { id }, body, caller }) => {
      await demandOwn(caller, id)
      return reply(200, await incidents.move(id, body, caller.actor))
    }),
  ]
}
