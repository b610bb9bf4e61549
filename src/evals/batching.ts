/** What evals needs of others so that answers come in batches of a provider; the wiring gives it. */
import type { DoneFor } from '../core/cap-reached.ts'
import type { Turn } from '../core/conversation.ts'
import type { Manifest } from '../core/manifest.ts'
import type { ReleaseId } from '../core/release.ts'
import type { FlowResult } from '../flows/index.ts'
import type { MicroUsd } from '../kernel/money.ts'
import type { Instant } from '../kernel/time.ts'
import type { BatchOutcome, BatchRequest } from '../models/index.ts'
import type { PlannedArm } from './planned-arm.ts'

type Run = {
  readonly manifest: Manifest
  readonly arm: 'flow' | 'baseline'
  readonly turns: readonly Turn[]
  readonly signal: AbortSignal
  readonly release?: ReleaseId
}
/** The most that a batch may take. */
type Bound = { readonly requests: number; readonly tokens: number; readonly costMicroUsd: MicroUsd }
/** A batch as far as it is known to whoever pays for it; by its id it is found again at the provider. */
export type PaidBatch = {
  readonly id: string
  readonly model: string
  readonly bound: Bound
  readonly whose: DoneFor
}
type SentBatch = PaidBatch & { readonly sentAs: string; readonly signal: AbortSignal }

export type Batching = {
  /** The model of an arm whose answers may come in a batch: it asks one model, once, and calls nothing. */
  modelOf(arm: Pick<PlannedArm, 'manifest' | 'flow'>): string | undefined
  /** What a provider takes in one batch. */
  most(model: string): { readonly requests: number; readonly bytes: number }
  /** Null when nobody knows the price of batches. */
  costOf(model: string, tokens: { readonly input: number; readonly output: number }): MicroUsd | null
  /** The most that these requests may take. */
  boundOf(model: string, requests: readonly BatchRequest[]): Bound
  /** What a run would ask its model; undefined for one that is answered without it. */
  requestOf(run: Run): Promise<BatchRequest | undefined>
  /** The run with this for an answer of its model. */
  outcomeOf(run: Run, answer: Exclude<BatchOutcome, { readonly problem: string }>): Promise<FlowResult>
  /** Holds what it may take, sends it, and gives the id that the provider keeps. */
  send(batch: PaidBatch & { requests: readonly BatchRequest[]; signal: AbortSignal }): Promise<string>
  /** What became of one whose sending was cut off; undefined when the provider never had it. `not`: ids of others. */
  find(
    batch: PaidBatch & { requests: number; since: Instant; not: readonly string[]; signal: AbortSignal },
  ): Promise<string | undefined>
  /** One look, holding what it may take in a process that does not yet. Throws `models.batch-failed`. */
  look(batch: SentBatch): Promise<'running' | 'ended'>
  /** In the order of the requests. */
  read(batch: SentBatch & { requests: readonly BatchRequest[] }): Promise<readonly BatchOutcome[]>
  cancel(batch: SentBatch): Promise<void>
  /** Takes what it took from the caps, and holds no more. */
  settle(batch: PaidBatch, outcomes: readonly BatchOutcome[]): void
  /** Holds nothing for any other batch: another process has settled them. */
  keepOnly(ids: ReadonlySet<string>): void
}
