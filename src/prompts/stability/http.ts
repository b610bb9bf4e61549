/** The routes of stability, bound to their verbs. */
import { demandApplication } from '../../wire/caller.ts'
import { handle, type Mounted } from '../../wire/handle.ts'
import { reply } from '../../wire/route.ts'
import { getStability, writeStabilitySuite } from './contract.ts'
import type { StabilityOfPrompts } from './stability.ts'

export const stabilityHttp = (stability: StabilityOfPrompts): Mounted[] => [
  handle(writeStabilitySuite, async ({ params, body, caller }) => {
    demandApplication(caller, params.name)
    return reply(200, await stability.vary({ application: params.name, ...body }, caller))
  }),
  handle(getStability, async ({ params, caller }) => {
    const found = await stability.measuredBy(params.id)
    demandApplication(caller, found.application)
    return reply(200, { experiment: params.id, ...stability.read(found) })
  }),
]
