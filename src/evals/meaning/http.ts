/** The routes of the cache by meaning, bound to their verbs. */
import { type Caller, demandApplication } from '../../wire/caller.ts'
import { handle, type Mounted } from '../../wire/handle.ts'
import { reply } from '../../wire/route.ts'
import type { EvalsDeps } from '../deps.ts'
import { getMeaningStanding, measureMeaning } from './contract.ts'
import type { Meaning } from './meaning.ts'

export function meaningHttp(meaning: Meaning, { releaseOf }: Pick<EvalsDeps, 'releaseOf'>): Mounted[] {
  const allowed = async (caller: Caller, id: Parameters<typeof releaseOf>[0]) => {
    const release = await releaseOf(id)
    demandApplication(caller, release.application)
    return release
  }
  return [
    handle(getMeaningStanding, async ({ params, caller }) =>
      reply(200, await meaning.standingOf(await allowed(caller, params.id))),
    ),
    handle(measureMeaning, async ({ params, caller, signal }) =>
      reply(200, await meaning.measure(await allowed(caller, params.id), { by: caller.actor, signal })),
    ),
  ]
}
