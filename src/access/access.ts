/**
 * Access: who is asking, what they may do, what they may spend, and a log of what was changed.
 * One process holds it in memory; the tables are what it is rebuilt from at the start.
 */
import type { Secret } from '../kernel/secret.ts'
import { inTransaction } from '../store/database.ts'
import { isDuplicate } from '../store/database-error.ts'
import { type Remember, readOnly } from '../store/remember.ts'
import type { Caller } from '../wire/caller.ts'
import type { Actor } from './actor.ts'
import { createAudit } from './audit.ts'
import type { HeaderReader } from './credentials.ts'
import { createDirectory } from './directory.ts'
import { createIdentify } from './identify.ts'
import { createKeys, type KeysDeps } from './keys.ts'
import { hmacUnder } from './secrets.ts'
import { createSignIn } from './sign-in.ts'
import { createSpending } from './spending.ts'
import { addActor, findAuditHead, listAllActors, listAllKeys, listOpenSessions } from './store.ts'

export type AccessDeps = Omit<KeysDeps, 'hmacOf' | 'audit' | 'directory'> & {
  /** Everything secret is kept as HMACs under it. */
  masterKey: Secret
  /** Where browsers reach this installation; sign-in links lead there. Asked late: a free port is known once it is open. */
  publicUrl: () => string
  /** Told of what went wrong in the background, for the log. */
  report?: (thrown: unknown) => void
  /** For a process that goes on while the database is away. */
  remember?: Remember
}

export async function createAccess({
  masterKey,
  publicUrl,
  report = () => {},
  remember = readOnly,
  ...rest
}: AccessDeps) {
  const { db, clock, newId, organisation } = rest
  const hmacOf = hmacUnder(masterKey)
  const directory = createDirectory()
  const audit = createAudit({ db, clock, organisation, hmacOf })
  const deps: KeysDeps = { ...rest, hmacOf, audit, directory }
  const identify = createIdentify({ directory, hmacOf, clock })
  const keys = createKeys(deps)
  const signIn = createSignIn({ ...deps, keys, publicUrl })
  const spending = createSpending({ ...deps, identify, report, remember })

  /** Reads actors, keys and sessions anew, for what another process may have changed. */
  async function reload(): Promise<void> {
    const { actors, stored, sessions } = await remember('access', async () => ({
      actors: await listAllActors(db, organisation),
      stored: await listAllKeys(db, organisation),
      sessions: await listOpenSessions(db, organisation, clock()),
    }))
    directory.clear()
    for (const actor of actors) directory.putActor(actor)
    for (const key of stored) directory.putKey(key)
    for (const session of sessions) directory.putSession(session)
  }

  /** The actor for what the installation does by itself, made at the first start together with the log. */
  async function ensureSystem(): Promise<Actor> {
    const there = directory.actors().find(({ kind }) => kind === 'system')
    if (there) return there
    const system: Actor = {
      id: newId('act'),
      organisation,
      name: 'airworthy',
      kind: 'system',
      role: 'viewer',
      example: false,
      createdAt: clock(),
    }
    try {
      await inTransaction(db, async (tx) => {
        await audit.begin(tx)
        await addActor(tx, system)
        await audit.record(tx, { actor: system.id, action: 'access.begin', subject: system.id })
      })
    } catch (thrown) {
      // Another process that started at the same moment was quicker.
      if (!isDuplicate(thrown)) throw thrown
      await reload()
      return ensureSystem()
    }
    directory.putActor(system)
    return system
  }

  await reload()
  const system = await ensureSystem()
  await spending.start()

  return {
    /** Who acts when nobody asked: rollouts that decide, jobs of the installation. */
    systemActor: system.id,
    /** For the API: by key or session; undefined when the request shows neither. Throws for a wrong key. */
    callerOf: async (request: { readonly headers: HeaderReader }): Promise<Caller | undefined> =>
      identify.callerFrom(request.headers),
    /** For the gateway: by key, synchronous, from the headers of `node:http`. Throws a `Failure` of kind unauthenticated. */
    identify: identify.identify,
    /** Whether these headers still name a caller; for streams that outlive a revocation. */
    isStillCaller(headers: HeaderReader): boolean {
      try {
        return identify.callerFrom(headers) !== undefined
      } catch {
        return false
      }
    },
    ...signIn,
    ensureOwner: keys.ensureOwner,
    createActor: keys.createActor,
    getActor: keys.getActor,
    listActors: keys.listActors,
    createKey: keys.createKey,
    revokeKey: keys.revokeKey,
    discardKey: keys.discardKey,
    listKeys: keys.listKeys,
    limits: {
      reserve: spending.reserve,
      demand: spending.demand,
      set: spending.set,
      status: spending.status,
      flush: spending.flush,
    },
    record: audit.record,
    listAudit: audit.list,
    verifyAudit: audit.verify,
    /** Actors, keys, sessions and limits, as they are in the database now. */
    async reload(): Promise<void> {
      await reload()
      await spending.reload()
    },
    /** Rises with everything that is changed by somebody, because all of it is audited. */
    revision: async (): Promise<number> => (await findAuditHead(db, organisation))?.entries ?? 0,
    /** What other processes have spent. */
    reloadSpend: spending.reloadSpend,
    /** Writes what is left and stops. */
    close: (): Promise<void> => spending.stop(),
  }
}

export type Access = Awaited<ReturnType<typeof createAccess>>
/** What other slices are given to write into the audit log. */
export type RecordAudit = Access['record']
