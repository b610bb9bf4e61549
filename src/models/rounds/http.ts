/** The routes of rounds, bound to their verbs. */
import { demandApplication } from '../../wire/caller.ts'
import { handle, type Mounted } from '../../wire/handle.ts'
import { reply } from '../../wire/route.ts'
import { addToModelRound, closeModelRound, exportModelRounds, listModelRounds, openModelRound } from './contract.ts'
import type { Rounds } from './rounds.ts'

export const roundsHttp = (rounds: Rounds): Mounted[] => [
  handle(openModelRound, async ({ params, body, caller }) => {
    demandApplication(caller, params.name)
    return reply(201, await rounds.open(params.name, body, caller.actor))
  }),
  handle(listModelRounds, async ({ params, caller }) => {
    demandApplication(caller, params.name)
    return reply(200, { items: await rounds.list(params.name) })
  }),
  handle(addToModelRound, async ({ params, body, caller }) => {
    demandApplication(caller, (await rounds.get(params.id)).application)
    return reply(200, await rounds.add(params.id, body, caller.actor))
  }),
  handle(closeModelRound, async ({ params, body, caller }) => {
    demandApplication(caller, (await rounds.get(params.id)).application)
    return reply(200, await rounds.close(params.id, body, caller.actor))
  }),
  handle(exportModelRounds, async ({ params, caller }) => {
    demandApplication(caller, params.name)
    return reply(200, await rounds.paper(params.name))
  }),
]
