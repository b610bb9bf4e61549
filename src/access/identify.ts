/** From the headers of a request to its caller, from memory alone. */
import { Failure } from '../kernel/failure.ts'
import { type Clock, type Instant, later, MINUTE } from '../kernel/time.ts'
import type { Caller } from '../wire/caller.ts'
import { type HeaderReader, keyTextOf, type PlainHeaders, readerOf, sessionTextOf } from './credentials.ts'
import type { Directory } from './directory.ts'
import type { HmacOf } from './secrets.ts'
import type { Session } from './session.ts'

/** Sessions are seen to the minute, so that a page that asks often writes seldom. */
const SEEN_MS = MINUTE

export type KeyUse = { readonly at: Instant; readonly previousAt: Instant | null }
export type Uses = {
  readonly keys: ReadonlyMap<string, KeyUse>
  /** HMAC of the session to when it was seen. */
  readonly sessions: ReadonlyMap<string, Instant>
}

export function createIdentify({ directory, hmacOf, clock }: { directory: Directory; hmacOf: HmacOf; clock: Clock }) {
  let keys = new Map<string, KeyUse>()
  let sessions = new Map<string, Instant>()

  function byKey(headers: HeaderReader): Caller | undefined {
    const text = keyTextOf(headers)
    if (text === undefined) return undefined
    const now = clock()
    const known = directory.knownByKey(hmacOf('key', text), now)
    if (known?.kind === 'expired')
      throw new Failure(
        'unauthenticated',
        'access.key-expired',
        `This key ended ${known.at}. Ask an owner for a new text: \`airworthy keys rotate\`.`,
      )
    if (!known)
      throw new Failure(
        'unauthenticated',
        'access.key-unknown',
        'This key is unknown or revoked. Ask an owner for a new one: `airworthy keys create`.',
      )
    const { caller, isPrevious } = known
    if (caller.key !== null)
      keys.set(caller.key, { at: now, previousAt: isPrevious ? now : (keys.get(caller.key)?.previousAt ?? null) })
    return caller
  }

  /** The session of these headers; a key that is sent too goes before it. */
  function sessionOf(headers: HeaderReader): { session: Session; caller: Caller } | undefined {
    const text = sessionTextOf(headers)
    return text === undefined ? undefined : directory.sessionByHmac(hmacOf('session', text), clock())
  }

  /** The caller by key, else by session; undefined when the request shows neither. */
  function callerFrom(headers: HeaderReader, { isUse }: { isUse: boolean }): Caller | undefined {
    const caller = byKey(headers)
    if (caller) return caller
    const open = sessionOf(headers)
    if (!open) return undefined
    const now = clock()
    if (isUse && later(open.session.lastSeenAt, SEEN_MS) <= now) {
      open.session = { ...open.session, lastSeenAt: now }
      sessions.set(open.session.hmac, now)
    }
    return open.caller
  }

  return {
    callerFrom,
    sessionOf,
    /** Whether these headers carry a session at all, known or not. */
    showsSession: (headers: HeaderReader): boolean => sessionTextOf(headers) !== undefined,
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
    /** What was used since the last call. */
    takeUses(): Uses {
      const taken = { keys, sessions }
      keys = new Map()
      sessions = new Map()
      return taken
    },
  }
}

export type Identify = ReturnType<typeof createIdentify>
