/** What the job of a rewording is given. */
import type { ActorId, Permission } from '../../core/actor.ts'
import type { MicroUsd } from '../../kernel/money.ts'
import type { Job } from '../../store/job.ts'
import type { Perturbation } from '../stability/index.ts'
import type { Wishes } from './asking.ts'
import type { RewordingQuote } from './contract.ts'

export type Input = Wishes & {
  readonly application: string
  readonly suite: string
  readonly model: string
  readonly parameters: Readonly<Record<string, unknown>>
  readonly kinds: readonly Perturbation[]
  readonly most: number
  readonly maxCostMicroUsd?: MicroUsd | undefined
  readonly quote: RewordingQuote
  /** Who asked, and what this person might then: the files are kept as by hand. */
  readonly by: { readonly actor: ActorId; readonly permissions: readonly Permission[] }
}

/** Written by `start`, which parsed it. */
export const inputOf = ({ input }: Pick<Job, 'input'>): Input => input as unknown as Input
