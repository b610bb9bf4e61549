/** The routes of wordings, bound to their verbs. */
import { demandApplication } from '../../wire/caller.ts'
import { handle, type Mounted } from '../../wire/handle.ts'
import { reply } from '../../wire/route.ts'
import { getWordingStability, makeWordings } from './contract.ts'
import type { Wordings } from './wording.ts'

export const wordingHttp = (wordings: Wordings): Mounted[] => [
  handle(makeWordings, async ({ params, body, caller }) => {
    const release = await wordings.releaseOf(params.id)
    demandApplication(caller, release.application)
    const made = await wordings.make(release, body)
    return made.kind === 'over-budget' ? reply(409, made) : reply(200, made)
  }),
  handle(getWordingStability, async ({ params, caller }) => {
    const found = await wordings.measuredBy(params.id)
    demandApplication(caller, found.application)
    return reply(200, { experiment: params.id, ...(await wordings.read(found)) })
  }),
]
