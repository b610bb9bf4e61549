/** How a slice tells the audit log of a change. The log itself is the slice `access`. */
import type { ActorId } from '../core/actor.ts'
import type { Tx } from './database.ts'

/** What a slice says about a change; the log adds position, time and digests. */
export type AuditDraft = {
  actor: ActorId
  /** `slice.verb` */
  action: string
  /** Id or name of what it was done to. */
  subject: string
  application?: string | null
  detail?: Record<string, unknown>
}

/** Writes the entry in the transaction of the change, so that there is never one without the other. */
export type RecordAudit = (tx: Tx, entry: AuditDraft) => Promise<void>
