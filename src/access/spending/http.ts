/** Handlers of the routes of limits. A key of one application reads and sets that one's and nothing else. */
import { type Caller, demand, demandApplication } from '../../wire/caller.ts'
import { handle, type Mounted } from '../../wire/handle.ts'
import { reply } from '../../wire/route.ts'
import { demandUnbound } from '../bound-key.ts'
import { getLimits, getScopeLimits, listLimits, setLimits, setScopeLimits } from './contract.ts'
import type { Whose } from './limiter.ts'
import type { Spending } from './spending.ts'

export const limitsHttp = (
  limits: Pick<Spending, 'status' | 'statusOf' | 'list' | 'demand' | 'set' | 'setFor'>,
): Mounted[] => [
  handle(getLimits, async ({ params: { name }, caller }) => {
    demandApplication(caller, name)
    return reply(200, limits.status(name))
  }),
  handle(setLimits, async ({ params: { name }, body, caller }) => {
    demandApplication(caller, name)
    limits.demand({ scope: 'application', name }, body, caller.permissions)
    return reply(200, await limits.set(name, { ...body, by: caller.actor }))
  }),
  handle(listLimits, async ({ query, caller: { application } }) =>
    reply(200, {
      items: limits
        .list()
        .filter(({ scope }) => query.scope === undefined || scope === query.scope)
        .filter(({ scope, name }) => application === null || (scope === 'application' && name === application)),
    }),
  ),
  handle(getScopeLimits, async ({ params, caller }) => {
    demandOwn(caller, params)
    return reply(200, limits.statusOf(params))
  }),
  handle(setScopeLimits, async ({ params, body, caller }) => {
    demandOwn(caller, params)
    // Whoever holds a key does not say what it may spend.
    if (params.scope === 'key') demand(caller, 'administer')
    limits.demand(params, body, caller.permissions)
    return reply(200, await limits.setFor(params, { ...body, by: caller.actor }))
  }),
]

function demandOwn(caller: Caller, { scope, name }: Whose): void {
  if (scope === 'application') demandApplication(caller, name)
  else demandUnbound(caller)
}
