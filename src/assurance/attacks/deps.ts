/** What attack runs are given, and what one of them carries from the request that starts it to the job that does it. */
import type { ActorId } from '../../core/actor.ts'
import type { Evidence, EvidenceDraft } from '../../core/evidence.ts'
import type { Name } from '../../core/names.ts'
import type { Release, ReleaseId } from '../../core/release.ts'
import type { NewId } from '../../kernel/ids.ts'
import type { MicroUsd } from '../../kernel/money.ts'
import type { RandomBytes } from '../../kernel/random.ts'
import type { Database, Tx } from '../../store/database.ts'
import type { Jobs } from '../../store/jobs.ts'
import type { AttackPlan, AttackQuote, StartAttackRun } from './contract.ts'
import type { AttackPack } from './pack.ts'
import type { Attack, Question } from './plan.ts'

/** What a release said to one attack. */
export type Attacked = {
  readonly answer: string
  /** A guardrail refused the question or the answer. */
  readonly isBlocked: boolean
  /** Whether the planted text was among what a model read; true where none was planted. */
  readonly wasRead: boolean
  readonly costMicroUsd: MicroUsd | null
  readonly trace: string
}

/** Asks the release, with a key that is made for the run. Throws a `Failure` as a client would get it. */
export type AskRelease = (
  release: Release,
  asked: Pick<Attack, 'turns' | 'planted' | 'way'> & { readonly signal: AbortSignal },
) => Promise<Attacked>

export type AttackDeps = {
  readonly db: Database
  readonly jobs: Pick<Jobs, 'handle' | 'enqueue' | 'list'>
  readonly newId: NewId
  readonly random: RandomBytes
  readonly organisation: string
  readonly pack: AttackPack
  readonly releaseOf: (id: ReleaseId) => Promise<Release>
  /** Of a suite, none held out; empty where the release has no suite. Throws where the named one is not there. */
  readonly questionsOf: (release: Release, suite: string | undefined) => Promise<readonly Question[]>
  /** What one answer will cost; null when a price is not known. */
  readonly estimate: (release: Release, question: Question) => Promise<MicroUsd | null>
  /** Requests a minute that the application may take; null where it may take any. */
  readonly capOf: (application: Name) => number | null
  readonly withAsking: <Result>(
    run: { readonly id: string; readonly release: Release; readonly by: ActorId; readonly hours: number },
    work: (ask: AskRelease) => Promise<Result>,
  ) => Promise<Result>
  readonly recordEvidence: (tx: Tx, draft: EvidenceDraft) => Promise<Pick<Evidence, 'id'>>
}

/** What a job is given; written by `start` alone. */
export type AttackInput = Pick<StartAttackRun, 'suite' | 'maxCostMicroUsd'> & {
  readonly application: Name
  readonly release: ReleaseId
  readonly plan: AttackPlan
  readonly quote: AttackQuote
  readonly by: ActorId
}
