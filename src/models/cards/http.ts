/** The routes of cards, bound to their verbs. */
import { handle, type Mounted } from '../../wire/handle.ts'
import { page, reply } from '../../wire/route.ts'
import type { Cards } from './cards.ts'
import {
  deleteModelSource,
  getModelCard,
  listModelCards,
  listModelListReadings,
  putModelSource,
  readModelLists,
} from './contract.ts'

export const cardsHttp = (cards: Cards): Mounted[] => [
  handle(listModelCards, async ({ query: { cursor, limit, ...filter } }) =>
    reply(
      200,
      page(cards.list(filter, { cursor, limit: limit + 1 }), limit, ({ model }) => model),
    ),
  ),
  handle(getModelCard, async ({ params }) => reply(200, cards.get(params.model))),
  handle(putModelSource, async ({ body, caller, signal }) => reply(200, await cards.put(body, caller.actor, signal))),
  handle(deleteModelSource, async ({ query, caller }) => {
    await cards.remove(query, caller.actor)
    return reply(204, null)
  }),
  handle(listModelListReadings, async () => reply(200, { items: cards.readings() })),
  handle(readModelLists, async ({ body, signal }) =>
    reply(200, { items: await cards.readLists(body.provider, signal) }),
  ),
]
