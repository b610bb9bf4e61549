/** SQL of evidence, over its own tables. */
import { sql } from 'kysely'
import { z } from 'zod'
import { Organisation } from '../core/actor.ts'
import { Challenge, type ChallengeId } from '../core/challenge.ts'
import { Evidence, SignedEvidence } from '../core/evidence.ts'
import { firstIdAt } from '../kernel/ids.ts'
import { HOUR, Instant, later } from '../kernel/time.ts'
import { type Database, json, type Tx, tablesOf } from '../store/database.ts'
import { SigningKey } from './contract.ts'
import type { Holding } from './holding.ts'

const StoredKey = SigningKey.extend({ organisation: Organisation, since: Instant })
const Generation = z.object({ organisation: Organisation, generation: z.number().int() })
type StoredKey = z.infer<typeof StoredKey>

export const own = tablesOf({
  evidence: SignedEvidence,
  evidenceKeys: StoredKey,
  evidenceGenerations: Generation,
  challenges: Challenge,
})

const SHOWN = Object.keys(Evidence.shape) as (keyof Evidence)[]

export type EvidenceFilter = {
  readonly organisation: string
  readonly application?: string | readonly string[] | undefined
  readonly release?: string | undefined
  readonly check?: string | undefined
  readonly trust?: Evidence['trust'] | undefined
  readonly producer?: string | undefined
  readonly since?: Instant | undefined
  readonly until?: Instant | undefined
  readonly held?: (Holding & { readonly holds: boolean }) | undefined
}

export async function addEvidence(tx: Tx, evidence: SignedEvidence): Promise<void> {
  const { facts, inputs, producer, envelope } = evidence
  await own(tx)
    .insertInto('evidence')
    .values({
      ...evidence,
      facts: json(facts),
      inputs: json(inputs),
      producer: json(producer),
      envelope: json(envelope),
    })
    .execute()
}

export const findEvidence = (db: Database | Tx, id: SignedEvidence['id']): Promise<SignedEvidence | undefined> =>
  own(db).selectFrom('evidence').selectAll().where('id', '=', id).executeTakeFirst()

/** With their envelopes, oldest first. */
export const listSignedEvidence = (
  db: Database | Tx,
  ids: readonly SignedEvidence['id'][],
): Promise<SignedEvidence[]> =>
  ids.length === 0
    ? Promise.resolve([])
    : own(db).selectFrom('evidence').selectAll().where('id', 'in', ids).orderBy('id').execute()

/** Longest from the instant of a piece to that of its id: signing may wait for whoever changes the key. */
const RECORDED_WITHIN = HOUR

/** Newest first, without envelopes, and without what a revoked key signed. */
export async function listEvidence(
  db: Database | Tx,
  { organisation, application, release, check, trust, producer, since, until, held }: EvidenceFilter,
  { before, limit }: { before?: string | undefined; limit?: number | undefined } = {},
): Promise<Evidence[]> {
  let query = own(db).selectFrom('evidence').select(SHOWN).where('organisation', '=', organisation)
  if (typeof application === 'string') query = query.where('application', '=', application)
  else if (application !== undefined) query = query.where('application', 'in', application)
  if (release !== undefined) query = query.where('release', '=', release as Evidence['release'])
  if (check !== undefined) query = query.where('check', '=', check)
  if (trust !== undefined) query = query.where('trust', '=', trust)
  if (producer !== undefined) query = query.where(sql<boolean>`producer ->> 'name' = ${producer}`)
  // Ids sort by their time, which is that of the piece or some moments later; so no other index is needed.
  if (since !== undefined) query = query.where('at', '>=', since).where('id', '>=', firstIdAt('evi', since))
  if (until !== undefined)
    query = query.where('at', '<', until).where('id', '<', firstIdAt('evi', later(until, RECORDED_WITHIN)))
  if (held)
    query = query.where(
      sql<boolean>`(inputs <@ ${JSON.stringify(held.parts)}::jsonb
        and at >= coalesce((${JSON.stringify(held.oldest)}::jsonb ->> "check")::timestamptz, '-infinity')) = ${held.holds}`,
    )
  if (held?.holds) {
    const digests = ['', ...held.parts.map(({ digest }) => digest)]
    query = query.where(sql<boolean>`coalesce(inputs -> 0 ->> 'digest', '') = any(${sql.val(digests)}::text[])`)
  }
  if (before !== undefined) query = query.where('id', '<', before as Evidence['id'])
  for (const key of await revokedKeys(db, organisation)) query = query.where(isNotSignedBy(key))
  query = query.orderBy('id', 'desc')
  return (limit === undefined ? query : query.limit(limit)).execute()
}

