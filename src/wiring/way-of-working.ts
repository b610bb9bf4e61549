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

const OF_CHECK = 'evidence:'

/** An application has what it has evidence for; whether a gate is content with it is another question. */
const measureOf =
  ({ delivery, evidence }: Pick<Deps, 'delivery' | 'evidence'>): MaturitiesDeps['measure'] =>
  async (measures) => {
    const names = (await delivery.names()).map(({ name }) => name)
    const checks = measures.flatMap((measure) => (measure.startsWith(OF_CHECK) ? [measure.slice(OF_CHECK.length)] : []))
    const answered = await evidence.newestOf({ applications: names, checks })
    const have = new Map(
      checks.map((check) => [`${OF_CHECK}${check}`, answered.filter((one) => one.check === check).length]),
    )
    if (measures.includes('commit')) {
      const newest = await delivery.releases.newestMarks()
      have.set('commit', newest.filter(({ commit }) => commit !== null).length)
    }
    return { of: names.length, have }
  }
