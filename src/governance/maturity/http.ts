/** HTTP of maturity. A key that is bound to an application has no business here. */
import { demandApplication } from '../../wire/caller.ts'
import { handle, type Mounted } from '../../wire/handle.ts'
import { reply } from '../../wire/route.ts'
import { assessMaturity, listMaturity } from './contract.ts'
import type { Maturities } from './maturities.ts'

/** No application has this name, so that only callers who may see all of them pass. */
const EVERY_APPLICATION = '*'

export const maturityHttp = (maturities: Maturities): Mounted[] => [
  handle(listMaturity, async ({ caller }) => {
    demandApplication(caller, EVERY_APPLICATION)
    return reply(200, { items: await maturities.list() })
  }),
  handle(assessMaturity, async ({ params: { questionnaire }, body, caller }) => {
    demandApplication(caller, EVERY_APPLICATION)
    return reply(201, await maturities.assess({ questionnaire, ...body, by: caller.actor }))
  }),
]
