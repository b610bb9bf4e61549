/** HTTP of remarks. A key that is bound to an application has no business here. */
import { type Caller, demandApplication } from '../../wire/caller.ts'
import { handle, type Mounted } from '../../wire/handle.ts'
import { reply } from '../../wire/route.ts'
import { addRemark, decideRemark, listRemarks } from './contract.ts'
import type { Remarks } from './remarks.ts'

/** No application has this name, so that only callers who may see all of them pass. */
const demandAll = (caller: Caller) => demandApplication(caller, '*')

export const remarksHttp = (remarks: Remarks): Mounted[] => [
  handle(addRemark, async ({ body, caller }) => {
    demandAll(caller)
    return reply(201, await remarks.add({ ...body, by: caller.actor }))
  }),
  handle(listRemarks, async ({ caller }) => {
    demandAll(caller)
    return reply(200, { items: await remarks.list() })
  }),
  handle(decideRemark, async ({ params: { id }, body, caller }) => {
    demandAll(caller)
    return reply(200, await remarks.decide({ id, ...body, by: caller.actor }))
  }),
]
