/** The route of counterfactual pairs, bound to its verb. */
import { demandApplication } from '../../wire/caller.ts'
import { handle, type Mounted } from '../../wire/handle.ts'
import { reply } from '../../wire/route.ts'
import { writeBiasSuite } from './contract.ts'
import type { Pairs } from './pairs.ts'

export const pairsHttp = (pairs: Pairs): Mounted[] => [
  handle(writeBiasSuite, async ({ params, body, caller }) => {
    demandApplication(caller, params.name)
    return reply(200, await pairs.write({ application: params.name, ...body }, caller))
  }),
]
