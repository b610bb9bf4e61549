/**
 * The dossier: everything on one release in one signed archive, for somebody who trusts nobody here. Made anew at each
 * export from what stands, and noted in the audit log.
 */
import type { ActorId } from '../../core/actor.ts'
import type { DossierSection } from '../../core/dossier.ts'
import type { Release, ReleaseId } from '../../core/release.ts'
import type { Clock } from '../../kernel/time.ts'
import { type Database, inTransaction } from '../../store/database.ts'
import type { RecordAudit } from '../../store/record-audit.ts'
import type { EvidenceLog } from '../evidence.ts'
import { type Link, sealed } from './container.ts'
import { printOf } from './print.ts'

export type Dossiers = ReturnType<typeof createDossiers>

export type DossierDeps = {
  readonly db: Database
  readonly clock: Clock
  readonly record: RecordAudit
  readonly evidence: Pick<EvidenceLog, 'keys' | 'seal'>
  readonly releaseOf: (id: ReleaseId) => Promise<Release>
  /** In the order in which they are read; asked for at each use, because slices are made one after the other. */
  readonly sections: () => readonly DossierSection[]
}

export const PRINT = 'print'

export function createDossiers({ db, clock, record, evidence, releaseOf, sections }: DossierDeps) {
  async function linksOf(release: Release): Promise<Link[]> {
    const links: Link[] = []
    for (const section of sections())
      for (const entry of await section.read(release)) links.push({ section: section.name, ...entry })
    return links
  }

  return {
    async contents(id: ReleaseId) {
      const release = await releaseOf(id)
      const items = []
      for (const { name, title, read } of sections())
        items.push({ name, title, entries: (await read(release)).map((entry) => entry.title) })
      return { items }
    },

    /** The archive, and the print that is its last link. */
    async export(id: ReleaseId, by: { actor: ActorId; name: string }) {
      const release = await releaseOf(id)
      const links = await linksOf(release)
      const { number, digest } = release
      const keys = [...(await evidence.keys())]
      const head = { application: release.application, release: { id, number, digest }, at: clock(), by: by.name, keys }
      const titles = sections().map(({ name, title }) => ({ name, title }))
      const print = printOf({ head, links, titles })
      const all = [...links, { section: PRINT, name: 'dossier.html', title: 'The same to read', body: print }]
      const archive = await sealed(head, all, evidence.seal)
      await inTransaction(db, (tx) =>
        record(tx, {
          actor: by.actor,
          action: 'evidence.dossier-export',
          subject: id,
          application: release.application,
          detail: { digest: archive.digest, links: all.length },
        }),
      )
      return { ...archive, print, release }
    },
  }
}
