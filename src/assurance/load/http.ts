/** The routes of load runs, bound to their verbs. */
import type { Release, ReleaseId } from '../../core/release.ts'
import { demandApplication } from '../../wire/caller.ts'
import { handle, type Mounted } from '../../wire/handle.ts'
import { reply } from '../../wire/route.ts'
import { listLoadRuns, startLoadRun } from './contract.ts'
import type { LoadRuns } from './load.ts'

export const loadRunsHttp = (runs: LoadRuns, releaseOf: (id: ReleaseId) => Promise<Release>): Mounted[] => [
  handle(startLoadRun, async ({ params, body, caller }) => {
    demandApplication(caller, (await releaseOf(params.id)).application)
    const found = await runs.start(params.id, body, caller.actor)
    if (found.kind === 'started') return reply(202, found)
    const { kind, plan, quote } = found
    return kind === 'quote' ? reply(200, { kind, plan, quote }) : reply(409, { kind, plan, quote })
  }),
  handle(listLoadRuns, async ({ params, caller }) => {
    demandApplication(caller, (await releaseOf(params.id)).application)
    return reply(200, { items: await runs.list(params.id) })
  }),
]
