/** Handlers of the routes of held calls. */
import { demandApplication } from '../../wire/caller.ts'
import { handle, type Mounted } from '../../wire/handle.ts'
import { reply } from '../../wire/route.ts'
import type { HeldCalls } from './calls.ts'
import { decideHeldCall, getHeldCall, getHeldCallOutcome, listHeldCalls } from './contract.ts'

export const heldCallsHttp = (calls: HeldCalls): Mounted[] => [
  handle(listHeldCalls, async ({ query: { cursor, limit, application, ...filter }, caller }) => {
    if (application !== undefined) demandApplication(caller, application)
    const only = { ...filter, application: caller.application ?? application }
    return reply(200, await calls.list(only, { cursor, limit }, caller))
  }),
  handle(getHeldCall, async ({ params, caller }) => {
    const found = await calls.get(params.id, caller)
    demandApplication(caller, found.application)
    return reply(200, found)
  }),
  handle(getHeldCallOutcome, async ({ params, caller }) => {
    const { id, application, state, result, error, until } = await calls.get(params.id, caller)
    demandApplication(caller, application)
    return reply(200, { id, state, result, error, until })
  }),
  handle(decideHeldCall, async ({ params, body, caller }) => {
    demandApplication(caller, (await calls.find(params.id)).application)
    return reply(200, await calls.decide({ ...params, ...body, by: caller }))
  }),
]
