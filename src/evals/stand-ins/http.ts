/** The route of stand-ins, bound to what it does. */
import { demandApplication } from '../../wire/caller.ts'
import { handle, type Mounted } from '../../wire/handle.ts'
import { reply } from '../../wire/route.ts'
import { listStandIns } from './contract.ts'
import { type StandInsDeps, standInsOf } from './stand-ins.ts'

export const standInsHttp = (deps: StandInsDeps): Mounted[] => [
  handle(listStandIns, async ({ params, caller }) => {
    const release = await deps.releaseOf(params.id)
    demandApplication(caller, release.application)
    return reply(200, { items: await standInsOf(release, deps) })
  }),
]
