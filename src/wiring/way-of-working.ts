/** How the organisation works: its maturity beside what evidence shows, and remarks on the governance itself. */
import type { EvidenceLog } from '../evidence/index.ts'
import { createMaturities, createRemarks, type MaturitiesDeps, maturityHttp, remarksHttp } from '../governance/index.ts'
import type { GovernanceWiring } from './governance.ts'
import { readPacks } from './packs.ts'

type Deps = GovernanceWiring & { readonly root: string; readonly evidence: EvidenceLog }

export function wireWayOfWorking(deps: Deps) {
  const maturities = createMaturities({ ...deps, ...readPacks(deps.root), measure: measureOf(deps) })
  const remarks = createRemarks(deps)
  return { http: [...maturityHttp(maturities), ...remarksHttp(remarks)], personalPlaces: remarks.personalPlaces }
}

/** Of one check; an installation with more has measured enough. */
const MOST_EVIDENCE = 1000

/** An application has what it has evidence for; whether a gate is content with it is another question. */
const measureOf =
  ({ delivery, evidence }: Pick<Deps, 'delivery' | 'evidence'>): MaturitiesDeps['measure'] =>
  async (measures) => {
    const names = (await delivery.declaredPrivacy()).map(({ application }) => application)
    const newest = await Promise.all(names.map((name) => delivery.releases.newest(name)))
    const have = new Map<string, number>()
    for (const measure of measures) {
      if (measure === 'commit') {
        have.set(measure, newest.filter((release) => release?.commit != null).length)
        continue
      }
      const check = measure.slice('evidence:'.length)
      const { items } = await evidence.list({ check }, { limit: MOST_EVIDENCE })
      const answered = new Set(items.map(({ application }) => application))
      have.set(measure, names.filter((name) => answered.has(name)).length)
    }
    return { of: names.length, have }
  }
