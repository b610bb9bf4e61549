/** The routes of shortlists, bound to their verbs. */
import { type Caller, demandApplication } from '../../wire/caller.ts'
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
  type ShortlistId,
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
  handle(listShortlists, async ({ query: { limit, ...filter }, caller }) => {
    if (filter.application) demandApplication(caller, filter.application)
    const bound = caller.application ?? filter.application
    const found = await shortlists.list({ ...filter, ...(bound && { application: bound }), limit: limit + 1 })
    return reply(
      200,
      page(found, limit, ({ id }) => id),
    )
  }),
  handle(getShortlist, async ({ params, caller }) => reply(200, await shortlistFor(caller, params.id, shortlists))),
  handle(eliminateFromShortlist, async ({ params, body, caller }) => {
    await shortlistFor(caller, params.id, shortlists)
    return reply(200, await shortlists.eliminate(params.id, body, caller.actor))
  }),
  handle(reckonEffort, async ({ params, body, caller }) => {
    await shortlistFor(caller, params.id, shortlists)
    return reply(200, await shortlists.reckon(params.id, body, caller.actor))
  }),
  handle(decideShortlist, async ({ params, body, caller }) => {
    await shortlistFor(caller, params.id, shortlists)
    return reply(200, await shortlists.decide(params.id, body, caller.actor))
  }),
  handle(getShortlistDecision, async ({ params, caller }) => {
    await shortlistFor(caller, params.id, shortlists)
    return reply(200, await shortlists.decisionFile(params.id))
  }),
  handle(compareModels, async ({ query, caller }) => {
    demandApplication(caller, query.application)
    return reply(200, await shortlists.compare(query))
  }),
  handle(weighModels, async ({ body, caller }) => {
    demandApplication(caller, body.application)
    return reply(200, await shortlists.weigh(body))
  }),
]

/** Bound keys see the shortlists of their application, and those of none that measured nothing elsewhere. */
async function shortlistFor(caller: Caller, id: ShortlistId, shortlists: Shortlists) {
  const shortlist = await shortlists.get(id)
  for (const name of [shortlist.application, shortlist.criteria.measured?.application])
    if (name) demandApplication(caller, name)
  return shortlist
}
