/** What runs of probes are given, and what one of them carries from the request that starts it to the job that does it. */
import type { ActorId } from '../../core/actor.ts'
import type { Turn } from '../../core/conversation.ts'
import type { Evidence, EvidenceDraft } from '../../core/evidence.ts'
import type { Name } from '../../core/names.ts'
import type { Release, ReleaseId } from '../../core/release.ts'
import type { NewId } from '../../kernel/ids.ts'
import type { MicroUsd } from '../../kernel/money.ts'
import type { RandomBytes } from '../../kernel/random.ts'
import type { Database, Tx } from '../../store/database.ts'
import type { Jobs } from '../../store/jobs.ts'
import type { ProbeQuote } from './contract.ts'

export type Question = readonly Pick<Turn, 'role' | 'content'>[]

export type Probe = {
  readonly turns: Question
  /** What is put into a passage, or behind what a tool gives; null where nothing is planted. */
  readonly planted: { readonly by: 'passage' | 'tool'; readonly text: string } | null
}

/** What a release said to one probe. */
export type Said = {
  readonly answer: string
  /** The guardrails that refused the question or the answer. */
  readonly blockedBy: readonly string[]
  /** It said that it cannot answer, in the words that its flow has for that. */
  readonly abstained: boolean
  /** Whether the planted text was among what a model read; true where none was planted. */
  readonly wasRead: boolean
  readonly costMicroUsd: MicroUsd | null
  readonly trace: string
}

/** Asks the release, with a key that is made for the run. Throws a `Failure` as a client would get it. */
export type AskRelease = (release: Release, asked: Probe & { readonly signal: AbortSignal }) => Promise<Said>

export type ProbingDeps = {
  readonly db: Database
  readonly jobs: Pick<Jobs, 'handle' | 'enqueue' | 'list'>
  readonly newId: NewId
  readonly random: RandomBytes
  readonly organisation: string
  readonly releaseOf: (id: ReleaseId) => Promise<Release>
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
export type ProbeInput<Plan> = {
  readonly application: Name
  readonly release: ReleaseId
  readonly plan: Plan
  readonly quote: ProbeQuote
  readonly by: ActorId
  readonly maxCostMicroUsd?: MicroUsd | undefined
}
