/** The routes of outside runs, bound to their verbs. */
import { demandApplication } from '../../wire/caller.ts'
import { handle, type Mounted } from '../../wire/handle.ts'
import { reply } from '../../wire/route.ts'
import { getOutsideRun, getOutsideRunReport, importOutsideRuns, listOutsideRuns } from './contract.ts'
import type { OutsideRuns } from './outside.ts'

type Deps = {
  /** Throws when there is no such application. */
  readonly demandKnown: (application: string) => Promise<void>
}

export const outsideHttp = (runs: OutsideRuns, { demandKnown }: Deps): Mounted[] => [
  handle(importOutsideRuns, async ({ params, body, caller }) => {
    demandApplication(caller, params.name)
    await demandKnown(params.name)
    return reply(201, { items: await runs.take({ ...body, application: params.name, by: caller.actor }) })
  }),
  handle(listOutsideRuns, async ({ params, query, caller }) => {
    demandApplication(caller, params.name)
    return reply(200, await runs.list(params.name, query))
  }),
  handle(getOutsideRun, async ({ params, caller }) => {
    const found = await runs.get(params.id)
    demandApplication(caller, found.application)
    return reply(200, found)
  }),
  handle(getOutsideRunReport, async ({ params, caller }) => {
    demandApplication(caller, (await runs.get(params.id)).application)
    return reply(200, await runs.report(params.id))
  }),
]
