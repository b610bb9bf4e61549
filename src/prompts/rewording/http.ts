/** The routes of rewording, bound to their verbs. */
import { demandApplication } from '../../wire/caller.ts'
import { handle, type Mounted } from '../../wire/handle.ts'
import { reply } from '../../wire/route.ts'
import { getRewording, listRewordings, startRewording } from './contract.ts'
import type { Rewording } from './rewording.ts'

export const rewordingHttp = (rewording: Rewording): Mounted[] => [
  handle(startRewording, async ({ params, body, caller }) => {
    demandApplication(caller, params.name)
    const outcome = await rewording.start({ ...body, application: params.name, by: caller })
    if (outcome.kind === 'started') return reply(202, outcome)
    const { kind, quote } = outcome
    return kind === 'quote' ? reply(200, { kind, quote }) : reply(409, { kind, quote })
  }),
  handle(listRewordings, async ({ params, caller }) => {
    demandApplication(caller, params.name)
    return reply(200, { items: await rewording.list(params.name) })
  }),
  handle(getRewording, async ({ params, caller }) => {
    demandApplication(caller, params.name)
    return reply(200, await rewording.get(params.name, params.id))
  }),
]
