/** HTTP of mitigations. */
import { demandApplication } from '../../wire/caller.ts'
import { handle, type Mounted } from '../../wire/handle.ts'
import { reply } from '../../wire/route.ts'
import { listMitigations, planMitigation } from './contract.ts'
import type { Mitigations } from './mitigations.ts'

export const mitigationsHttp = (mitigations: Mitigations): Mounted[] => [
  handle(listMitigations, async ({ params: { name }, caller }) => {
    demandApplication(caller, name)
    return reply(200, { limit: mitigations.limit, items: await mitigations.list(name) })
  }),
  handle(planMitigation, async ({ params: { name, evidence }, body, caller }) => {
    demandApplication(caller, name)
    return reply(200, await mitigations.plan({ ...body, application: name, evidence }, caller.actor))
  }),
]
