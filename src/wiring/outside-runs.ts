/** Outside runs: their releases are known by git commit, and what they say of one is recorded as imported evidence. */
import type { Delivery } from '../delivery/index.ts'
import { createOutsideRuns, outsideHttp } from '../evals/index.ts'
import type { EvidenceLog } from '../evidence/index.ts'

type Deps = Pick<
  Parameters<typeof createOutsideRuns>[0],
  'db' | 'clock' | 'newId' | 'organisation' | 'record' | 'publish'
> & {
  readonly delivery: Delivery
  readonly evidence: EvidenceLog
}

/** A run in a pipeline is of a release that was frozen lately. */
const NEWEST = 50

export function wireOutsideRuns(deps: Deps) {
  const { delivery, evidence } = deps
  const runs = createOutsideRuns({
    ...deps,
    async releaseOfCommit(application, commit) {
      const { items } = await delivery.releases.list(application, { limit: NEWEST })
      return items.find((release) => release.commit === commit)?.id ?? null
    },
    async recordReport({ by, ...report }) {
      const recorded = await evidence.importReport({ ...report, example: false }, by)
      return recorded.map(({ id }) => id)
    },
    applicationOf: async (release) => (await delivery.getRelease(release)).application,
  })
  return { http: outsideHttp(runs, { demandKnown: async (name) => void (await delivery.getApplication(name)) }) }
}
