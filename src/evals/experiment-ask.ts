/** What somebody asks for who starts an experiment. */
import type { ActorId } from '../core/actor.ts'
import type { ReleaseId } from '../core/release.ts'
import type { ServingMode } from '../core/serving.ts'
import type { MicroUsd } from '../kernel/money.ts'
import type { Against, IntervalMethod } from './experiment.ts'
import type { Variant } from './variant.ts'

export type ExperimentAsk = {
  readonly release: ReleaseId
  readonly suite: string
  /** Undefined: the baseline if there is one to beat. Null: nothing. */
  readonly against?: Against | null | undefined
  readonly repeats?: number
  readonly intervals?: IntervalMethod
  readonly dryRun?: boolean
  readonly maxCostMicroUsd?: MicroUsd | undefined
  readonly variants?: readonly Variant[]
  readonly reuse?: boolean
  readonly stopEarly?: boolean
  readonly serving?: ServingMode
  readonly tags?: Readonly<Record<string, string>>
  readonly by: ActorId
}
