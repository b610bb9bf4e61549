/** The routes of swapped models, bound to their verbs. */
import type { ReleaseId } from '../../core/release.ts'
import { type Caller, demandApplication } from '../../wire/caller.ts'
import { handle, type Mounted } from '../../wire/handle.ts'
import { reply } from '../../wire/route.ts'
import type { EvalsDeps } from '../deps.ts'
import { getModelSwap, runModelSwapProbes } from './contract.ts'
import type { Swaps } from './swaps.ts'

export function swapsHttp(swaps: Swaps, { releaseOf }: Pick<EvalsDeps, 'releaseOf'>): Mounted[] {
  const allowed = async (caller: Caller, id: ReleaseId) => demandApplication(caller, (await releaseOf(id)).application)
  return [
    handle(getModelSwap, async ({ params, caller }) => {
      await allowed(caller, params.id)
      return reply(200, await swaps.get(params.id, caller.actor))
    }),
    handle(runModelSwapProbes, async ({ params, body, caller }) => {
      await allowed(caller, params.id)
      const outcome = await swaps.run({ ...body, id: params.id, by: caller.actor })
      return outcome.kind === 'started' ? reply(201, outcome) : reply(409, outcome)
    }),
  ]
}
