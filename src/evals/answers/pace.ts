/**
 * How many runs are under way at once: as many as the provider bears. When it says "too many" all wait as long as it
 * asks for and go on with half as many; with every so many answers one more is tried.
 */
import { isCapReached } from '../../core/cap-reached.ts'
import { Failure } from '../../kernel/failure.ts'
import { monotonicMs, sleep } from '../../kernel/time.ts'

export type Pace = {
  /** Runs it when there is room; again, up to a limit, after the provider asked to wait or was away for a moment. */
  run<Answer>(attempt: () => Promise<Answer>, signal: AbortSignal): Promise<Answer>
  /** Runs that may be under way now. */
  readonly width: number
}

/** Tries of one run that a limit turned away; a provider that is away is asked less often. */
const LIMITED_TRIES = 8
const AWAY_TRIES = 3
const FIRST_WAIT_MS = 500
const LONGEST_WAIT_MS = 60_000

export function createPace({ most, firstWaitMs = FIRST_WAIT_MS }: { most: number; firstWaitMs?: number }): Pace {
  let width = most
  let running = 0
  let answered = 0
  let openAt = 0
  const waiting: (() => void)[] = []

  async function enter(signal: AbortSignal): Promise<void> {
    while (running >= Math.floor(width)) await new Promise<void>((resolve) => waiting.push(resolve))
    running++
    try {
      for (let left = openAt - monotonicMs(); left > 0; left = openAt - monotonicMs()) await sleep(left, signal)
      signal.throwIfAborted()
    } catch (thrown) {
      leave()
      throw thrown
    }
  }

  function leave(): void {
    running--
    for (let free = Math.floor(width) - running; free > 0; free--) waiting.shift()?.()
  }

  function widen(): void {
    if (width >= most || ++answered < width) return
    answered = 0
    width++
  }

  return {
    get width() {
      return width
    },
    async run(attempt, signal) {
      for (let tried = 1; ; tried++) {
        await enter(signal)
        try {
          const answer = await attempt()
          widen()
          return answer
        } catch (thrown) {
          const tries = triesOf(thrown)
          if (tried >= tries || signal.aborted) throw thrown
          const asked = (thrown as Failure).facts.retryAfterMs
          const waitMs = typeof asked === 'number' ? asked : firstWaitMs * 2 ** (tried - 1)
          openAt = Math.max(openAt, monotonicMs() + Math.min(waitMs, LONGEST_WAIT_MS))
          if (tries === LIMITED_TRIES) width = Math.max(1, Math.floor(width / 2))
          answered = 0
        } finally {
          leave()
        }
      }
    },
  }
}

function triesOf(thrown: unknown): number {
  // A cap of our own was waited for already.
  if (!(thrown instanceof Failure) || isCapReached(thrown)) return 1
  if (thrown.kind === 'limited') return LIMITED_TRIES
  return thrown.code === 'models.upstream-failed' || thrown.code === 'models.upstream-unreachable' ? AWAY_TRIES : 1
}