export type NewestEvidence = Pick<Evidence, 'application' | 'check' | 'id' | 'at'>

/** The newest piece of each of these checks in each of these applications; none where nothing was recorded. */
export async function listNewest(
  db: Database | Tx,
  organisation: string,
  { applications, checks }: { applications: readonly string[]; checks: readonly string[] },
): Promise<NewestEvidence[]> {
  const revoked = (await revokedKeys(db, organisation)).map((key) => sql`and ${isNotSignedBy(key)}`)
  const { rows } = await sql<NewestEvidence>`
    select application.name as application, asked.id as "check", newest.id, newest.at
    from unnest(${sql.val([...applications])}::text[]) application(name)
    cross join unnest(${sql.val([...checks])}::text[]) asked(id)
    cross join lateral (
      select id, at from evidence
      where organisation = ${organisation} and "check" = asked.id and application = application.name
        ${sql.join(revoked, sql` `)}
      order by id desc limit 1
    ) newest`.execute(db)
  return rows
}

/** Of the newest pieces of all, the newest first. */
export const listNewestIds = (
  db: Database | Tx,
  organisation: string,
  limit: number,
): Promise<Pick<Evidence, 'id' | 'application'>[]> =>
  own(db)
    .selectFrom('evidence')
    .select(['id', 'application'])
    .where('organisation', '=', organisation)
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()

/** Keeps a public key the first time that it signs, so that old evidence verifies after a change of keys. */
export async function keepKey(tx: Tx, key: StoredKey): Promise<void> {
  await own(tx)
    .insertInto('evidenceKeys')
    .values(key)
    .onConflict((on) => on.column('keyid').doNothing())
    .execute()
}

const SHOWN_OF_KEYS = Object.keys(SigningKey.shape) as (keyof SigningKey)[]

/** Newest first. */
export const listKeys = (db: Database, organisation: string): Promise<SigningKey[]> =>
  own(db)
    .selectFrom('evidenceKeys')
    .select(SHOWN_OF_KEYS)
    .where('organisation', '=', organisation)
    .orderBy('since', 'desc')
    .execute()

export const findKey = (tx: Tx, organisation: string, keyid: string): Promise<StoredKey | undefined> =>
  own(tx)
    .selectFrom('evidenceKeys')
    .selectAll()
    .where('organisation', '=', organisation)
    .where('keyid', '=', keyid)
    .executeTakeFirst()

/** Of one generation; of one key of it, where the master key was changed meanwhile. */
export async function changeKeys(
  tx: Tx,
  { organisation, generation, keyid }: { organisation: string; generation: number; keyid?: string },
  change: Partial<Pick<SigningKey, 'retiredAt' | 'revokedFrom' | 'reason'>>,
): Promise<void> {
  const query = own(tx)
    .updateTable('evidenceKeys')
    .set(change)
    .where('organisation', '=', organisation)
    .where('generation', '=', generation)
  await (keyid === undefined ? query : query.where('keyid', '=', keyid)).execute()
}

