/**
 * How often somebody may try to sign in. An attempt is counted before anything is looked at, in one statement of the
 * database, so that a thousand at once, several processes or a restart are no way around it.
 */
import type { ActorId } from '../../core/actor.ts'
import { Failure } from '../../kernel/failure.ts'
import { age, type Clock, later, MINUTE } from '../../kernel/time.ts'
import { type Database, inTransaction } from '../../store/database.ts'
import type { Audit } from '../audit.ts'
import type { HmacOf } from '../secrets.ts'
import type { AttemptScope } from './rows.ts'
import { countAttempt, forgetAttempts, giveBackAttempt, removeOldAttempts } from './store.ts'

export const WINDOW_MS = 15 * MINUTE
/** Attempts within the window. Many people may share an address; nobody shares an account. */
export const MOST: Readonly<Record<AttemptScope, number>> = { account: 5, code: 5, address: 30 }

const WHOSE: Readonly<Record<AttemptScope, string>> = {
  account: 'under this name',
  code: 'with codes of this person',
  address: 'from this address',
}

export type AttemptsDeps = {
  db: Database
  clock: Clock
  organisation: string
  hmacOf: HmacOf
  audit: Pick<Audit, 'record'>
  systemActor: () => ActorId
}

export function createAttempts({ db, clock, organisation, hmacOf, audit, systemActor }: AttemptsDeps) {
  const markOf = (scope: AttemptScope, what: string) => hmacOf('sign-in-attempt', `${scope} ${what}`)

  return {
    /** Counts an attempt, or throws `access.sign-in-locked` with when the next one is taken. */
    async take(scope: AttemptScope, what: string): Promise<void> {
      const now = clock()
      const windowStart = later(now, -WINDOW_MS)
      const mark = markOf(scope, what)
      const { count, since } = await countAttempt(db, { organisation, scope, mark, now, windowStart })
      if (count <= MOST[scope]) return
      const opensAt = later(since, WINDOW_MS)
      if (count === MOST[scope] + 1) {
        await removeOldAttempts(db, windowStart)
        await inTransaction(db, (tx) =>
          audit.record(tx, {
            actor: systemActor(),
            action: 'access.lock-sign-in',
            subject: shortOf(mark),
            detail: { scope, attempts: MOST[scope], until: opensAt },
          }),
        )
      }
      throw new Failure(
        'limited',
        'access.sign-in-locked',
        `Too many attempts ${WHOSE[scope]}. Try again after ${opensAt}, or ask an owner for a sign-in link.`,
        { facts: { opensAt, retryAfterMs: Math.max(0, age(now, opensAt)) } },
      )
    },
    /** Forgets what was counted, after a success. */
    forget: (scope: AttemptScope, what: string): Promise<void> =>
      forgetAttempts(db, { organisation, scope, mark: markOf(scope, what) }),
    /** Takes back the one that turned out well, where others under the same mark still count. */
    giveBack: (scope: AttemptScope, what: string): Promise<void> =>
      giveBackAttempt(db, { organisation, scope, mark: markOf(scope, what) }),
    /** Under which an address stands in the audit log: the same for the same address, and not the address. */
    shownAddress: (address: string): string => shortOf(markOf('address', address)),
  }
}

export type Attempts = ReturnType<typeof createAttempts>

const shortOf = (mark: string): string => mark.slice(0, 12)
