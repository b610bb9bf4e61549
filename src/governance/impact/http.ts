/** HTTP of the impact assessment. */
import { demandApplication } from '../../wire/caller.ts'
import { handle, type Mounted } from '../../wire/handle.ts'
import { reply } from '../../wire/route.ts'
import { getImpact, takeImpact } from './contract.ts'
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
]