/** Which key signs: the first, until it was rotated. Locked, nobody rotates (`share`) or signs (`update`) meanwhile. */
export async function readGeneration(
  db: Database | Tx,
  organisation: string,
  { lock }: { lock?: 'share' | 'update' } = {},
): Promise<number> {
  const query = own(db).selectFrom('evidenceGenerations').select('generation').where('organisation', '=', organisation)
  const locked = lock === 'update' ? query.forUpdate() : lock === 'share' ? query.forShare() : query
  return (await locked.executeTakeFirst())?.generation ?? 1
}

export async function saveGeneration(tx: Tx, row: z.infer<typeof Generation>): Promise<void> {
  await own(tx)
    .insertInto('evidenceGenerations')
    .values(row)
    .onConflict((on) => on.column('organisation').doUpdateSet({ generation: row.generation }))
    .execute()
}

/** What was signed with a key after it was revoked is as if it were not there. */
export async function revokedKeys(
  db: Database | Tx,
  organisation: string,
): Promise<{ keyid: string; from: Instant }[]> {
  const rows = await own(db)
    .selectFrom('evidenceKeys')
    .select(['keyid', 'revokedFrom'])
    .where('organisation', '=', organisation)
    .where('revokedFrom', 'is not', null)
    .execute()
  return rows.flatMap(({ keyid, revokedFrom }) => (revokedFrom === null ? [] : [{ keyid, from: revokedFrom }]))
}

const isNotSignedBy = ({ keyid, from }: { keyid: string; from: Instant }) =>
  sql<boolean>`not (at >= ${from} and envelope -> 'signatures' -> 0 ->> 'keyid' = ${keyid})`

/** Evidence whose words may name a person, oldest first; patterns are a JSON list for `ilike`. */
export const listPersonEvidence = (
  db: Database,
  { organisation, patterns, before }: { organisation: string; patterns: string; before: Instant },
): Promise<Evidence[]> =>
  own(db)
    .selectFrom('evidence')
    .select(SHOWN)
    .where('organisation', '=', organisation)
    .where('at', '<', before)
    .where(
      sql<boolean>`(to_jsonb(evidence) - 'envelope')::text ilike any(array(select jsonb_array_elements_text(${patterns}::jsonb)))`,
    )
    .orderBy('id')
    .execute()

// Challenges

export type ChallengeFilter = {
  readonly organisation: string
  readonly application?: string | readonly string[] | undefined
  readonly evidence?: Challenge['evidence'] | undefined
  readonly state?: Challenge['state'] | undefined
}

export const addChallenge = async (tx: Tx, challenge: Challenge): Promise<void> => {
  await own(tx).insertInto('challenges').values(challenge).execute()
}

export const findChallenge = (db: Database | Tx, id: ChallengeId): Promise<Challenge | undefined> =>
  own(db).selectFrom('challenges').selectAll().where('id', '=', id).executeTakeFirst()

/** Ends a challenge that is open; undefined when it is not. */
export const endChallenge = (
  tx: Tx,
  id: ChallengeId,
  end: Pick<Challenge, 'state' | 'answer' | 'answeredBy' | 'answeredAt'>,
): Promise<Challenge | undefined> =>
  own(tx)
    .updateTable('challenges')
    .set(end)
    .where('id', '=', id)
    .where('state', '=', 'open')
    .returningAll()
    .executeTakeFirst()

/** Newest first. */
export function listChallenges(
  db: Database | Tx,
  { organisation, application, evidence, state }: ChallengeFilter,
  { before, limit }: { before?: string | undefined; limit?: number | undefined } = {},
): Promise<Challenge[]> {
  let query = own(db).selectFrom('challenges').selectAll().where('organisation', '=', organisation)
  if (typeof application === 'string') query = query.where('application', '=', application)
  else if (application !== undefined) query = query.where('application', 'in', application)
  if (evidence !== undefined) query = query.where('evidence', '=', evidence)
  if (state !== undefined) query = query.where('state', '=', state)
  if (before !== undefined) query = query.where('id', '<', before as ChallengeId)
  query = query.orderBy('id', 'desc')
  return (limit === undefined ? query : query.limit(limit)).execute()
}
