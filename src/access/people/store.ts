/** SQL of what people prove who they are with. */
import { sql } from 'kysely'
import type { ActorId } from '../../core/actor.ts'
import type { Instant } from '../../kernel/time.ts'
import { type Database, type Tx, tablesOf } from '../../store/database.ts'
import {
  type AttemptScope,
  Identity,
  Invitation,
  Password,
  RecoveryCode,
  SecondFactor,
  SignInAttempts,
} from './rows.ts'

export const own = tablesOf({
  passwords: Password,
  invitations: Invitation,
  signInAttempts: SignInAttempts,
  secondFactors: SecondFactor,
  recoveryCodes: RecoveryCode,
  identities: Identity,
})

// Passwords and invitations

export const findPassword = (db: Database | Tx, actor: ActorId): Promise<Password | undefined> =>
  own(db).selectFrom('passwords').selectAll().where('actor', '=', actor).executeTakeFirst()

export const hasPasswords = async (db: Database, organisation: string): Promise<boolean> =>
  (await own(db)
    .selectFrom('passwords')
    .select('actor')
    .where('organisation', '=', organisation)
    .limit(1)
    .executeTakeFirst()) !== undefined

export const savePassword = async (tx: Tx, row: Password): Promise<void> => {
  await own(tx)
    .insertInto('passwords')
    .values(row)
    .onConflict((on) => on.column('actor').doUpdateSet(row))
    .execute()
}

/** A person has one invitation at a time; those before it are void. */
export const addInvitation = async (tx: Tx, row: Invitation): Promise<void> => {
  await own(tx).deleteFrom('invitations').where('actor', '=', row.actor).execute()
  await own(tx).insertInto('invitations').values(row).execute()
}

export const findInvitation = (db: Database | Tx, hmac: string): Promise<Invitation | undefined> =>
  own(db).selectFrom('invitations').selectAll().where('hmac', '=', hmac).executeTakeFirst()

/** Marks an invitation as used and returns it, once; undefined when it is unknown, used or too old. */
export const takeInvitation = (tx: Tx, hmac: string, now: Instant): Promise<Invitation | undefined> =>
  own(tx)
    .updateTable('invitations')
    .set({ redeemedAt: now })
    .where('hmac', '=', hmac)
    .where('redeemedAt', 'is', null)
    .where('expiresAt', '>', now)
    .returningAll()
    .executeTakeFirst()

// Attempts

/** Counts an attempt and returns the count with it; a stretch that began before `windowStart` begins anew. */
export async function countAttempt(
  db: Database,
  {
    organisation,
    scope,
    mark,
    now,
    windowStart,
  }: { organisation: string; scope: AttemptScope; mark: string; now: Instant; windowStart: Instant },
): Promise<{ count: number; since: Instant }> {
  const isOver = sql<boolean>`sign_in_attempts.since <= ${windowStart}`
  return own(db)
    .insertInto('signInAttempts')
    .values({ organisation, scope, mark, count: 1, since: now })
    .onConflict((on) =>
      on.columns(['organisation', 'scope', 'mark']).doUpdateSet({
        count: sql`case when ${isOver} then 1 else sign_in_attempts.count + 1 end`,
        since: sql`case when ${isOver} then excluded.since else sign_in_attempts.since end`,
      }),
    )
    .returning(['count', 'since'])
    .executeTakeFirstOrThrow()
}

export const forgetAttempts = async (
  db: Database | Tx,
  { organisation, scope, mark }: { organisation: string; scope: AttemptScope; mark: string },
): Promise<void> => {
  await own(db)
    .deleteFrom('signInAttempts')
    .where('organisation', '=', organisation)
    .where('scope', '=', scope)
    .where('mark', '=', mark)
    .execute()
}

/** Takes one attempt back that turned out well. */
export const giveBackAttempt = async (
  db: Database,
  { organisation, scope, mark }: { organisation: string; scope: AttemptScope; mark: string },
): Promise<void> => {
  await own(db)
    .updateTable('signInAttempts')
    .set({ count: sql`greatest(count - 1, 0)` })
    .where('organisation', '=', organisation)
    .where('scope', '=', scope)
    .where('mark', '=', mark)
    .execute()
}

