/** What the sub-slices of governance need from others, as functions; the composition root gives them. */
import type { ActorId, Permission } from '../core/actor.ts'
import type { Application } from '../core/application.ts'
import type { Blueprint } from '../core/blueprint/blueprint.ts'
import type { BlueprintFiles } from '../core/blueprint/files.ts'
import type { Digest } from '../kernel/digest.ts'
import type { NewId } from '../kernel/ids.ts'
import type { Clock } from '../kernel/time.ts'
import type { Database } from '../store/database.ts'
import type { RecordAudit } from '../store/record-audit.ts'
import type { ChangeEvent } from '../wire/events.ts'

/** Who writes, and what this person may do. */
export type Keeper = { readonly actor: ActorId; readonly permissions: ReadonlySet<Permission> }

export type GovernanceDeps = {
  readonly db: Database
  readonly clock: Clock
  readonly newId: NewId
  readonly organisation: string
  /** The audit log, in the transaction of the change. */
  readonly record: RecordAudit
  readonly publish: (event: ChangeEvent) => void
  /** Throws when there is none. */
  readonly applicationOf: (name: string) => Promise<Application>
  /** The files as they stand, parsed, with the digest of their bytes. */
  readonly blueprintOf: (name: string) => Promise<{ files: BlueprintFiles; blueprint: Blueprint; bytes: Digest }>
  /** Keeps one file through the door that all blueprints go through. */
  readonly putFile: (ask: {
    name: string
    path: string
    file: string
    ifMatch?: string | undefined
    by: Keeper
  }) => Promise<unknown>
}
