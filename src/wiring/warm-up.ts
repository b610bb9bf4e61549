/**
 * Looks at every application once after a start, so that whoever opens a page over all of them does not wait for gates to
 * be judged and plans to be read.
 *
 * Invariant: nothing is answered from here. What is kept is what pages keep anyway, each under the stamp of everything it
 * was counted from; so whoever comes before it is done waits as if it were not there, and sees the same.
 */
import { setImmediate } from 'node:timers/promises'
import { SECOND } from '../kernel/time.ts'

/** A start is over by then, and few have signed in. */
const WAIT_MS = 2 * SECOND
/** Few enough that a request between two of them waits some hundredths of a second. */
const AT_ONCE = 2

type WarmUpDeps = {
  readonly report: (thrown: unknown, where?: string) => void
  readonly list: (cut: { cursor?: string | undefined; limit: number }) => Promise<{ next: string | null }>
  readonly look: () => Promise<void>
  readonly afterMs?: number
}

export function createWarmUp({ report, list, look, afterMs = WAIT_MS }: WarmUpDeps) {
  let timer: NodeJS.Timeout | undefined
  let stop = new AbortController()

  async function warm(signal: AbortSignal): Promise<void> {
    let cursor: string | undefined
    do {
      const { next } = await list({ cursor, limit: AT_ONCE })
      cursor = next ?? undefined
      await setImmediate()
    } while (cursor !== undefined && !signal.aborted)
    if (!signal.aborted) await look()
  }

  return {
    start(): void {
      stop = new AbortController()
      const { signal } = stop
      // What a stop interrupts is no failure.
      timer = setTimeout(
        () => void warm(signal).catch((thrown) => signal.aborted || report(thrown, 'warm-up')),
        afterMs,
      )
      timer.unref()
    },
    stop(): void {
      stop.abort()
      clearTimeout(timer)
    },
  }
}
