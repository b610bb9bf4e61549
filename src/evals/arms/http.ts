/** The route of arms, bound to what it does. */
import { demandApplication } from '../../wire/caller.ts'
import { handle, type Mounted } from '../../wire/handle.ts'
import { reply } from '../../wire/route.ts'
import { type ArmsDeps, compareArms, experimentsOf } from './arms.ts'
import { compareArms as route } from './contract.ts'

export const armsHttp = (deps: ArmsDeps): Mounted[] => [
  handle(route, async ({ query, caller }) => {
    for (const id of experimentsOf(query.arms)) demandApplication(caller, (await deps.get(id)).application)
    return reply(200, await compareArms(query, deps))
  }),
]
