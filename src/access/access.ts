/**
 * Access: who is asking, what they may do, what they may spend, what is switched off, and a log of what was changed.
 * Each process holds it in memory; the tables are what it is rebuilt from at the start, and after a change elsewhere.
 */
import { Failure } from '../kernel/failure.ts'
import type { Secret } from '../kernel/secret.ts'
import { SECOND } from '../kernel/time.ts'
import { inTransaction } from '../store/database.ts'
import { isDuplicate } from '../store/database-error.ts'
import { type Remember, readOnly } from '../store/remember.ts'
import type { Caller } from '../wire/caller.ts'
import type { Actor } from './actor.ts'
import { type ActorsDeps, createActors } from './actors.ts'
import { anchorFile } from './anchor.ts'
import { createAnchoring } from './anchoring.ts'
import { createAudit } from './audit.ts'
import type { HeaderReader } from './credentials.ts'
import { createDirectory } from './directory.ts'
import { createIdentify } from './identify.ts'
import { createKeys } from './keys.ts'
import { openMasterKey } from './master-key.ts'
import { createMemory } from './memory.ts'
import { type MoneyCapAsk, moneyCapOf } from './money-cap.ts'
import { createPeople, type PeopleSettings } from './people/index.ts'
import { auditPlace } from './personal.ts'
import { hmacUnder } from './secrets.ts'
import { DEFAULT_SESSION_TIMES, type SessionTimes } from './session.ts'
import { createSessions } from './sessions.ts'
import { createSignIn } from './sign-in.ts'
import { createSpending } from './spending/index.ts'
import { addActor } from './store.ts'
import { createSwitches, type SwitchesDeps } from './switches/index.ts'

export type AccessDeps = Omit<ActorsDeps, 'hmacOf' | 'audit' | 'directory'> & {
  /** Everything secret is kept as HMACs under it. */
  masterKey: Secret
  /** Where browsers reach this installation; sign-in links lead there. Asked late: a free port is known once it is open. */
  publicUrl: () => string
  sessionTimes?: SessionTimes
  /** The file outside the database that holds how far the audit log went; none is kept without. */
  auditAnchor?: string | undefined
  people?: PeopleSettings
  /** Whether other processes change the same tables. */
  hasOthers?: boolean
  /** The name of this process, the same after a restart, under which it writes down what was used. */
  writer?: string
  /** Throws when there is nothing of this name that could be switched off. */
  demandKnown?: SwitchesDeps['demandKnown']
  /** Told of what went wrong in the background, for the log. */
  report?: (thrown: unknown) => void
  /** For a process that goes on while the database is away. */
  remember?: Remember
}

const ANCHOR_MS = SECOND

