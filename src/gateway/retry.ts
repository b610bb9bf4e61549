/** What another target, another key, or the same target a moment later may heal: for failures without a status. */
import { Failure } from '../kernel/failure.ts'
import type { FailureAction } from '../models/index.ts'

/** A target that was too slow is not asked again for the same request: it would be as slow, and the client waits. */
const ACTIONS: Readonly<Record<string, FailureAction>> = {
  'models.upstream-timeout': 'fail-over',
  'models.upstream-unreachable': 'retry',
  'models.upstream-failed': 'retry',
  'models.upstream-unreadable': 'retry',
  'models.upstream-limited': 'retry',
  'models.upstream-refused-key': 'fail-over',
  'models.upstream-unknown-model': 'fail-over',
  'models.stream-cut': 'retry',
  'models.key-missing': 'fail-over',
  'models.token-failed': 'fail-over',
  'models.unknown-model': 'fail-over',
}

export const actionOfCode = (code: string): FailureAction => ACTIONS[code] ?? 'return'

export const actionOf = (thrown: unknown): FailureAction =>
  thrown instanceof Failure ? actionOfCode(thrown.code) : 'return'

const FIRST_PAUSE_MS = 100
const LONGEST_PAUSE_MS = 2_000

/** Full jitter (Brooker 2015): a pause by chance below a bound that doubles, for a target that is asked again. */
export const pauseBefore = (round: number, chance: number): number =>
  Math.round(chance * Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** round))
