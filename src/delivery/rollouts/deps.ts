/** What rollouts need from the rest of delivery. */
import type { Rollout } from '../../core/rollout.ts'
import type { Tx } from '../../store/database.ts'
import type { DeliveryDeps } from '../deps.ts'

export type RolloutDeps = Pick<
  DeliveryDeps,
  | 'db'
  | 'clock'
  | 'newId'
  | 'random'
  | 'organisation'
  | 'systemActor'
  | 'record'
  | 'recordEvidence'
  | 'publish'
  | 'whyNotScored'
> & {
  /** Checks of the candidate's gate that went stale since it was promoted, as sentences. */
  readonly staleOf: (tx: Tx, rollout: Rollout) => Promise<string[]>
  /** Reads the live table anew, after a commit that changed it. */
  readonly refreshLive: () => Promise<void>
}
