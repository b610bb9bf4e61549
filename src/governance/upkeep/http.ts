/** HTTP of upkeep. */
import { demandApplication } from '../../wire/caller.ts'
import { handle, type Mounted } from '../../wire/handle.ts'
import { reply } from '../../wire/route.ts'
import * as contract from './contract.ts'
import type { Upkeep } from './upkeep.ts'

export const upkeepHttp = (upkeep: Upkeep): Mounted[] => [
  handle(contract.listUpkeep, async ({ query, caller }) => {
    const application = query.application ?? caller.application ?? undefined
    if (application !== undefined) demandApplication(caller, application)
    return reply(200, { items: await upkeep.list(application) })
  }),
  handle(contract.exportUpkeep, async ({ query, caller }) => {
    const application = query.application ?? caller.application ?? undefined
    if (application !== undefined) demandApplication(caller, application)
    const headers = {
      'content-type': 'text/calendar; charset=utf-8',
      'content-disposition': `attachment; filename="${application ?? 'airworthy'}.ics"`,
    }
    return new Response(await upkeep.calendar(application), { headers })
  }),
  handle(contract.getReviewSheet, async ({ params: { name }, caller }) => {
    demandApplication(caller, name)
    return reply(200, await upkeep.sheet(name))
  }),
  handle(contract.listReviews, async ({ params: { name }, caller }) => {
    demandApplication(caller, name)
    return reply(200, { items: await upkeep.reviews(name) })
  }),
  handle(contract.holdReview, async ({ params: { name }, body, caller }) => {
    demandApplication(caller, name)
    return reply(201, await upkeep.hold(name, body, { id: caller.actor, name: caller.name }))
  }),
  handle(contract.finishReviewAction, async ({ params: { id, action }, caller }) =>
    reply(200, await upkeep.finish(id, action, caller)),
  ),
]
