/** The route of suites, bound to what it does. */
import { demandApplication } from '../../wire/caller.ts'
import { handle, type Mounted } from '../../wire/handle.ts'
import { reply } from '../../wire/route.ts'
import { listSuites } from './contract.ts'
import { listStandings, type StandingDeps } from './standing.ts'

export const standingHttp = (deps: StandingDeps): Mounted[] => [
  handle(listSuites, async ({ params, caller }) => {
    demandApplication(caller, params.name)
    return reply(200, await listStandings(params.name, deps))
  }),
]
