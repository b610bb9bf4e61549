/** What training asks of others. */
import type { Application } from '../../core/application.ts'
import type { NewId } from '../../kernel/ids.ts'
import type { Clock } from '../../kernel/time.ts'
import type { Database } from '../../store/database.ts'
import type { RecordAudit } from '../../store/record-audit.ts'
import type { ChangeEvent } from '../../wire/events.ts'
import type { EvidenceDoor } from '../recount.ts'
import type { TrainingPack } from './policy.ts'

export type TrainingDeps = EvidenceDoor & {
  readonly db: Database
  readonly clock: Clock
  readonly newId: NewId
  readonly organisation: string
  /** The audit log, in the transaction of the change. */
  readonly record: RecordAudit
  readonly publish: (event: ChangeEvent) => void
  readonly pack: TrainingPack
  /** The documents of an application, as they stand; throws when there is none. */
  readonly documentsOf: (application: string) => Promise<Application['documents']>
  readonly applications: () => Promise<readonly Pick<Application, 'name' | 'documents'>[]>
}