export async function createAccess(given: AccessDeps) {
  const { masterKey, publicUrl, auditAnchor, report = () => {}, remember = readOnly, ...rest } = given
  const { db, clock, organisation } = rest
  const times = given.sessionTimes ?? DEFAULT_SESSION_TIMES
  const fingerprints = await openMasterKey({ db, clock, organisation, masterKey, remember, random: rest.random })
  const hmacOf = hmacUnder(fingerprints)
  const directory = createDirectory(times)
  const audit = createAudit({ db, clock, organisation, hmacOf })
  const file = auditAnchor === undefined ? undefined : anchorFile({ path: auditAnchor, hmacOf })
  const anchoring = createAnchoring({ db, clock, organisation, audit, file, report })
  const deps: ActorsDeps = { ...rest, hmacOf, audit, directory }
  const identify = createIdentify({ directory, hmacOf, clock })
  const actors = createActors(deps)
  const keys = createKeys({ ...deps, actors })
  const sessions = createSessions({ ...deps, identify, times, publicUrl })
  const signIn = createSignIn({ ...deps, actors, sessions, publicUrl })
  const spending = createSpending({
    ...deps,
    identify,
    report,
    remember,
    hasOthers: given.hasOthers ?? false,
    writer: given.writer,
    demandKnown: given.demandKnown ?? (async () => {}),
  })
  const switches = createSwitches({
    ...deps,
    record: audit.record,
    nameOf: (id) => directory.actor(id)?.name ?? id,
    demandKnown: given.demandKnown ?? (async () => {}),
    changed: directory.changed,
  })
  const people = createPeople(
    { ...deps, masterKey, fingerprints, identify, actors, sessions, publicUrl, report, systemActor: () => system.id },
    given.people ?? { secondFactor: false, oidc: undefined, proxyHops: 0 },
  )
  const memory = createMemory({ db, clock, organisation, audit, directory, spending, switches, remember })

  /** The actor for what the installation does by itself, made at the first start together with the log. */
  async function ensureSystem(): Promise<Actor> {
    const there = directory.actors().find(({ kind }) => kind === 'system')
    if (there) return there
    const system = actors.newActor({ name: 'airworthy', kind: 'system', role: 'viewer' })
    try {
      await inTransaction(db, async (tx) => {
        await audit.begin(tx)
        await addActor(tx, system)
        await audit.record(tx, { actor: system.id, action: 'access.begin', subject: system.id })
      })
    } catch (thrown) {
      // Another process that started at the same moment was quicker.
      if (!isDuplicate(thrown)) throw thrown
      await memory.reload()
      return ensureSystem()
    }
    directory.putActor(system)
    return system
  }

  await memory.reload()
  const isFirst = directory.actors().length === 0
  const system = await ensureSystem()
  if (!isFirst && anchoring.read()?.kind === 'none') {
    const entries = await audit.length()
    await inTransaction(db, (tx) =>
      // Either this is the first start that keeps one, or somebody took it away; whoever reads the log can tell.
      audit.record(tx, {
        actor: system.id,
        action: 'access.begin-anchor',
        subject: 'audit',
        detail: { entries },
      }),
    )
  }
  await anchoring.follow()
  await spending.start()
  const timer = setInterval(() => void anchoring.follow(), ANCHOR_MS)
  timer.unref()

  /** Somebody who is not known here may have signed in, or got a key, at another process a moment ago. */
  async function callerOf({ headers }: { readonly headers: HeaderReader }): Promise<Caller | undefined> {
    if (!given.hasOthers) return identify.callerFrom(headers, { isUse: true })
    try {
      const caller = identify.callerFrom(headers, { isUse: true })
      if (caller || !identify.showsSession(headers)) return caller
    } catch (thrown) {
      if (!(thrown instanceof Failure) || thrown.code !== 'access.key-unknown') throw thrown
    }
    await memory.refresh()
    return identify.callerFrom(headers, { isUse: true })
  }

  return {
    /** Who acts when nobody asked: rollouts that decide, jobs of the installation. */
    systemActor: system.id,
    /** What is kept one way is made with this: the first master key. */
    fingerprints,
    /** For the API: by key or session; undefined when the request shows neither. Throws for a wrong key. */
    callerOf,
    /** For the gateway: by key, synchronous, from the headers of `node:http`. Throws a `Failure` of kind unauthenticated. */
    identify: identify.identify,
    /** Whether these headers still name a caller; for streams that outlive a revocation. */
    isStillCaller(headers: HeaderReader): boolean {
      try {
        return identify.callerFrom(headers, { isUse: false }) !== undefined
      } catch {
        return false
      }
    },
    ...signIn,
    personalPlaces: [auditPlace(db, organisation)],
    signOut: sessions.signOut,
    sessions,
    people,
    /** Handlers with the second factor before those that approve, where the installation demands it. */
    guardApprovals: people.approvals.guard,
    switches,
    ensureOwner: keys.ensureOwner,
    createActor: actors.createActor,
    updateActor: actors.updateActor,
    getActor: actors.getActor,
    listActors: () => directory.actors(),
    createKey: keys.createKey,
    rotateKey: keys.rotateKey,
    revokeKey: keys.revokeKey,
    discardKey: keys.discardKey,
    listKeys: keys.listKeys,
    limits: {
      reserve: spending.reserve,
      refill: spending.refill,
      record: spending.record,
      countLeftOver: spending.countLeftOver,
      demand: spending.demand,
      set: spending.set,
      setFor: spending.setFor,
      status: spending.status,
      statusOf: spending.statusOf,
      list: spending.list,
      flush: spending.flush,
      /** The first cap on money that such a request counts against; undefined where there is none. */
      moneyCapOf: (ask: MoneyCapAsk) =>
        moneyCapOf(ask, {
          organisation,
          limitsOf: (whose) => spending.statusOf(whose).limits,
          teamOf: (key) => directory.key(key)?.team ?? null,
        }),
    },
    record: audit.record,
    listAudit: audit.list,
    walkAudit: audit.walk,
    /** Whoever takes the log with them stands in it. */
    noteExport: (filter: Record<string, unknown>, by: Actor['id']): Promise<void> =>
      inTransaction(db, (tx) =>
        audit.record(tx, { actor: by, action: 'access.export-audit', subject: 'audit', detail: { filter } }),
      ),
    /** Against its chain, its head, and the anchor outside the database. */
    verifyAudit: () => audit.verify(anchoring.read()),
    /** Takes the log as it is from now on, for a restore that somebody answers for. */
    async acceptAudit({ reason, by }: { reason: string; by: Actor['id'] }) {
      const before = await audit.verify(anchoring.read())
      await inTransaction(db, (tx) =>
        audit.record(tx, { actor: by, action: 'access.accept-audit', subject: 'audit', detail: { reason, before } }),
      )
      await anchoring.accept()
      return audit.verify(anchoring.read())
    },
    reload: memory.reload,
    refresh: memory.refresh,
    /** Rises with everything that is changed by somebody, because all of it is audited. */
    revision: audit.length,
    /** What other processes have spent. */
    reloadSpend: spending.reloadSpend,
    /** Writes what is left and stops. */
    async close(): Promise<void> {
      clearInterval(timer)
      await spending.stop()
      await anchoring.follow()
    },
  }
}

export type Access = Awaited<ReturnType<typeof createAccess>>
