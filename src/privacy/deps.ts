/** What privacy needs from others; the composition root gives it. */
import type { ActorId } from '../core/actor.ts'
import type { Sought } from '../core/data-subject.ts'
import type { Signed } from '../kernel/dsse.ts'
import type { NewId } from '../kernel/ids.ts'
import type { RandomBytes } from '../kernel/random.ts'
import type { Secret } from '../kernel/secret.ts'
import type { Clock, Instant } from '../kernel/time.ts'
import type { Database } from '../store/database.ts'
import type { Jobs } from '../store/jobs.ts'
import type { PersonalPlace } from '../store/personal-data.ts'
import type { RecordAudit } from '../store/record-audit.ts'
import type { ChangeEvent } from '../wire/events.ts'

export type RetentionDeps = {
  readonly db: Database
  readonly clock: Clock
  readonly organisation: string
  /** Applications with what their blueprint says under `privacy`. */
  readonly declared: () => Promise<{ application: string; privacy: unknown }[]>
  /** Days for what says nothing; undefined: it stays. */
  readonly usualDays: number | undefined
  readonly removeOld: (ask: { application: string | null; before: Instant; signal: AbortSignal }) => Promise<number>
  readonly record: RecordAudit
}

export type PrivacyDeps = RetentionDeps & {
  readonly jobs: Pick<Jobs, 'handle' | 'enqueue'>
  readonly newId: NewId
  readonly random: RandomBytes
  readonly masterKey: Secret
  readonly fingerprints: Secret
  /** Signs receipts with the key that signs evidence. */
  readonly seal: (payloadType: string, payload: Buffer) => Promise<Signed>
  readonly systemActor: ActorId
  readonly publish: (event: ChangeEvent) => void
  /** In the order in which they are cleared: what is found by something else before that. */
  readonly places: readonly PersonalPlace[]
  /** Brings what waits outside the database into it. */
  readonly settle: () => Promise<void>
  readonly traceIdsOf: (sought: Sought) => Promise<string[]>
  /** The file that outlives the database. */
  readonly keptList: string
  /** How long back-ups are kept, in days. */
  readonly backupDays: number
  /** Copies that are not ours to change, each a sentence. */
  readonly elsewhere: readonly string[]
}
