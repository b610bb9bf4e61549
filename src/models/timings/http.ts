/** The routes of timings, bound to their verbs. */
import { demandApplication } from '../../wire/caller.ts'
import { handle, type Mounted } from '../../wire/handle.ts'
import { reply } from '../../wire/route.ts'
import { listModelTimings, startModelTiming } from './contract.ts'
import type { Timings } from './timings.ts'

export const timingsHttp = (timings: Timings): Mounted[] => [
  handle(startModelTiming, async ({ params, body: { dryRun, ...body }, caller }) => {
    demandApplication(caller, params.name)
    const ask = { application: params.name, ...body }
    if (dryRun) return reply(200, { kind: 'quote', ...(await timings.quote(ask)) })
    return reply(202, { kind: 'started', id: await timings.start(ask) })
  }),
  handle(listModelTimings, async ({ params, caller }) => {
    demandApplication(caller, params.name)
    return reply(200, { items: await timings.list(params.name) })
  }),
]
