/** The route of coverage, bound to its verb. */
import type { Release, ReleaseId } from '../../core/release.ts'
import { demandApplication } from '../../wire/caller.ts'
import { handle, type Mounted } from '../../wire/handle.ts'
import { reply } from '../../wire/route.ts'
import { getCoverage } from './contract.ts'
import type { CoverageOf } from './producer.ts'

export const coverageHttp = ({
  coverageOf,
  releaseOf,
}: {
  coverageOf: CoverageOf
  releaseOf: (id: ReleaseId) => Promise<Release>
}): Mounted[] => [
  handle(getCoverage, async ({ params, query, caller }) => {
    const release = await releaseOf(params.id)
    demandApplication(caller, release.application)
    return reply(200, await coverageOf(release, query.stage))
  }),
]
