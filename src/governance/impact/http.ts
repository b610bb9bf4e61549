/** HTTP of the impact assessment. */
import { demandApplication } from '../../wire/caller.ts'
import { handle, type Mounted } from '../../wire/handle.ts'
import { reply } from '../../wire/route.ts'
import { paperResponse } from '../plan/paper-response.ts'
import { exportImpact, getImpact, takeImpact } from './contract.ts'
import type { Impacts } from './impacts.ts'

export const impactHttp = (impacts: Impacts): Mounted[] => [
  handle(getImpact, async ({ params: { name }, caller }) => {
    demandApplication(caller, name)
    return reply(200, await impacts.of(name))
  }),
  handle(takeImpact, async ({ params: { name }, caller }) => {
    demandApplication(caller, name)
    return reply(200, await impacts.take({ name, by: caller }))
  }),
  handle(exportImpact, async ({ params: { name }, query: { format }, caller }) => {
    demandApplication(caller, name)
    return paperResponse(await impacts.export({ name, format }), { format, name: `${name}-impact` })
  }),
]
