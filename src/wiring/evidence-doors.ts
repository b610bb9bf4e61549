/** The doors of evidence: what is recorded, and the probe of a cap that records some. */
import { type CapProbeDeps, capProbesHttp } from '../assurance/index.ts'
import type { Delivery } from '../delivery/index.ts'
import { type EvidenceLog, evidenceHttp } from '../evidence/index.ts'
import type { Mounted } from '../wire/handle.ts'

export const evidenceDoors = ({
  evidence,
  delivery,
  producers,
}: {
  evidence: EvidenceLog
  delivery: Pick<Delivery, 'subjectOf' | 'getRelease' | 'getApplication'>
  producers: CapProbeDeps['producers']
}): Mounted[] => [
  ...evidenceHttp(evidence, { subjectOf: delivery.subjectOf }),
  ...capProbesHttp({
    producers,
    releaseOf: delivery.getRelease,
    applicationOf: delivery.getApplication,
    record: evidence.recordAll,
  }),
]
