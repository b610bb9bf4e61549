/** How records of people and papers become evidence, and how it is known what was said before. */
import type { Delivery } from '../delivery/index.ts'
import type { EvidenceLog } from '../evidence/index.ts'
import type { EvidenceDoor } from '../governance/index.ts'

/** More attestations than that after one another are not looked behind. */
const FAR_ENOUGH = 50

export const evidenceDoor = (
  slices: () => { readonly evidence: EvidenceLog; readonly delivery: Delivery },
): EvidenceDoor => ({
  recordEvidence: (tx, draft) => slices().evidence.record(tx, draft),
  async newestAnswer(application, check) {
    const { items } = await slices().evidence.list({ application, check }, { limit: FAR_ENOUGH })
    return items.find(({ trust }) => trust !== 'attested')
  },
  async standingRelease(application) {
    const { applications, releases } = slices().delivery
    const live = (await applications.get(application)).stages.findLast(({ release }) => release !== null)
    return live?.release?.id ?? (await releases.newest(application))?.id ?? null
  },
})
