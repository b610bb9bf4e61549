/** HTTP of flows: asking a release outside of the gateway, with the same caps and a trace. */
import type { Release, ReleaseId } from '../core/release.ts'
import { demandApplication } from '../wire/caller.ts'
import { handle, type Mounted } from '../wire/handle.ts'
import { reply } from '../wire/route.ts'
import { answerOutside, type OutsideDeps } from './answer-outside.ts'
import { answerRelease } from './contract.ts'

export const flowsHttp = ({
  releaseOf,
  ...deps
}: OutsideDeps & { readonly releaseOf: (id: ReleaseId) => Promise<Release> }): Mounted[] => [
  handle(answerRelease, async ({ params, body, caller, signal }) => {
    const release = await releaseOf(params.id)
    demandApplication(caller, release.application)
    return reply(200, await answerOutside(deps, { ...body, caller, release, signal }))
  }),
]
