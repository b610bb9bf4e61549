/** Routes of prices, bound to their verbs. */
import { handle, type Mounted } from '../../wire/handle.ts'
import { reply } from '../../wire/route.ts'
import { deleteOwnPrice, getKeptPriceBook, getPriceBook, listOwnPrices, putOwnPrice } from './contract.ts'
import type { Prices } from './prices.ts'

export const pricesHttp = (prices: Prices): Mounted[] => [
  handle(getPriceBook, async () => reply(200, prices.inForce())),
  handle(getKeptPriceBook, async ({ params }) => reply(200, await prices.kept(params.digest))),
  handle(listOwnPrices, async () => reply(200, { items: prices.list(), next: null })),
  handle(putOwnPrice, async ({ params, body, caller }) =>
    reply(200, await prices.put(params.model, body, caller.actor)),
  ),
  handle(deleteOwnPrice, async ({ params, caller }) => {
    await prices.remove(params.model, caller.actor)
    return reply(204, null)
  }),
]
