/** What drills of faults are given, and what one of them carries from the request that starts it to the job that does it. */
import type { ActorId } from '../../core/actor.ts'
import type { Evidence, EvidenceDraft } from '../../core/evidence.ts'
import type { GuardVerdict } from '../../core/guardrail.ts'
import type { Name } from '../../core/names.ts'
import type { Release, ReleaseId } from '../../core/release.ts'
import type { Stage } from '../../core/stage.ts'
import type { NewId } from '../../kernel/ids.ts'
import type { MicroUsd } from '../../kernel/money.ts'
import type { Database, Tx } from '../../store/database.ts'
import type { Jobs } from '../../store/jobs.ts'
import type { RecordAudit } from '../../store/record-audit.ts'
import type { FaultPlan, FaultQuote, StartFaultDrill } from './contract.ts'

/** What is kept of a request. */
export type DrillTrace = {
  readonly verdicts: readonly GuardVerdict[]
  readonly costMicroUsd: MicroUsd | null
}

/** A fallback of the release: whether a suite of its own has a threshold, and whether it was run. */
export type FallbackStanding = { readonly name: string; readonly hasSuite: boolean; readonly isMeasured: boolean }

export type Port = { readonly baseUrl: string; readonly token: string }

export type FaultDeps = {
  readonly db: Database
  readonly jobs: Pick<Jobs, 'handle' | 'enqueue' | 'list'>
  readonly newId: NewId
  readonly organisation: string
  readonly record: RecordAudit
  readonly releaseOf: (id: ReleaseId) => Promise<Release>
  /** Where the release answers everybody. Throws where it does not. */
  readonly stageOf: (release: Release) => Stage
  /** The first question of a suite that is not held out. Throws where there is none. */
  readonly questionOf: (release: Release) => Promise<string>
  /** What one answer of a release costs, as it is or by one of its fallbacks alone; null when a price is not known. */
  readonly estimate: (release: Release, question: string, fallback: string | undefined) => Promise<MicroUsd | null>
  /** Requests a minute that the application may take; null where it may take any. */
  readonly capOf: (application: Name) => number | null
  /** The one key to whose requests faults happen; it is made for the drill and leaves with it. */
  readonly withKey: <Result>(
    ask: { readonly release: Release; readonly by: ActorId },
    work: (port: Port) => Promise<Result>,
  ) => Promise<Result>
  /** Undefined where it does not come. */
  readonly traceOf: (release: Release, traceId: string) => Promise<DrillTrace | undefined>
  readonly fallbacksOf: (release: Release) => Promise<readonly FallbackStanding[]>
  readonly recordEvidence: (tx: Tx, draft: EvidenceDraft) => Promise<Pick<Evidence, 'id'>>
}

/** What a job is given; written by `start` alone. */
export type FaultInput = Pick<StartFaultDrill, 'maxCostMicroUsd'> & {
  readonly application: Name
  readonly release: ReleaseId
  readonly plan: FaultPlan
  readonly quote: FaultQuote
  /** Requests a minute at most, so that users find room beside the drill; null where there is no cap. */
  readonly perMinute: number | null
  readonly by: ActorId
}
