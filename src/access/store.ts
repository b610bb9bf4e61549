/** SQL of access, over its own tables. */
import { sql } from 'kysely'
import { z } from 'zod'
import type { ActorId } from '../core/actor.ts'
import { Digest } from '../kernel/digest.ts'
import { Instant } from '../kernel/time.ts'
import { type Database, json, type Tx, tablesOf } from '../store/database.ts'
import { Actor } from './actor.ts'
import { AuditEntry } from './audit-entry.ts'
import type { Uses } from './identify.ts'
import { type KeyId, StoredKey } from './key.ts'
import type { Limits } from './limits.ts'
import { Session, SignInLink } from './session.ts'

export const AuditHead = z.object({
  organisation: z.string(),
  entries: z.number().int(),
  digest: Digest.nullable(),
  /** HMAC over the rest; empty when the row was found missing. */
  seal: z.string(),
})
export type AuditHead = z.infer<typeof AuditHead>

/** Tells the master key of the installation from others, and nothing about it. */
const MasterKeyCheck = z.object({
  organisation: z.string(),
  hmac: z.string(),
  createdAt: Instant,
  /** What fingerprints are made with, sealed; null while that is the master key itself. */
  fingerprints: z.string().nullable(),
})
type MasterKeyCheck = z.infer<typeof MasterKeyCheck>

export const own = tablesOf({
  actors: Actor,
  keys: StoredKey,
  signInLinks: SignInLink,
  sessions: Session,
  auditEntries: AuditEntry,
  auditHeads: AuditHead,
  masterKeyChecks: MasterKeyCheck,
})

// Actors and keys

export const listAllActors = (db: Database | Tx, organisation: string): Promise<Actor[]> =>
  own(db).selectFrom('actors').selectAll().where('organisation', '=', organisation).orderBy('id').execute()

export const addActor = async (tx: Tx, actor: Actor): Promise<void> => {
  await own(tx).insertInto('actors').values(actor).execute()
}

/** Everything of it that can change. */
export const changeActor = async (tx: Tx, { id, ...actor }: Actor): Promise<void> => {
  const { name, role, signInName, language, disabledAt } = actor
  await own(tx)
    .updateTable('actors')
    .set({ name, role, signInName, language, disabledAt })
    .where('id', '=', id)
    .execute()
}

export const listAllKeys = (db: Database | Tx, organisation: string): Promise<StoredKey[]> =>
  own(db).selectFrom('keys').selectAll().where('organisation', '=', organisation).orderBy('id').execute()

export const addKey = async (tx: Tx, key: StoredKey): Promise<void> => {
  await own(tx)
    .insertInto('keys')
    .values({ ...key, limits: key.limits && json(key.limits), permissions: key.permissions && json(key.permissions) })
    .execute()
}

/** The text that works, and the one before. */
export const changeKeyText = async (tx: Tx, key: StoredKey): Promise<void> => {
  const { hmac, previousHmac, previousUntil, previousUsedAt, rotatedAt } = key
  await own(tx)
    .updateTable('keys')
    .set({ hmac, previousHmac, previousUntil, previousUsedAt, rotatedAt })
    .where('id', '=', key.id)
    .execute()
}

export const removeKey = async (tx: Tx, id: KeyId): Promise<void> => {
  await own(tx).deleteFrom('keys').where('id', '=', id).execute()
}

export const removeActor = async (tx: Tx, id: ActorId): Promise<void> => {
  await own(tx).deleteFrom('actors').where('id', '=', id).execute()
}

/** Sets when a key stopped being valid; null makes it valid again. */
export const changeKeyRevocation = async (tx: Tx, id: KeyId, revokedAt: Instant | null): Promise<void> => {
  await own(tx).updateTable('keys').set({ revokedAt }).where('id', '=', id).execute()
}

export const changeKeyLimits = async (tx: Tx, id: KeyId, limits: Limits): Promise<void> => {
  await own(tx)
    .updateTable('keys')
    .set({ limits: json(limits) })
    .where('id', '=', id)
    .execute()
}

export const saveUses = async (tx: Tx, { keys, sessions }: Uses): Promise<void> => {
  for (const [id, { at, previousAt }] of keys)
    await own(tx)
      .updateTable('keys')
      .set({ lastUsedAt: at, ...(previousAt !== null && { previousUsedAt: previousAt }) })
      .where('id', '=', id as KeyId)
      .execute()
  for (const [hmac, lastSeenAt] of sessions)
    await own(tx).updateTable('sessions').set({ lastSeenAt }).where('hmac', '=', hmac).execute()
}

// Sign-in

export const addSignInLink = async (tx: Tx, link: SignInLink): Promise<void> => {
  await own(tx).insertInto('signInLinks').values(link).execute()
}

export const findSignInLink = (db: Database | Tx, hmac: string): Promise<SignInLink | undefined> =>
  own(db).selectFrom('signInLinks').selectAll().where('hmac', '=', hmac).executeTakeFirst()

/** Marks a link as used and returns it, once; undefined when it is unknown, used or too old. */
export const takeSignInLink = (tx: Tx, hmac: string, now: Instant): Promise<SignInLink | undefined> =>
  own(tx)
    .updateTable('signInLinks')
    .set({ redeemedAt: now })
    .where('hmac', '=', hmac)
    .where('redeemedAt', 'is', null)
    .where('expiresAt', '>', now)
    .returningAll()
    .executeTakeFirst()

