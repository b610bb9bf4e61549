/** What load runs are given, and what one of them carries from the request that starts it to the job that does it. */
import type { ActorId } from '../../core/actor.ts'
import type { Turn } from '../../core/conversation.ts'
import type { Evidence, EvidenceDraft } from '../../core/evidence.ts'
import type { Name } from '../../core/names.ts'
import type { Release, ReleaseId } from '../../core/release.ts'
import type { Stage } from '../../core/stage.ts'
import type { NewId } from '../../kernel/ids.ts'
import type { MicroUsd } from '../../kernel/money.ts'
import type { Instant } from '../../kernel/time.ts'
import type { Database, Tx } from '../../store/database.ts'
import type { Jobs } from '../../store/jobs.ts'
import type { LoadPlan, LoadQuote, ModelAsked, StartLoadRun } from './contract.ts'
import type { KnownLimit } from './quotas.ts'

export type Question = readonly Pick<Turn, 'role' | 'content'>[]
export type QuestionsAsk = Pick<StartLoadRun, 'questions' | 'suite'> & {
  readonly release: Release
  readonly stage: Stage
}

export type LoadDeps = {
  readonly db: Database
  readonly jobs: Pick<Jobs, 'handle' | 'enqueue' | 'list'>
  readonly newId: NewId
  readonly organisation: string
  readonly releaseOf: (id: ReleaseId) => Promise<Release>
  /** Where the release answers everybody. Throws where it does not, or where people look at its answers. */
  readonly stageOf: (release: Release) => Stage
  /** Throws where there are none. */
  readonly questionsOf: (ask: QuestionsAsk) => Promise<readonly Question[]>
  /** What one answer will cost; null when a price is not known. */
  readonly estimate: (release: Release, question: Question) => Promise<MicroUsd | null>
  /** Requests a minute that the application may take; null where it may take any. */
  readonly capOf: (application: Name) => number | null
  /** A key of the application that is made for the run and leaves with it. */
  readonly withKey: <Result>(
    ask: { readonly release: Release; readonly by: ActorId; readonly hours: number },
    work: (port: { readonly baseUrl: string; readonly token: string }) => Promise<Result>,
  ) => Promise<Result>
  /** What the requests of a run asked of models at providers, with everything that was recorded. */
  readonly askedIn: (ask: {
    readonly application: Name
    readonly run: string
    readonly since: Instant
  }) => Promise<{ readonly requests: number; readonly models: readonly ModelAsked[] }>
  /** What is known now of the quotas of providers. */
  readonly quotas: () => Promise<(model: string) => readonly KnownLimit[]>
  /** Processes that answer. */
  readonly processes: number
  readonly recordEvidence: (tx: Tx, draft: EvidenceDraft) => Promise<Pick<Evidence, 'id'>>
}

/** What a job is given; written by `start` alone. */
export type LoadInput = Pick<StartLoadRun, 'questions' | 'suite' | 'maxCostMicroUsd'> & {
  readonly application: Name
  readonly release: ReleaseId
  readonly plan: LoadPlan
  readonly quote: LoadQuote
  readonly by: ActorId
}
