/** Browser sessions: they begin by a sign-in, and end by time, by idleness, by their person or by an owner. */
import type { ActorId } from '../core/actor.ts'
import { Failure } from '../kernel/failure.ts'
import { Secret } from '../kernel/secret.ts'
import { later } from '../kernel/time.ts'
import { inTransaction, type Tx } from '../store/database.ts'
import type { ActorsDeps } from './actors.ts'
import type { HeaderReader } from './credentials.ts'
import type { Identify } from './identify.ts'
import { newSecret } from './secrets.ts'
import {
  cookieOf,
  endOf,
  type Session,
  type SessionId,
  type SessionTimes,
  type ShownSession,
  type SignInMethod,
} from './session.ts'
import { addSession, changeSessionConfirmation, removeEndedSessions, removeSession, removeSessionsOf } from './store.ts'

/** A session that has begun: the cookie for the browser, and nothing else that would tell its text. */
export type OpenedSession = { readonly session: Session; readonly cookie: Secret }

export type SessionsDeps = ActorsDeps & { identify: Identify; times: SessionTimes; publicUrl: () => string }

export function createSessions({ identify, times, publicUrl, ...deps }: SessionsDeps) {
  const { db, clock, newId, random, organisation, hmacOf, audit, directory, publish } = deps

  const shown = (session: Session, current: SessionId | undefined): ShownSession => {
    const { hmac: _, organisation: __, ...rest } = session
    return { ...rest, idleUntil: endOf(session, times), current: session.id === current }
  }

  async function end(ended: readonly Session[], by: ActorId): Promise<void> {
    if (ended.length === 0) return
    await inTransaction(db, async (tx) => {
      for (const { hmac, id, actor, device } of ended) {
        await removeSession(tx, hmac)
        await audit.record(tx, { actor: by, action: 'access.end-session', subject: id, detail: { actor, device } })
      }
    })
    for (const { hmac, id } of ended) {
      directory.dropSession(hmac)
      publish({ topic: 'session', id, application: null })
    }
  }

  return {
    /** Writes a new session; `begin` puts it in force when the transaction has ended. */
    async open(
      tx: Tx,
      {
        actor,
        method,
        device,
        isConfirmed = false,
      }: { actor: ActorId; method: SignInMethod; device: string; isConfirmed?: boolean },
    ): Promise<OpenedSession> {
      const now = clock()
      const text = newSecret('aws', random)
      const session: Session = {
        id: newId('ses'),
        hmac: hmacOf('session', text.reveal()),
        organisation,
        actor,
        method,
        device,
        createdAt: now,
        lastSeenAt: now,
        expiresAt: later(now, times.wholeMs),
        confirmedAt: isConfirmed ? now : null,
      }
      await removeEndedSessions(tx, now)
      await addSession(tx, session)
      await audit.record(tx, {
        actor,
        action: 'access.sign-in',
        subject: actor,
        detail: { method, device, session: session.id },
      })
      return { session, cookie: new Secret(cookieOf(text, times, publicUrl())) }
    },

    begin(session: Session): void {
      directory.putSession(session)
      publish({ topic: 'session', id: session.id, application: null })
    },

    /** Those of one person, newest first; of everybody when `of` is not said. */
    list({ of, headers }: { of?: ActorId | undefined; headers: HeaderReader }): ShownSession[] {
      const current = identify.sessionOf(headers)?.session.id
      return directory
        .sessions(clock())
        .filter(({ actor }) => of === undefined || actor === of)
        .map((session) => shown(session, current))
        .sort((one, other) => (one.id < other.id ? 1 : -1))
    },

    /** Ends one session. `of` says whose it must be; whoever may end everybody's does not say it. */
    async endSession({ id, of, by }: { id: SessionId; of?: ActorId | undefined; by: ActorId }): Promise<void> {
      const session = directory.sessions(clock()).find((one) => one.id === id && (of === undefined || one.actor === of))
      if (!session)
        throw new Failure(
          'unknown',
          'access.session-unknown',
          `There is no session ${id}. It may have ended by itself.`,
        )
      await end([session], by)
    },

    /** Ends all sessions of a person but the one of these headers, and says how many. */
    async endOthers({ of, headers, by }: { of: ActorId; headers: HeaderReader; by: ActorId }): Promise<number> {
      const current = identify.sessionOf(headers)?.session.id
      const others = directory.sessions(clock()).filter(({ actor, id }) => actor === of && id !== current)
      await end(others, by)
      return others.length
    },

    /** Ends all of a person in the caller's transaction, for a change that makes them doubtful; returns what to do after. */
    async endAllOf(tx: Tx, of: ActorId): Promise<() => void> {
      const ended = directory.sessions(clock()).filter(({ actor }) => actor === of)
      await removeSessionsOf(tx, of)
      return () => {
        for (const { hmac } of ended) directory.dropSession(hmac)
      }
    },

    /** Ends the session of these headers; nothing happens when there is none. */
    async signOut(headers: HeaderReader, by: ActorId): Promise<void> {
      const open = identify.sessionOf(headers)
      if (!open) return
      const { hmac, id } = open.session
      await inTransaction(db, async (tx) => {
        await removeSession(tx, hmac)
        await audit.record(tx, { actor: by, action: 'access.sign-out', subject: by, detail: { session: id } })
      })
      directory.dropSession(hmac)
    },

    /** Notes that a second factor was shown in a session just now. */
    async confirm(tx: Tx, session: Session): Promise<() => void> {
      const confirmed = { ...session, confirmedAt: clock() }
      await changeSessionConfirmation(tx, confirmed)
      return () => directory.putSession(confirmed)
    },
  }
}

export type Sessions = ReturnType<typeof createSessions>
