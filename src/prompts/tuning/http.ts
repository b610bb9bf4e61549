/** The routes of tuning, bound to their verbs. */
import { demandApplication } from '../../wire/caller.ts'
import { handle, type Mounted } from '../../wire/handle.ts'
import { reply } from '../../wire/route.ts'
import { getTuning, listTunings, startTuning } from './contract.ts'
import type { Tuning } from './tuning.ts'

export const tuningHttp = (tuning: Tuning): Mounted[] => [
  handle(startTuning, async ({ params, body: { dryRun, ...body }, caller }) => {
    demandApplication(caller, (await tuning.releaseOf(params.id)).application)
    const ask = { release: params.id, ...body }
    if (dryRun) return reply(200, { kind: 'quote', ...(await tuning.quote(ask)) })
    return reply(202, { kind: 'started', id: await tuning.start(ask) })
  }),
  handle(listTunings, async ({ params, caller }) => {
    demandApplication(caller, params.name)
    return reply(200, { items: await tuning.list(params.name) })
  }),
  handle(getTuning, async ({ params, caller }) => {
    const found = await tuning.get(params.id)
    demandApplication(caller, found.application)
    return reply(200, found)
  }),
]
