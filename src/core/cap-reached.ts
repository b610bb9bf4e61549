/**
 * What work of the installation's own is told when a cap of whom it is done for is reached: a reason to stop, which says
 * nothing of what was asked.
 */
import { Failure } from '../kernel/failure.ts'
import type { Instant } from '../kernel/time.ts'

const CAP_REACHED = 'access.cap-reached'

/** @param message which cap, what was found, and when it opens again */
export const capReached = (message: string, opensAt: Instant): Failure =>
  new Failure('limited', CAP_REACHED, message, { facts: { opensAt } })

export type CapReached = Failure & { readonly code: typeof CAP_REACHED }

export const isCapReached = (thrown: unknown): thrown is CapReached =>
  thrown instanceof Failure && thrown.code === CAP_REACHED

/** For whom work of the installation's own is done, whose caps it takes from. */
export type DoneFor = {
  /** null: for nobody; the caps of the installation and of the model hold. */
  readonly application: string | null
  readonly release?: string | null
  /** False where nobody waits for a cap to open, not even for seconds. */
  readonly waits?: boolean
}
