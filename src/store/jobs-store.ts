/** SQL of the jobs table. */
import { type SqlBool, sql } from 'kysely'
import { type Database, json, type Tx, tablesOf } from './database.ts'
import { Job, type JobId } from './job.ts'
import { migration, type SliceMigrations } from './migrate.ts'

export const own = tablesOf({ jobs: Job })

export const jobMigrations: SliceMigrations = {
  slice: 'store',
  steps: [
    migration(
      '001-jobs',
      `create table jobs (
        id text primary key, organisation text not null, kind text not null, key text, input jsonb not null,
        state text not null, progress jsonb not null, steps jsonb not null, result jsonb, error text,
        attempts int not null, created_at timestamptz not null, finished_at timestamptz)`,
      `create unique index jobs_key on jobs (kind, key) where key is not null`,
      `create index jobs_open on jobs (state) where state in ('queued', 'running')`,
    ),
  ],
}

/** Adds the job, or returns the one that has its key already. */
export async function addJob(db: Database | Tx, job: Job): Promise<{ job: Job; isNew: boolean }> {
  const row = {
    ...job,
    input: json(job.input),
    progress: json(job.progress),
    steps: json(job.steps),
    result: json(job.result),
  }
  const added = await own(db)
    .insertInto('jobs')
    .values(row)
    .onConflict((on) => on.columns(['kind', 'key']).where(sql<SqlBool>`key is not null`).doNothing())
    .executeTakeFirst()
  if (Number(added.numInsertedOrUpdatedRows ?? 0) > 0 || job.key === null) return { job, isNew: true }
  const there = await own(db)
    .selectFrom('jobs')
    .selectAll()
    .where('kind', '=', job.kind)
    .where('key', '=', job.key)
    .executeTakeFirstOrThrow()
  return { job: there, isNew: false }
}

export const findJob = (db: Database | Tx, id: JobId): Promise<Job | undefined> =>
  own(db).selectFrom('jobs').selectAll().where('id', '=', id).executeTakeFirst()

export const findJobByKey = (db: Database | Tx, kind: string, key: string): Promise<Job | undefined> =>
  own(db).selectFrom('jobs').selectAll().where('kind', '=', kind).where('key', '=', key).executeTakeFirst()

export const listOpenJobs = (db: Database): Promise<Job[]> =>
  own(db).selectFrom('jobs').selectAll().where('state', 'in', ['queued', 'running']).orderBy('id').execute()

/** Changes a job; with `from` only when it is in one of these states. Returns whether it did. */
export async function changeJob(
  db: Database | Tx,
  id: JobId,
  change: Partial<Pick<Job, 'state' | 'progress' | 'steps' | 'result' | 'error' | 'attempts' | 'finishedAt'>>,
  from?: readonly Job['state'][],
): Promise<boolean> {
  const { progress, steps, result, ...plain } = change
  const set = {
    ...plain,
    ...(progress && { progress: json(progress) }),
    ...(steps && { steps: json(steps) }),
    ...(result !== undefined && { result: json(result) }),
  }
  let update = own(db).updateTable('jobs').set(set).where('id', '=', id)
  if (from) update = update.where('state', 'in', from)
  const done = await update.executeTakeFirst()
  return Number(done.numUpdatedRows) > 0
}

/** How many jobs of each kind are in each state. */
export const countJobs = (db: Database): Promise<{ kind: string; state: string; count: number }[]> =>
  own(db)
    .selectFrom('jobs')
    .select((is) => ['kind', 'state', is.fn.countAll<number>().as('count')])
    .groupBy(['kind', 'state'])
    .orderBy('kind')
    .orderBy('state')
    .execute()

export const forgetJob = async (db: Database | Tx, kind: string, key: string): Promise<void> => {
  await own(db).deleteFrom('jobs').where('kind', '=', kind).where('key', '=', key).execute()
}
