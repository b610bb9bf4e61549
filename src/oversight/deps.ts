/** What oversight is given; nothing here knows another slice. */
import type { ActorId } from '../core/actor.ts'
import type { Application } from '../core/application.ts'
import type { Turn } from '../core/conversation.ts'
import type { ReleaseId } from '../core/release.ts'
import type { Stage } from '../core/stage.ts'
import type { ContentSeal } from '../kernel/content-seal.ts'
import type { NewId } from '../kernel/ids.ts'
import type { Clock } from '../kernel/time.ts'
import type { Database } from '../store/database.ts'
import type { RecordAudit } from '../store/record-audit.ts'
import type { Caller } from '../wire/caller.ts'
import type { ChangeEvent } from '../wire/events.ts'

/** An answer that was given, as its trace has it. */
export type GivenAnswer = {
  readonly trace: string
  readonly application: string | null
  readonly stage: Stage | null
  readonly release: ReleaseId | null
  readonly turns: readonly Turn[]
  readonly answer: string
  readonly user: string | null
}

/** What a stop that was tried came to. */
export type StopTried = { readonly release: ReleaseId; readonly seconds: number | null; readonly answersAgain: boolean }

export type OversightDeps = {
  readonly db: Database
  readonly clock: Clock
  readonly newId: NewId
  readonly organisation: string
  readonly record: RecordAudit
  readonly publish: (event: ChangeEvent) => void
  /** How what is said is sealed; absent where nothing is, and nothing that is can be opened. */
  readonly seal: ContentSeal | undefined
  readonly documentsOf: (application: string) => Promise<Application['documents']>
  readonly applications: () => Promise<readonly Pick<Application, 'name' | 'documents'>[]>
  /** People who may act here. */
  readonly people: () => readonly { readonly id: ActorId; readonly name: string }[]
  readonly answerOf: (ask: { caller: Caller; id: string }) => Promise<GivenAnswer>
  /** Switches the application off, or says why it is off already. */
  readonly stop: (ask: { application: string; reason: string; by: ActorId }) => Promise<void>
  readonly whyStopped: (application: string) => string | undefined
  /** Makes a call of a tool of a release; resolves with what it gave, rejects with a `Failure`. */
  readonly makeCall: (call: { release: ReleaseId; tool: string; arguments: string }) => Promise<string>
  /** Asks, stops, asks until it is refused, switches it on and asks again, through the port. */
  readonly tryStop: (ask: { application: string; by: ActorId; signal: AbortSignal }) => Promise<StopTried>
}
