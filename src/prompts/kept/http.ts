/** The route of keeping a session, bound to its verb. */
import { demandApplication } from '../../wire/caller.ts'
import { handle, type Mounted } from '../../wire/handle.ts'
import { reply } from '../../wire/route.ts'
import { keepAsApplication } from './contract.ts'
import type { Kept } from './kept.ts'

export const keptHttp = (kept: Kept): Mounted[] => [
  handle(keepAsApplication, async ({ body, caller }) => {
    demandApplication(caller, body.name)
    if (body.from.kind === 'release') demandApplication(caller, (await kept.releaseOf(body.from.release)).application)
    return reply(201, { name: body.name, ...(await kept.keep(body, caller)) })
  }),
]
