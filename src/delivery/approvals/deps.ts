/** What approvals need from others, as functions; the composition root gives them. */
import type { ActorId } from '../../core/actor.ts'
import type { GateCatalogue } from '../../core/check.ts'
import type { Evidence, EvidenceDraft } from '../../core/evidence.ts'
import type { ReleaseId } from '../../core/release.ts'
import type { Stage } from '../../core/stage.ts'
import type { NewId } from '../../kernel/ids.ts'
import type { MicroUsd } from '../../kernel/money.ts'
import type { Clock } from '../../kernel/time.ts'
import type { Database, Tx } from '../../store/database.ts'
import type { RecordAudit } from '../../store/record-audit.ts'
import type { ChangeEvent } from '../../wire/events.ts'
import type { Judged } from '../gates.ts'

/** What an application has cost this month, and what it may. */
export type Spending = {
  readonly month: string
  readonly spentMicroUsd: MicroUsd
  readonly capMicroUsd: MicroUsd | null
}

export type ApprovalsDeps = {
  readonly db: Database
  readonly clock: Clock
  readonly newId: NewId
  readonly organisation: string
  readonly record: RecordAudit
  readonly publish: (event: ChangeEvent) => void
  readonly recordEvidence: (tx: Tx, draft: EvidenceDraft) => Promise<Evidence>
  readonly catalogue: GateCatalogue
  readonly judge: (reader: Database | Tx, release: ReleaseId, into: Stage) => Promise<Judged>
  /** Documents of an application; throws when there is none of this name. */
  readonly documentsOf: (application: string) => Promise<Judged['standing']['application']['documents']>
  /** The name of a person as people write it in blueprints; throws when there is no such actor. */
  readonly nameOf: (actor: ActorId) => string
  readonly spendingOf: (application: string) => Spending
}