export const listOpenSessions = (db: Database, organisation: string, now: Instant): Promise<Session[]> =>
  own(db)
    .selectFrom('sessions')
    .selectAll()
    .where('organisation', '=', organisation)
    .where('expiresAt', '>', now)
    .execute()

export const addSession = async (tx: Tx, session: Session): Promise<void> => {
  await own(tx).insertInto('sessions').values(session).execute()
}

export const removeSession = async (tx: Tx, hmac: string): Promise<void> => {
  await own(tx).deleteFrom('sessions').where('hmac', '=', hmac).execute()
}

export const removeSessionsOf = async (tx: Tx, actor: ActorId): Promise<void> => {
  await own(tx).deleteFrom('sessions').where('actor', '=', actor).execute()
}

export const changeSessionConfirmation = async (tx: Tx, { hmac, confirmedAt }: Session): Promise<void> => {
  await own(tx).updateTable('sessions').set({ confirmedAt }).where('hmac', '=', hmac).execute()
}

/** Forgets sessions and links that ended before `now`. */
export const removeEndedSessions = async (tx: Tx, now: Instant): Promise<void> => {
  await own(tx).deleteFrom('sessions').where('expiresAt', '<=', now).execute()
  await own(tx).deleteFrom('signInLinks').where('expiresAt', '<=', now).execute()
}

// Audit log

export const addAuditHead = async (tx: Tx, head: AuditHead): Promise<void> => {
  await own(tx)
    .insertInto('auditHeads')
    .values(head)
    .onConflict((on) => on.doNothing())
    .execute()
}

/** The head, held until the transaction ends. */
export const lockAuditHead = (tx: Tx, organisation: string): Promise<AuditHead | undefined> =>
  own(tx).selectFrom('auditHeads').selectAll().where('organisation', '=', organisation).forUpdate().executeTakeFirst()

export const findAuditHead = (db: Database, organisation: string): Promise<AuditHead | undefined> =>
  own(db).selectFrom('auditHeads').selectAll().where('organisation', '=', organisation).executeTakeFirst()

export const saveAuditHead = async (tx: Tx, { organisation, ...head }: AuditHead): Promise<void> => {
  await own(tx).updateTable('auditHeads').set(head).where('organisation', '=', organisation).execute()
}

export const addAuditEntry = async (tx: Tx, entry: AuditEntry): Promise<void> => {
  await own(tx)
    .insertInto('auditEntries')
    .values({ ...entry, detail: json(entry.detail) })
    .execute()
}

export type AuditFilter = {
  readonly limit: number
  /** Entries before this position. */
  readonly before?: number | undefined
  readonly actor?: ActorId | undefined
  readonly action?: string | undefined
  readonly subject?: string | undefined
  readonly application?: string | undefined
  readonly since?: Instant | undefined
  readonly until?: Instant | undefined
}

/** Newest first, one more than the limit. */
export const listAuditEntries = (db: Database, organisation: string, filter: AuditFilter): Promise<AuditEntry[]> =>
  filtered(db, organisation, filter)
    .orderBy('position', 'desc')
    .limit(filter.limit + 1)
    .execute()

/** Oldest first, after a position. */
export const readAudit = (
  db: Database,
  organisation: string,
  { after, limit, ...filter }: Omit<AuditFilter, 'before'> & { readonly after: number },
): Promise<AuditEntry[]> =>
  filtered(db, organisation, filter).where('position', '>', after).orderBy('position').limit(limit).execute()

function filtered(db: Database, organisation: string, filter: Omit<AuditFilter, 'limit'>) {
  const { before, actor, action, subject, application, since, until } = filter
  let query = own(db).selectFrom('auditEntries').selectAll().where('organisation', '=', organisation)
  if (before !== undefined) query = query.where('position', '<', before)
  if (actor) query = query.where('actor', '=', actor)
  if (action?.endsWith('.')) query = query.where(sql<boolean>`starts_with(action, ${action})`)
  else if (action) query = query.where('action', '=', action)
  if (subject) query = query.where('subject', '=', subject)
  if (application) query = query.where('application', '=', application)
  if (since) query = query.where('at', '>=', since)
  if (until) query = query.where('at', '<', until)
  return query
}

// The master key

export const findMasterKeyCheck = (db: Database | Tx, organisation: string): Promise<MasterKeyCheck | undefined> =>
  own(db).selectFrom('masterKeyChecks').selectAll().where('organisation', '=', organisation).executeTakeFirst()

/** The first one stays. */
export const addMasterKeyCheck = async (db: Database, check: MasterKeyCheck): Promise<void> => {
  await own(db)
    .insertInto('masterKeyChecks')
    .values(check)
    .onConflict((on) => on.column('organisation').doNothing())
    .execute()
}
export const changeMasterKeyCheck = async (
  tx: Tx,
  organisation: string,
  change: Pick<MasterKeyCheck, 'hmac' | 'fingerprints'>,
): Promise<void> => {
  await own(tx).updateTable('masterKeyChecks').set(change).where('organisation', '=', organisation).execute()
}
/** Entries whose details may name a person, oldest first; patterns are a JSON list for `ilike`. */
export const listPersonEntries = (
  db: Database,
  { organisation, patterns, before }: { organisation: string; patterns: string; before: Instant },
): Promise<AuditEntry[]> =>
  own(db)
    .selectFrom('auditEntries')
    .selectAll()
    .where('organisation', '=', organisation)
    .where('at', '<', before)
    .where(
      sql<boolean>`(subject || ' ' || detail::text) ilike any(array(select jsonb_array_elements_text(${patterns}::jsonb)))`,
    )
    .orderBy('position')
    .execute()
