/** HTTP of the compass. */
import { demandApplication } from '../../wire/caller.ts'
import { handle, type Mounted } from '../../wire/handle.ts'
import { reply } from '../../wire/route.ts'
import { getCompass, getOverview } from './contract.ts'
import type { Overviews } from './overviews.ts'

export const compassHttp = (overviews: Overviews): Mounted[] => [
  handle(getOverview, async ({ params: { name }, query: { persona }, caller }) => {
    demandApplication(caller, name)
    return reply(200, await overviews.of(name, { persona, by: caller.actor }))
  }),
  handle(getCompass, async ({ query, caller }) =>
    reply(200, await overviews.all({ ...query, by: caller.actor }, caller.application)),
  ),
]
