/** What evals needs from others, as functions; `airworthy.ts` gives them. */
import type { DoneFor } from '../core/cap-reached.ts'
import type { Turn } from '../core/conversation.ts'
import type { EvidenceDraft } from '../core/evidence.ts'
import type { Manifest, ModelPart } from '../core/manifest.ts'
import type { Release, ReleaseId } from '../core/release.ts'
import type { FlowResult } from '../flows/index.ts'
import type { NewId } from '../kernel/ids.ts'
import type { MicroUsd } from '../kernel/money.ts'
import type { Clock } from '../kernel/time.ts'
import type { Blobs } from '../store/blobs.ts'
import type { Database, Tx } from '../store/database.ts'
import type { Jobs } from '../store/jobs.ts'
import type { RecordAudit } from '../store/record-audit.ts'
import type { ChangeEvent } from '../wire/events.ts'
import type { Batching } from './batching.ts'
import type { AskJudge, EmbedTexts, Reach } from './evaluators/index.ts'
import type { IndexOver } from './searched.ts'

/** What evals reads of a run; `flows.run` gives more. */
export type FlowOutcome = Pick<
  FlowResult,
  'answer' | 'abstained' | 'citations' | 'invalidCitations' | 'usage' | 'costMicroUsd' | 'servedBy' | 'toolCalls'
> & {
  readonly passages: readonly { readonly id: string; readonly text?: string }[]
  /** The ranking to its full depth, for evaluators of retrieval; the passages when absent. */
  readonly ranking?: readonly string[]
  /** What it waited for a cap before it was asked, which is no part of its latency. */
  readonly waitedMs?: number
}

/** Rejects with what `isCapReached` knows where a cap of the application keeps it from being asked. */
export type RunFlow = (ask: {
  manifest: Manifest
  arm: 'flow' | 'baseline'
  turns: readonly Turn[]
  signal: AbortSignal
  /** Whose caps it takes from, beside those of its application. */
  release?: ReleaseId
}) => Promise<FlowOutcome>

/** What one question to a model will about take, before it is asked; a cost of null is not known. */
export type Estimated = {
  readonly inputTokens: number
  readonly outputTokens: number
  readonly costMicroUsd: MicroUsd | null
}
/** Whom one run asks; tokens of null are not known, as of an application over HTTP. */
export type EstimatedCall = {
  readonly model: string
  readonly tokens: { readonly input: number; readonly output: number } | null
  readonly costMicroUsd: MicroUsd | null
}

/** What one run will about take, before it is made. Null: not known. */
export type EstimateRun = (ask: {
  manifest: Manifest
  arm: 'flow' | 'baseline'
  turns: readonly Turn[]
}) => Promise<{ costMicroUsd: MicroUsd | null; calls: readonly EstimatedCall[] }>

export type RecordEvidence = (tx: Tx, draft: EvidenceDraft) => Promise<unknown>

/** What one question to a judge will about take. */
export type EstimateJudge = (ask: Parameters<AskJudge>[0]) => Promise<Estimated>
/** What the vectors of some texts will about take. */
export type EstimateVectors = (ask: Parameters<EmbedTexts>[0]) => Promise<Estimated>

/** Why models without a price may not be asked for a release; undefined when they may. */
export type WhyUnpriced = (ask: {
  application: string
  release: ReleaseId
  models: readonly string[]
}) => string | undefined

export type EvalsDeps = {
  readonly db: Database
  readonly blobs: Blobs
  readonly jobs: Jobs
  readonly clock: Clock
  readonly newId: NewId
  readonly organisation: string
  /** Version of the program, for the record of what an experiment ran on. */
  readonly programVersion: string
  /** Throws when there is none. */
  readonly releaseOf: (id: ReleaseId) => Promise<Release>
  /** The newest release of an application; undefined before the first freeze. */
  readonly newestReleaseOf: (application: string) => Promise<Release | undefined>
  /** The release that this one would replace: the one live where it wants to go; undefined for the first. */
  readonly releaseBefore: (application: string, release: ReleaseId) => Promise<ReleaseId | undefined>
  /** The part of a manifest for another model or other parameters. Throws for a model or parameter that is unknown. */
  readonly resolveModel: (name: string, ask: { model: string; parameters: Record<string, unknown> }) => ModelPart
  readonly runFlow: RunFlow
  readonly estimateRun: EstimateRun
  readonly estimateJudge: EstimateJudge
  readonly estimateVectors: EstimateVectors
  readonly whyUnpriced: WhyUnpriced
  /** Whether a model runs in the process itself, so that asking it takes no time to speak of. */
  readonly isEmbedded: (model: string) => boolean
  /** Answers in batches of a provider. */
  readonly batching: Batching
  readonly record: RecordAudit
  readonly recordEvidence: RecordEvidence
  readonly publish: (event: ChangeEvent) => void
  /** An index that is kept nowhere, for published figures of search. */
  readonly indexOver: IndexOver
  /** How a judge is asked for an application, and whether evaluators may run code; nothing of it when absent. */
  readonly reachFor?: (whose: DoneFor) => Omit<Reach, 'signal'>
  /** Runs at a time; 8 when not said. */
  readonly concurrency?: number
}
