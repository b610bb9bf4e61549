/** Routes of quotas, bound to their verbs. */
import { handle, type Mounted } from '../../wire/handle.ts'
import { reply } from '../../wire/route.ts'
import { declareQuota, listQuotas } from './contract.ts'
import type { Quotas } from './quotas.ts'

export const quotasHttp = (quotas: Quotas): Mounted[] => [
  // What the house may ask is none of one application's.
  handle(listQuotas, async ({ caller }) =>
    reply(200, { items: caller.application === null ? await quotas.list() : [] }),
  ),
  handle(declareQuota, async ({ body, caller }) => {
    await quotas.declare(body, caller.actor)
    return reply(200, { items: await quotas.list() })
  }),
]
