/** SQL of lists over many applications: each is one question, however many there are. */
import { sql } from 'kysely'
import type { ApplicationId } from '../../core/application.ts'
import type { Name } from '../../core/names.ts'
import type { Release } from '../../core/release.ts'
import type { Waiver } from '../../core/verdict.ts'
import type { Database, Tx } from '../../store/database.ts'
import type { StoredApplication } from '../rows.ts'
import { type Cut, own } from '../store.ts'

type Reader = Database | Tx

export type ApplicationMark = Pick<StoredApplication, 'id' | 'blueprint' | 'frozenBlueprint' | 'updatedAt'>

/** Enough of each to see whether it changed, in the order of names. */
export const listApplicationMarks = (db: Reader, of: string, { cursor, limit }: Cut): Promise<ApplicationMark[]> => {
  let query = own(db)
    .selectFrom('applications')
    .select(['id', 'blueprint', 'frozenBlueprint', 'updatedAt'])
    .where('organisation', '=', of)
  if (cursor !== undefined) query = query.where('name', '>', cursor)
  return query.orderBy('name').limit(limit).execute()
}

export const findApplicationMarks = async (
  db: Reader,
  of: string,
  names: readonly string[],
): Promise<ApplicationMark[]> =>
  names.length === 0
    ? []
    : own(db)
        .selectFrom('applications')
        .select(['id', 'blueprint', 'frozenBlueprint', 'updatedAt'])
        .where('organisation', '=', of)
        .where('name', 'in', names)
        .execute()

export const findApplications = async (
  db: Reader,
  marks: readonly Pick<StoredApplication, 'id'>[],
): Promise<StoredApplication[]> => {
  const ids = marks.map(({ id }) => id)
  return ids.length === 0 ? [] : own(db).selectFrom('applications').selectAll().where('id', 'in', ids).execute()
}

/** One document of every application, in the order of names; undefined where an application has none. */
export const listDocument = async (
  db: Reader,
  of: string,
  document: string,
): Promise<{ application: Name; value: unknown }[]> =>
  (
    await sql<{ application: Name; value: unknown }>`
      select name as application, documents -> ${document} -> 'value' as value from applications
      where organisation = ${of} order by name`.execute(db)
  ).rows

export type NewestRelease = Pick<Release, 'id' | 'application' | 'number' | 'commit'>

/** Of each of these applications, or of all, the release that was frozen last, without its manifest. */
export async function listNewestReleases(db: Reader, of: string, ids?: ApplicationId[]): Promise<NewestRelease[]> {
  const { rows } = await sql<NewestRelease>`
    select newest.id, newest.application, newest.number, newest.commit from applications
    cross join lateral (
      select * from releases where application_id = applications.id order by number desc limit 1
    ) newest
    where applications.organisation = ${of} ${ids === undefined ? sql`` : sql`and applications.id = any(${sql.val(ids)}::text[])`}`.execute(
    db,
  )
  return rows
}

export type ReleaseMark = Pick<Release, 'id' | 'number' | 'digest'>

/** Number and digest of every release of these applications, newest first. */
export const listReleaseMarks = (
  db: Reader,
  applications: readonly ApplicationId[],
): Promise<(ReleaseMark & Pick<Release, 'applicationId'>)[]> =>
  own(db)
    .selectFrom('releases')
    .select(['id', 'number', 'digest', 'applicationId'])
    .where('applicationId', 'in', applications)
    .orderBy('number', 'desc')
    .execute()

/** All of these applications, newest first. */
export const listWaiversOf = (db: Reader, of: string, applications: readonly string[]): Promise<Waiver[]> =>
  own(db)
    .selectFrom('waivers')
    .selectAll()
    .where('organisation', '=', of)
    .where('application', 'in', applications)
    .orderBy('id', 'desc')
    .execute()
