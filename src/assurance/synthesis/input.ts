/** What the job of a generation is given, and what each of its calls leaves. */
import type { ActorId } from '../../core/actor.ts'
import type { IndexPart } from '../../core/manifest.ts'
import type { Release } from '../../core/release.ts'
import type { MicroUsd } from '../../kernel/money.ts'
import type { Job } from '../../store/job.ts'
import type { Generation, GenerationQuote } from './contract.ts'
import type { Draft } from './drafting.ts'
import type { Wishes } from './plan.ts'

export type Input = Wishes & {
  readonly dataset: string
  readonly application: Release['application']
  readonly release: Release['id']
  readonly index: IndexPart
  readonly model: string
  readonly parameters: Readonly<Record<string, unknown>>
  readonly split: Generation['split']
  readonly maxCostMicroUsd?: MicroUsd | undefined
  readonly seed: number
  /** Calls of the same plan that a generation before it made, whose cases are in quarantine already. */
  readonly made?: number
  readonly quote: GenerationQuote
  readonly by: ActorId
}

export type CallOutcome = {
  drafts: Draft[]
  ungrounded: number
  /** Null when the price is not known. */
  costMicroUsd: MicroUsd | null
  snapshot: string | null
  /** Why nothing came of it. */
  problem: string | null
}

/** Written by `start`, which parsed it. */
export const inputOf = ({ input }: Pick<Job, 'input'>): Input => input as unknown as Input
