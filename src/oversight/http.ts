/** Handlers of the routes of human oversight. Who may decide, the verbs look at: it is a person's name in a plan. */
import { demandApplication } from '../wire/caller.ts'
import { handle, type Mounted } from '../wire/handle.ts'
import { reply } from '../wire/route.ts'
import {
  decideHeldAnswer,
  getHeldAnswer,
  getHeldOutcome,
  getOversight,
  listHeldAnswers,
  listOversight,
  overruleAnswer,
  stopApplication,
  testStop,
} from './contract.ts'
import type { Oversight } from './oversight.ts'

export const oversightHttp = (oversight: Oversight): Mounted[] => [
  handle(listHeldAnswers, async ({ query: { cursor, limit, application, ...filter }, caller }) => {
    if (application !== undefined) demandApplication(caller, application)
    const only = { ...filter, application: caller.application ?? application }
    return reply(200, await oversight.list(only, { cursor, limit }, caller))
  }),
  handle(getHeldAnswer, async ({ params, caller }) => {
    const found = await oversight.get(params.id, caller)
    demandApplication(caller, found.application)
    return reply(200, found)
  }),
  handle(getHeldOutcome, async ({ params, caller }) => {
    const { id, application, state, given, until } = await oversight.get(params.id, caller)
    demandApplication(caller, application)
    return reply(200, { id, state, text: given, until })
  }),
  handle(decideHeldAnswer, async ({ params, body, caller }) => {
    demandApplication(caller, (await oversight.find(params.id)).application)
    return reply(200, await oversight.decide({ ...params, ...body, by: caller }))
  }),
  handle(overruleAnswer, async ({ params, body, caller }) => {
    demandApplication(caller, params.name)
    return reply(201, await oversight.overrule({ application: params.name, ...body, by: caller }))
  }),
  handle(stopApplication, async ({ params, body, caller }) => {
    demandApplication(caller, params.name)
    return reply(200, await oversight.stop({ application: params.name, ...body, by: caller }))
  }),
  handle(testStop, async ({ params, caller, signal }) => {
    demandApplication(caller, params.name)
    return reply(201, await oversight.testStop({ application: params.name, by: caller, signal }))
  }),
  handle(listOversight, async ({ caller }) => reply(200, { items: await oversight.standings(caller) })),
  handle(getOversight, async ({ params, caller }) => {
    demandApplication(caller, params.name)
    return reply(200, await oversight.standing(params.name, caller))
  }),
]
