/** What datasets need from others, as functions; the wiring gives them. */
import type { ActorId } from '../../core/actor.ts'
import type { NewId } from '../../kernel/ids.ts'
import type { Clock } from '../../kernel/time.ts'
import type { Blobs } from '../../store/blobs.ts'
import type { Database, Tx } from '../../store/database.ts'
import type { ChangeEvent } from '../../wire/events.ts'
import type { ExamplesOf } from './part.ts'

/** Something in a text that tells who somebody is: its kind, and what it looks like without giving it away. */
export type PersonalFinding = { readonly kind: string; readonly shown: string }

export type DatasetsDeps = {
  readonly db: Database
  readonly blobs: Blobs
  readonly clock: Clock
  readonly newId: NewId
  readonly organisation: string
  readonly publish: (event: ChangeEvent) => void
  /** The audit log. */
  readonly record: (
    tx: Tx,
    entry: {
      actor: ActorId
      action: string
      subject: string
      application?: string | null
      detail?: Record<string, unknown>
    },
  ) => Promise<void>
  readonly examplesOf: ExamplesOf
  readonly personalDataIn: (text: string) => readonly PersonalFinding[]
}
