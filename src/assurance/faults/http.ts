/** The routes of drills of faults, bound to their verbs. */
import type { Release, ReleaseId } from '../../core/release.ts'
import { demandApplication } from '../../wire/caller.ts'
import { handle, type Mounted } from '../../wire/handle.ts'
import { reply } from '../../wire/route.ts'
import { listFaultDrills, startFaultDrill } from './contract.ts'
import type { FaultDrills } from './faults.ts'

export const faultDrillsHttp = (drills: FaultDrills, releaseOf: (id: ReleaseId) => Promise<Release>): Mounted[] => [
  handle(startFaultDrill, async ({ params, body, caller }) => {
    demandApplication(caller, (await releaseOf(params.id)).application)
    const found = await drills.start(params.id, body, caller.actor)
    if (found.kind === 'started') return reply(202, found)
    const { kind, plan, quote } = found
    return kind === 'quote' ? reply(200, { kind, plan, quote }) : reply(409, { kind, plan, quote })
  }),
  handle(listFaultDrills, async ({ params, caller }) => {
    demandApplication(caller, (await releaseOf(params.id)).application)
    return reply(200, { items: await drills.list(params.id) })
  }),
]
