/** From the headers of a request to its caller, from memory alone. */
import { Failure } from '../kernel/failure.ts'
import type { Clock, Instant } from '../kernel/time.ts'
import type { Caller } from '../wire/caller.ts'
import { type HeaderReader, keyTextOf, type PlainHeaders, readerOf, sessionTextOf } from './credentials.ts'
import type { Directory } from './directory.ts'
import type { HmacOf } from './secrets.ts'

export function createIdentify({ directory, hmacOf, clock }: { directory: Directory; hmacOf: HmacOf; clock: Clock }) {
  const uses = new Map<string, Instant>()

  function byKey(headers: HeaderReader): Caller | undefined {
    const text = keyTextOf(headers)
    if (text === undefined) return undefined
    const caller = directory.callerByKey(hmacOf('key', text))
    if (!caller)
      throw new Failure(
        'unauthenticated',
        'access.key-unknown',
        'This key is unknown or revoked. Ask an owner for a new one: `airworthy keys create`.',
      )
    if (caller.key !== null) uses.set(caller.key, clock())
    return caller
  }

  /** The caller by key, else by session; undefined when the request shows neither. */
  function callerFrom(headers: HeaderReader): Caller | undefined {
    const caller = byKey(headers)
    if (caller) return caller
    const session = sessionTextOf(headers)
    return session === undefined ? undefined : directory.callerBySession(hmacOf('session', session), clock())
  }

  return {
    callerFrom,
    /** For the gateway: the caller by key, from the headers of `node:http`. Throws when there is none. */
    identify(headers: PlainHeaders): Caller {
      const caller = byKey(readerOf(headers))
      if (caller) return caller
      throw new Failure(
        'unauthenticated',
        'access.key-missing',
        'Send a key as `Authorization: Bearer …`, `x-api-key`, `api-key` or `x-goog-api-key`.',
      )
    },
    /** When which key was used since the last call. */
    takeUses(): ReadonlyMap<string, Instant> {
      const taken = new Map(uses)
      uses.clear()
      return taken
    },
  }
}

export type Identify = ReturnType<typeof createIdentify>
