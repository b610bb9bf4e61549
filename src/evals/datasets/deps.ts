/** What datasets need from others, as functions; the wiring gives them. */
import type { Turn } from '../../core/conversation.ts'
import type { NewId } from '../../kernel/ids.ts'
import type { Clock } from '../../kernel/time.ts'
import type { Blobs } from '../../store/blobs.ts'
import type { Database } from '../../store/database.ts'
import type { RecordAudit } from '../../store/record-audit.ts'
import type { Caller } from '../../wire/caller.ts'
import type { ChangeEvent } from '../../wire/events.ts'
import type { ExamplesOf } from './examples-of.ts'

/** Something in a text that tells who somebody is: its kind, and what it looks like without giving it away. */
export type PersonalFinding = { readonly kind: string; readonly shown: string }

/** What of a trace becomes a case. */
export type TracedCase = {
  readonly turns: readonly Turn[]
  readonly answer: string
  readonly application: string | null
  readonly release: string | null
  /** What it should have been, where somebody said so. */
  readonly correction: string | null
}

export type DatasetsDeps = {
  readonly db: Database
  readonly blobs: Blobs
  readonly clock: Clock
  readonly newId: NewId
  readonly organisation: string
  readonly publish: (event: ChangeEvent) => void
  /** The audit log. */
  readonly record: RecordAudit
  readonly examplesOf: ExamplesOf
  /** What was asked and answered in a trace that the caller may read; throws for another one. */
  readonly traceOf: (caller: Caller, trace: string) => Promise<TracedCase>
  /** Throws where the class that the inventory of its application gives the dataset keeps the caller out. */
  readonly demandData: (
    caller: Pick<Caller, 'actor' | 'role'>,
    ask: { application: string; dataset: string },
  ) => Promise<void>
  readonly personalDataIn: (text: string) => readonly PersonalFinding[]
}
