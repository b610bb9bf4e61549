/**
 * Sections of a dossier: what each slice knows of one release, for somebody who has no server of ours. Who delivers a
 * section knows nothing of the container, and the container nothing of what is in it.
 */
import type { Release } from './release.ts'

/** One thing in a dossier, under a name that is unique within its section. */
export type DossierEntry = {
  readonly name: string
  /** One line for people. */
  readonly title: string
  /** JSON. */
  readonly body: unknown
}

export type DossierSection = {
  /** `gates`, `approvals`, … */
  readonly name: string
  readonly title: string
  /** Oldest first; none where there is nothing to show, which the dossier says. */
  read(release: Release): Promise<readonly DossierEntry[]>
}
