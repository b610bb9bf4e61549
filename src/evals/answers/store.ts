/** SQL of answers that are taken again. */
import { type SqlBool, sql } from 'kysely'
import type { Digest } from '../../kernel/digest.ts'
import type { Instant } from '../../kernel/time.ts'
import { type Database, json, type Tx, tablesOf } from '../../store/database.ts'
import { storableJson } from '../storable-json.ts'
import { KeptAnswer, PaidAnswer } from './kept-answer.ts'

export const own = tablesOf({ experimentAnswers: KeptAnswer, paidAnswers: PaidAnswer })

/** An answer that was given before to exactly this. */
export const findAnswer = (
  db: Database,
  { key, organisation }: Pick<KeptAnswer, 'key' | 'organisation'>,
): Promise<KeptAnswer | undefined> =>
  own(db)
    .selectFrom('experimentAnswers')
    .selectAll()
    .where('key', '=', key)
    .where('organisation', '=', organisation)
    .executeTakeFirst()

export async function keepAnswer(db: Database, answer: KeptAnswer): Promise<void> {
  await own(db)
    .insertInto('experimentAnswers')
    .values({ ...answer, outcome: json(answer.outcome), scores: answer.scores && json(answer.scores) })
    .onConflict((found) => found.doNothing())
    .execute()
}

/** The same, and it is there no longer. */
export const takeAnswer = (
  db: Database,
  { key, organisation }: Pick<KeptAnswer, 'key' | 'organisation'>,
): Promise<KeptAnswer | undefined> =>
  own(db)
    .deleteFrom('experimentAnswers')
    .where('key', '=', key)
    .where('organisation', '=', organisation)
    .returningAll()
    .executeTakeFirst()

/** Answers that may name a person. */
export const listPersonAnswers = (
  db: Database,
  { organisation, patterns }: { organisation: string; patterns: string },
): Promise<KeptAnswer[]> =>
  own(db)
    .selectFrom('experimentAnswers')
    .selectAll()
    .where('organisation', '=', organisation)
    .where(sql<SqlBool>`concat(outcome, scores) ilike any(array(select jsonb_array_elements_text(${patterns}::jsonb)))`)
    .execute()

export async function removeAnswer(tx: Tx, key: Digest): Promise<void> {
  await own(tx).deleteFrom('experimentAnswers').where('key', '=', key).execute()
}

export const findPaid = (
  db: Database,
  { key, organisation }: Pick<PaidAnswer, 'key' | 'organisation'>,
): Promise<PaidAnswer | undefined> =>
  own(db)
    .selectFrom('paidAnswers')
    .selectAll()
    .where('key', '=', key)
    .where('organisation', '=', organisation)
    .executeTakeFirst()

export async function keepPaid(
  db: Database,
  { answer, ...paid }: Omit<PaidAnswer, 'answer'> & { answer: unknown },
): Promise<void> {
  await own(db)
    .insertInto('paidAnswers')
    .values({ ...paid, answer: sql`${storableJson(answer)}::jsonb` })
    .onConflict((found) => found.doNothing())
    .execute()
}

/** All of a work. */
export async function removePaid(
  db: Database,
  { work, organisation }: Pick<PaidAnswer, 'work' | 'organisation'>,
): Promise<void> {
  await own(db).deleteFrom('paidAnswers').where('work', '=', work).where('organisation', '=', organisation).execute()
}

/** Of work that nobody went on with. */
export async function removePaidBefore(db: Database, before: Instant): Promise<void> {
  await own(db).deleteFrom('paidAnswers').where('at', '<', before).execute()
}

/** Paid answers that may name a person. */
export const listPersonPaid = (
  db: Database,
  { organisation, patterns }: { organisation: string; patterns: string },
): Promise<PaidAnswer[]> =>
  own(db)
    .selectFrom('paidAnswers')
    .selectAll()
    .where('organisation', '=', organisation)
    .where(sql<SqlBool>`answer::text ilike any(array(select jsonb_array_elements_text(${patterns}::jsonb)))`)
    .execute()

export async function removePaidAnswer(tx: Tx, key: Digest): Promise<void> {
  await own(tx).deleteFrom('paidAnswers').where('key', '=', key).execute()
}
