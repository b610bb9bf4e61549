/** HTTP of the threat model. */
import { demandApplication } from '../../wire/caller.ts'
import { handle, type Mounted } from '../../wire/handle.ts'
import { reply } from '../../wire/route.ts'
import { getThreatModel } from './contract.ts'
import type { ThreatModels } from './models.ts'

export const threatsHttp = (models: ThreatModels): Mounted[] => [
  handle(getThreatModel, async ({ params: { name }, caller }) => {
    demandApplication(caller, name)
    return reply(200, await models.of(name))
  }),
]
