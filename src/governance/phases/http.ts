/** HTTP of objects by phase. */
import { demandApplication } from '../../wire/caller.ts'
import { handle, type Mounted } from '../../wire/handle.ts'
import { reply } from '../../wire/route.ts'
import { listObjects } from './contract.ts'
import type { Phases } from './phases.ts'

export const phasesHttp = (phases: Phases): Mounted[] => [
  handle(listObjects, async ({ query: { phase, kind, application }, caller }) => {
    if (application !== undefined) demandApplication(caller, application)
    return reply(200, await phases.list({ phase, kind, application, caller }))
  }),
]
