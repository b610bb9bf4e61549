/** What approvals are given. */
import type { NewId } from '../../kernel/ids.ts'
import type { Clock } from '../../kernel/time.ts'
import type { Database } from '../../store/database.ts'
import type { RecordAudit } from '../../store/record-audit.ts'
import type { Remember } from '../../store/remember.ts'
import type { ChangeEvent } from '../../wire/events.ts'
import type { CardField } from '../cards/index.ts'
import type { LicenceObligations } from '../obligations/index.ts'
import type { LineageStanding } from '../training-runs/index.ts'

export type ApprovalsDeps = {
  readonly db: Database
  readonly clock: Clock
  readonly newId: NewId
  readonly organisation: string
  readonly record: RecordAudit
  readonly publish: (event: ChangeEvent) => void
  readonly remember?: Remember
  /** The parsed content of `packs/model-rules/core.json`. */
  readonly pack: unknown
  /** What is known of a model. Throws for an unknown one. */
  readonly fieldsOf: (model: string) => readonly CardField[]
  /** What its licence asks for; unknown for a model that is not here any more. */
  readonly obligationsOf: (model: string) => LicenceObligations
  /** What is missing in the lineage of a model of our own; null for one that was not trained here. */
  readonly lineageOf: (model: string) => LineageStanding | null
}
