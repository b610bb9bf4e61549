/** HTTP of crosswalks. */
import { demandApplication } from '../../wire/caller.ts'
import { handle, type Mounted } from '../../wire/handle.ts'
import { reply } from '../../wire/route.ts'
import { paperResponse } from '../plan/paper-response.ts'
import { comparePack, exportControlCoverage, getControlCoverage } from './contract.ts'
import type { Crosswalks } from './crosswalks.ts'

/** No application has this name, so that only callers who may see all of them pass. */
const EVERY_APPLICATION = '*'

export const crosswalksHttp = (crosswalks: Crosswalks): Mounted[] => [
  handle(getControlCoverage, async ({ params: { name }, caller }) => {
    demandApplication(caller, name)
    return reply(200, await crosswalks.coverage(name))
  }),
  handle(exportControlCoverage, async ({ params: { name }, query: { format }, caller }) => {
    demandApplication(caller, name)
    return paperResponse(await crosswalks.export({ name, format }), { format, name: `${name}-coverage` })
  }),
  handle(comparePack, async ({ body, caller }) => {
    demandApplication(caller, EVERY_APPLICATION)
    return reply(200, await crosswalks.changes(body))
  }),
]
