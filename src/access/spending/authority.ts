/**
 * Whether the database that shares caps out answers. Slow is not away: one that answers late still counts what everybody
 * takes, so it is waited for, and what goes through beyond a share meanwhile is one slice for each process. Away is one
 * that refused to be written, or said nothing for as long as a lease lasts.
 */
import { type Clock, epochMs, type Instant, monotonicMs, SECOND } from '../../kernel/time.ts'
import { isBusy } from '../../store/database-error.ts'
import { LEASE_MS } from './sync.ts'

export type AuthorityState = 'there' | 'slow' | 'away'

/** What a request waits for the first answer, and for a later one of a database that is slow already. */
const PATIENCE_MS = { there: SECOND, slow: 2 * SECOND, away: SECOND } as const

export function createAuthority(clock: Clock) {
  let found: AuthorityState = 'there'
  let slowSinceMs = 0
  let heardUntilMs = 0

  const state = (): AuthorityState => (found === 'slow' && monotonicMs() - slowSinceMs >= LEASE_MS ? 'away' : found)

  function isLate(): void {
    if (found === 'there') slowSinceMs = monotonicMs()
    if (found !== 'away') found = 'slow'
  }

  return {
    /** Whether shares of what is not of the calendar may still be used, and whether more can be asked for. */
    sharing: () => ({ authority: state(), isFresh: epochMs(clock()) < heardUntilMs }),
    /** It was written. Returns whether it answered in time, so that nothing went through beyond a share unseen. */
    answered({ at, tookMs }: { at: Instant; tookMs: number }): boolean {
      found = 'there'
      heardUntilMs = epochMs(at) + LEASE_MS
      return tookMs < PATIENCE_MS.there
    },
    failed(thrown: unknown): void {
      if (isBusy(thrown)) isLate()
      else found = 'away'
    },
    /** Waits for an answer, some seconds at most; never rejects. */
    async waitFor(answer: Promise<unknown>): Promise<void> {
      let late: NodeJS.Timeout | undefined
      const tooLate = new Promise<void>((resolve) => {
        late = setTimeout(() => {
          isLate()
          resolve()
        }, PATIENCE_MS[state()])
      })
      await Promise.race([answer, tooLate])
      clearTimeout(late)
    },
  }
}
