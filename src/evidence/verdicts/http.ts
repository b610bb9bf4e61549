/** Handler of the route of signed verdicts. */
import { demandApplication } from '../../wire/caller.ts'
import { handle, type Mounted } from '../../wire/handle.ts'
import { reply } from '../../wire/route.ts'
import { getGateVerdict } from './contract.ts'
import type { Verdicts } from './verdicts.ts'

export const verdictsHttp = (verdicts: Verdicts): Mounted[] => [
  handle(getGateVerdict, async ({ params, caller }) => {
    demandApplication(caller, await verdicts.applicationOf(params.id))
    return reply(200, await verdicts.get(params.id))
  }),
]
