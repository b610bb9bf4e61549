/** When a request is sent again, and after which wait. */

/** What may pass by itself: too many requests, and servers that are away or begin. */
const PASSING: ReadonlySet<number> = new Set([408, 429, 502, 503, 504])
const FIRST_MS = 250
const LONGEST_MS = 10_000
/** A server that asks for more patience than this is not waited for. */
const MOST_PATIENCE_MS = 60_000

export const isPassing = (status: number): boolean => PASSING.has(status)

/**
 * Milliseconds to wait before the next try; undefined when it is not worth waiting.
 * The server's own `Retry-After` counts, in seconds or as a date; else a random part of a time that doubles, so
 * that clients that failed together do not come back together.
 * @param tried how often it was tried again already
 */
export function waitBeforeRetry(
  tried: number,
  {
    retryAfter = null,
    random = Math.random,
    now = Date.now,
  }: { retryAfter?: string | null; random?: () => number; now?: () => number } = {},
): number | undefined {
  if (retryAfter !== null) {
    const ms = /^\d+$/.test(retryAfter) ? Number(retryAfter) * 1000 : Date.parse(retryAfter) - now()
    if (Number.isFinite(ms)) return ms > MOST_PATIENCE_MS ? undefined : Math.max(0, ms)
  }
  return random() * Math.min(LONGEST_MS, FIRST_MS * 2 ** tried)
}

/** Resolves after `ms`, or rejects with the signal's reason when it is aborted first. */
export const pause = (ms: number, signal?: AbortSignal): Promise<void> =>
  new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(signal.reason)
    const onAbort = () => {
      clearTimeout(timer)
      reject(signal?.reason)
    }
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', onAbort)
      resolve()
    }, ms)
    signal?.addEventListener('abort', onAbort, { once: true })
  })
