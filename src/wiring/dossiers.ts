/** Dossiers: the sections of delivery and evidence, then what capabilities know, then the log of what was done. */
import type { DossierSection } from '../core/dossier.ts'
import type { EvidenceId } from '../core/evidence.ts'
import { decisionsOf, dossierSectionsOf } from '../delivery/index.ts'
import { createDossiers, dossierHttp } from '../evidence/index.ts'
import type { Capability, CapabilityDeps } from './capabilities.ts'

export function wireDossiers(deps: CapabilityDeps, others: () => readonly DossierSection[]): Capability {
  const { delivery } = deps
  const releaseOf = delivery.getRelease
  const sections = () => [...dossierSectionsOf(delivery), evidenceSection(deps), ...others(), auditSection(deps)]
  const dossiers = createDossiers({ ...deps, releaseOf, sections })
  return { http: dossierHttp(dossiers, { releaseOf }) }
}

/** What was recorded on the release, and whatever a decision about it read. */
const evidenceSection = ({ evidence, delivery, db }: CapabilityDeps): DossierSection => ({
  name: 'evidence',
  title: 'Evidence, signed piece by piece',
  async read(release) {
    const all = await evidence.allOf(db, release.application)
    const own = all.filter((one) => one.release === release.id).map(({ id }) => id)
    const decisions = await decisionsOf(delivery, release)
    const read = decisions.flatMap(({ decision }) => decision.findings.flatMap((finding) => finding.evidence ?? []))
    const ids = [...new Set<EvidenceId>([...own, ...read])]
    return (await evidence.signed(ids)).map((piece) => ({
      name: piece.id,
      title: `${piece.check}, ${piece.trust}, ${piece.at}: ${piece.summary}`,
      body: piece,
    }))
  },
})

const MOST_ENTRIES = 10_000

/** Entries of the audit log about the release itself, with their places in its chain. */
const auditSection = ({ access }: CapabilityDeps): DossierSection => ({
  name: 'audit',
  title: 'What was done to it, from the audit log',
  async read({ id }) {
    const entries = await access.listAudit({ subject: id, limit: MOST_ENTRIES })
    return entries.toReversed().map((entry) => ({
      name: String(entry.position),
      title: `${entry.at} ${entry.action}`,
      body: entry,
    }))
  },
})
