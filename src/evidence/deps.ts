/** What evidence needs from others, as functions; `airworthy.ts` gives them. */
import type { ActorId } from '../core/actor.ts'
import type { Check } from '../core/check.ts'
import type { EvidenceDraft } from '../core/evidence.ts'
import type { Part } from '../core/manifest.ts'
import type { ReleaseId } from '../core/release.ts'
import type { NewId } from '../kernel/ids.ts'
import type { Secret } from '../kernel/secret.ts'
import type { Clock } from '../kernel/time.ts'
import type { Database } from '../store/database.ts'
import type { RecordAudit } from '../store/record-audit.ts'
import type { ChangeEvent } from '../wire/events.ts'
import type { Subject } from './attestation.ts'

/** Reads a tool's own report. Throws `Failure` with every problem when it is not well formed. */
export type Importer = (
  content: string,
  context: { release: ReleaseId; application: string; parts: readonly Part[]; by: ActorId; example: boolean },
) => EvidenceDraft[] | Promise<EvidenceDraft[]>

export type EvidenceDeps = {
  readonly db: Database
  readonly clock: Clock
  readonly newId: NewId
  readonly organisation: string
  /** Ed25519, PKCS#8 in PEM, for the first, second, … key; the same one each time. `newSigningKey` makes one. */
  readonly signingKeyOf: (generation: number) => Secret
  readonly record: RecordAudit
  readonly publish: (event: ChangeEvent) => void
  /** Of the catalogue: what a person may attest, and how old evidence may be. */
  readonly checks: readonly Check[]
  /** Throws when there is no such release. */
  readonly subjectOf: (release: ReleaseId) => Promise<Subject>
  /** By tool, for example `training-records`. */
  readonly importers: Readonly<Record<string, Importer>>
}