export const removeOldAttempts = async (db: Database, windowStart: Instant): Promise<void> => {
  await own(db).deleteFrom('signInAttempts').where('since', '<=', windowStart).execute()
}

// Second factor

export const findSecondFactor = (db: Database | Tx, actor: ActorId): Promise<SecondFactor | undefined> =>
  own(db).selectFrom('secondFactors').selectAll().where('actor', '=', actor).executeTakeFirst()

/** Each sealed text through the function. */
export async function resealSecondFactors(tx: Tx, reseal: (sealed: string, actor: string) => string): Promise<number> {
  const rows = await own(tx).selectFrom('secondFactors').select(['actor', 'sealed']).execute()
  for (const { actor, sealed } of rows)
    await own(tx)
      .updateTable('secondFactors')
      .set({ sealed: reseal(sealed, actor) })
      .where('actor', '=', actor)
      .execute()
  return rows.length
}

export const saveSecondFactor = async (tx: Tx, row: SecondFactor): Promise<void> => {
  await own(tx)
    .insertInto('secondFactors')
    .values(row)
    .onConflict((on) => on.column('actor').doUpdateSet(row))
    .execute()
}

/** Takes the code of a step, once: false when that step or a later one was taken meanwhile. */
export const takeStep = async (tx: Tx, actor: ActorId, step: number): Promise<boolean> =>
  (await own(tx)
    .updateTable('secondFactors')
    .set({ lastStep: step })
    .where('actor', '=', actor)
    .where('lastStep', '<', step)
    .returning('actor')
    .executeTakeFirst()) !== undefined

export const removeSecondFactor = async (tx: Tx, actor: ActorId): Promise<void> => {
  await own(tx).deleteFrom('secondFactors').where('actor', '=', actor).execute()
  await own(tx).deleteFrom('recoveryCodes').where('actor', '=', actor).execute()
}

export const replaceRecoveryCodes = async (tx: Tx, actor: ActorId, rows: readonly RecoveryCode[]): Promise<void> => {
  await own(tx).deleteFrom('recoveryCodes').where('actor', '=', actor).execute()
  await own(tx)
    .insertInto('recoveryCodes')
    .values([...rows])
    .execute()
}

/** Takes a recovery code, once. */
export const takeRecoveryCode = async (tx: Tx, actor: ActorId, hmac: string, now: Instant): Promise<boolean> =>
  (await own(tx)
    .updateTable('recoveryCodes')
    .set({ usedAt: now })
    .where('hmac', '=', hmac)
    .where('actor', '=', actor)
    .where('usedAt', 'is', null)
    .returning('hmac')
    .executeTakeFirst()) !== undefined

export const countRecoveryCodes = async (db: Database, actor: ActorId): Promise<number> =>
  (
    await own(db)
      .selectFrom('recoveryCodes')
      .select('hmac')
      .where('actor', '=', actor)
      .where('usedAt', 'is', null)
      .execute()
  ).length

// Identities

export const findIdentity = (
  db: Database | Tx,
  { organisation, issuer, subject }: Pick<Identity, 'organisation' | 'issuer' | 'subject'>,
): Promise<Identity | undefined> =>
  own(db)
    .selectFrom('identities')
    .selectAll()
    .where('organisation', '=', organisation)
    .where('issuer', '=', issuer)
    .where('subject', '=', subject)
    .executeTakeFirst()

export const hasIdentity = async (db: Database | Tx, actor: ActorId, issuer: string): Promise<boolean> =>
  (await own(db)
    .selectFrom('identities')
    .select('actor')
    .where('actor', '=', actor)
    .where('issuer', '=', issuer)
    .executeTakeFirst()) !== undefined

export const addIdentity = async (tx: Tx, row: Identity): Promise<void> => {
  await own(tx).insertInto('identities').values(row).execute()
}
