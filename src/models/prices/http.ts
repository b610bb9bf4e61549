/** Routes of prices, bound to their verbs. */
import { Failure } from '../../kernel/failure.ts'
import { type Caller, demandApplication } from '../../wire/caller.ts'
import { handle, type Mounted } from '../../wire/handle.ts'
import { reply } from '../../wire/route.ts'
import {
  deleteOwnPrice,
  getKeptPriceBook,
  getPrice,
  getPriceBook,
  listOwnPrices,
  listPricePolicies,
  putOwnPrice,
  setPricePolicy,
} from './contract.ts'
import type { PricePolicies } from './policies.ts'
import type { Prices } from './prices.ts'

export const pricesHttp = (prices: Prices, policies: PricePolicies): Mounted[] => [
  handle(getPriceBook, async () => reply(200, prices.inForce())),
  handle(getKeptPriceBook, async ({ params }) => reply(200, await prices.kept(params.digest))),
  handle(listOwnPrices, async () => reply(200, { items: prices.list(), next: null })),
  handle(getPrice, async ({ params }) => reply(200, prices.of(params.model))),
  handle(putOwnPrice, async ({ params, body, caller }) =>
    reply(200, await prices.put(params.model, body, caller.actor)),
  ),
  handle(deleteOwnPrice, async ({ params, caller }) => {
    await prices.remove(params.model, caller.actor)
    return reply(204, null)
  }),
  handle(listPricePolicies, async ({ caller: { application } }) =>
    reply(200, {
      items: policies
        .list()
        .filter(({ scope, name }) => application === null || scope === 'organisation' || name === application),
    }),
  ),
  handle(setPricePolicy, async ({ params, body, caller }) => {
    if (params.scope === 'application') demandApplication(caller, params.name)
    else demandUnbound(caller)
    return reply(200, { items: await policies.set(params, body, caller.actor) })
  }),
]

/** What holds for all applications is not for the key of one. */
function demandUnbound({ application }: Caller): void {
  if (application === null) return
  throw new Failure(
    'forbidden',
    'models.bound-key',
    `This key is bound to the application ${application} and says nothing for the whole installation.`,
  )
}
