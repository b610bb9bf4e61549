/** Dossiers: the sections of delivery and evidence, then what capabilities know, then the log of what was done. */
import type { Access } from '../access/index.ts'
import type { DossierSection } from '../core/dossier.ts'
import type { EvidenceId } from '../core/evidence.ts'
import { type Delivery, decisionsOf, dossierSectionsOf } from '../delivery/index.ts'
import { createDossiers, type DossierDeps, dossierHttp, type EvidenceLog } from '../evidence/index.ts'

type Deps = Pick<DossierDeps, 'db' | 'clock' | 'record'> & {
  readonly access: Access
  readonly delivery: Delivery
  readonly evidence: EvidenceLog
}

export function wireDossiers(deps: Deps, others: () => readonly DossierSection[]) {
  const { delivery } = deps
  const releaseOf = delivery.getRelease
  const sections = () => [...dossierSectionsOf(delivery), evidenceSection(deps), ...others(), auditSection(deps)]
  const dossiers = createDossiers({ ...deps, releaseOf, sections })
  return { http: dossierHttp(dossiers, { releaseOf }) }
}

/** What was recorded on the release, and whatever a decision about it read. */
const evidenceSection = ({ evidence, delivery, db }: Deps): DossierSection => ({
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
const auditSection = ({ access }: Deps): DossierSection => ({
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
