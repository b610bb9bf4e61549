/** The routes of shortlists, bound to their verbs. */
import { demandApplication } from '../../wire/caller.ts'
import { handle, type Mounted } from '../../wire/handle.ts'
import { page, reply } from '../../wire/route.ts'
import {
  compareModels,
  createShortlist,
  decideShortlist,
  eliminateFromShortlist,
  getShortlist,
  getShortlistDecision,
  listShortlists,
  reckonEffort,
  searchModels,
  weighModels,
} from './contract.ts'
import type { Shortlists } from './shortlists.ts'

export const shortlistsHttp = (shortlists: Shortlists): Mounted[] => [
  handle(searchModels, async ({ body, caller }) => {
    if (body.measured) demandApplication(caller, body.measured.application)
    return reply(200, { items: await shortlists.search(body) })
  }),
  handle(createShortlist, async ({ body, caller }) => {
    for (const name of [body.application, body.criteria.measured?.application])
      if (name !== undefined) demandApplication(caller, name)
    return reply(201, await shortlists.create(body, caller.actor))
  }),
  handle(listShortlists, async ({ query: { limit, ...filter } }) =>
    reply(
      200,
      page(await shortlists.list({ ...filter, limit: limit + 1 }), limit, ({ id }) => id),
    ),
  ),
  handle(getShortlist, async ({ params }) => reply(200, await shortlists.get(params.id))),
  handle(eliminateFromShortlist, async ({ params, body, caller }) =>
    reply(200, await shortlists.eliminate(params.id, body, caller.actor)),
  ),
  handle(reckonEffort, async ({ params, body, caller }) =>
    reply(200, await shortlists.reckon(params.id, body, caller.actor)),
  ),
  handle(decideShortlist, async ({ params, body, caller }) =>
    reply(200, await shortlists.decide(params.id, body, caller.actor)),
  ),
  handle(getShortlistDecision, async ({ params }) => reply(200, await shortlists.decisionFile(params.id))),
  handle(compareModels, async ({ query, caller }) => {
    demandApplication(caller, query.application)
    return reply(200, await shortlists.compare(query))
  }),
  handle(weighModels, async ({ body, caller }) => {
    demandApplication(caller, body.application)
    return reply(200, await shortlists.weigh(body))
  }),
]
