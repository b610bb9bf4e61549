/**
 * A credential that is fetched and runs out: renewed in the background before it does, once for all who wait, and not
 * again at once when that failed.
 */
import { messageOf } from '../../kernel/failure.ts'
import type { Secret } from '../../kernel/secret.ts'

/** Tokens live for an hour or so; this long before the end a new one is fetched. */
const EARLY_MS = 5 * 60_000
/** Nobody may be given one that ends on its way. */
const LAST_MS = 10_000
const AGAIN_MS = 5_000
/** Metadata services give the same token until it is about to end: who asks early asks again, and not with each request. */
const SAME_MS = 30_000

export type Fetched = { readonly secret: Secret; readonly untilMs: number }

export type Renewed = {
  /** Undefined until the first was fetched, and when the last has ended. */
  read(): Secret | undefined
  fetch(): Promise<Secret>
  /** Why there is none, and from when on it is tried again; undefined while there is one, and before it was asked for. */
  failed(): { readonly untilMs: number; readonly reason: string } | undefined
}

export function createRenewed({ fetch, nowMs }: { fetch: () => Promise<Fetched>; nowMs: () => number }): Renewed {
  let known: Fetched | undefined
  let fetching: Promise<Secret> | undefined
  let fetchedMs = Number.NEGATIVE_INFINITY
  let failedMs = Number.NEGATIVE_INFINITY
  let failure: unknown

  const fetchOnce = (): Promise<Secret> => {
    fetching ??= fetch()
      .then(
        (fetched) => {
          known = fetched
          fetchedMs = nowMs()
          failedMs = Number.NEGATIVE_INFINITY
          return fetched.secret
        },
        (thrown) => {
          failedMs = nowMs()
          failure = thrown
          throw thrown
        },
      )
      .finally(() => {
        fetching = undefined
      })
    return fetching
  }
  const mayFetch = () => nowMs() - failedMs >= AGAIN_MS
  return {
    read() {
      if (!known) return undefined
      const leftMs = known.untilMs - nowMs()
      const isEarly = leftMs < EARLY_MS && nowMs() - fetchedMs >= SAME_MS
      if (isEarly && !fetching && mayFetch()) fetchOnce().catch(() => {})
      return leftMs > LAST_MS ? known.secret : undefined
    },
    fetch: () => (mayFetch() ? fetchOnce() : Promise.reject(failure)),
    failed() {
      const hasOne = known !== undefined && known.untilMs - nowMs() > LAST_MS
      const hasFailed = failedMs !== Number.NEGATIVE_INFINITY
      return hasOne || !hasFailed ? undefined : { untilMs: failedMs + AGAIN_MS, reason: messageOf(failure) }
    },
  }
}
