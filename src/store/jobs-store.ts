/** SQL of the store's own tables. */
import { type SqlBool, sql } from 'kysely'
import { z } from 'zod'
import { Digest } from '../kernel/digest.ts'
import { Instant } from '../kernel/time.ts'
import { type Database, json, type Tx, tablesOf } from './database.ts'
import { Job, JobId } from './job.ts'
import { migration, type SliceMigrations } from './migrate.ts'

/** Which process does a job, and until when nobody else may; in the database's own time. */
const JobLease = z.object({ job: JobId, worker: z.string(), until: Instant })
/** A part of a blob, for processes that share no folder. */
const BlobPart = z.object({ digest: Digest, part: z.number().int(), bytes: z.instanceof(Uint8Array) })
/** A blob that no longer holds what its digest says, because a person's data was taken out of it. */
const ErasedBlob = z.object({ digest: Digest, content: Digest, at: Instant })

export const own = tablesOf({ jobs: Job, jobLeases: JobLease, blobParts: BlobPart, erasedBlobs: ErasedBlob })

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
    migration(
      '002-several-processes',
      `create table job_leases (job text primary key, worker text not null, until timestamptz not null)`,
      `create table blob_parts (digest text not null, part int not null, bytes bytea not null, primary key (digest, part))`,
    ),
    migration(
      '003-erased-blobs',
      `create table erased_blobs (digest text primary key, content text not null, at timestamptz not null)`,
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

/** Jobs of a kind that were asked for with this application, newest first. */
export const listJobsOf = (
  db: Database,
  { kind, application, limit }: { kind: string; application: string; limit: number },
): Promise<Job[]> =>
  own(db)
    .selectFrom('jobs')
    .selectAll()
    .where('kind', '=', kind)
    .where(sql<SqlBool>`input ->> 'application' = ${application}`)
    .orderBy('createdAt', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()

/** Jobs that wait, or whose process is gone; oldest first. */
export async function listFreeJobs(db: Database, limit: number): Promise<Pick<Job, 'id' | 'kind'>[]> {
  const { rows } = await sql<Pick<Job, 'id' | 'kind'>>`
    select id, kind from jobs where state in ('queued', 'running')
      and not exists (select 1 from job_leases where job = jobs.id and until > clock_timestamp())
    order by id limit ${limit}`.execute(db)
  return rows
}

/** Takes a job for a while, or goes on having it. False when another process has it. */
export async function takeLease(db: Database, { job, worker, seconds }: Lease): Promise<boolean> {
  const { numAffectedRows } = await sql`
    insert into job_leases (job, worker, until)
    values (${job}, ${worker}, clock_timestamp() + make_interval(secs => ${seconds}))
    on conflict (job) do update set worker = excluded.worker, until = excluded.until
    where job_leases.worker = excluded.worker or job_leases.until <= clock_timestamp()`.execute(db)
  return numAffectedRows === 1n
}
type Lease = { job: JobId; worker: string; seconds: number }

export const endLease = async (db: Database, job: JobId, worker: string): Promise<void> => {
  await own(db).deleteFrom('jobLeases').where('job', '=', job).where('worker', '=', worker).execute()
}

/** What an earlier process of this name had when it died. */
export const endLeasesOf = async (db: Database, worker: string): Promise<void> => {
  await own(db).deleteFrom('jobLeases').where('worker', '=', worker).execute()
}

/** Changes a job; with `from` only in one of these states, with `worker` only while it has it. Returns whether it did. */
export async function changeJob(
  db: Database | Tx,
  id: JobId,
  change: Partial<Pick<Job, 'state' | 'progress' | 'steps' | 'result' | 'error' | 'attempts' | 'finishedAt'>>,
  { from, worker }: { from?: readonly Job['state'][]; worker?: string } = {},
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
  if (worker !== undefined)
    update = update.where(sql<SqlBool>`exists (select 1 from job_leases where job = jobs.id and worker = ${worker})`)
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

// Blobs

export const addBlobParts = async (tx: Tx, parts: readonly z.infer<typeof BlobPart>[]): Promise<void> => {
  for (const part of parts)
    await own(tx)
      .insertInto('blobParts')
      .values(part)
      .onConflict((on) => on.doNothing())
      .execute()
}

/** Whether it is there with this many bytes; an erased one has others. */
export const hasBlob = async (db: Database, digest: Digest, bytes: number): Promise<boolean> => {
  const { rows } = await sql<{ size: number | null }>`
    select sum(octet_length(bytes))::float8 as size from blob_parts where digest = ${digest}`.execute(db)
  return rows[0]?.size === bytes
}

/** In order; none when the blob is not there. */
export const readBlobParts = async (db: Database, digest: Digest): Promise<Uint8Array[]> =>
  (await own(db).selectFrom('blobParts').select('bytes').where('digest', '=', digest).orderBy('part').execute()).map(
    ({ bytes }) => bytes,
  )

export const listBlobs = async (db: Database): Promise<Digest[]> =>
  (await own(db).selectFrom('blobParts').select('digest').where('part', '=', 0).orderBy('digest').execute()).map(
    ({ digest }) => digest,
  )

export const removeBlobParts = async (tx: Tx, digest: Digest): Promise<void> => {
  await own(tx).deleteFrom('blobParts').where('digest', '=', digest).execute()
}

/** Notes that a blob holds something else from now on: `content` is the digest of that. */
export const noteErased = async (tx: Tx, { digest, content }: { digest: Digest; content: Digest }): Promise<void> => {
  await sql`insert into erased_blobs (digest, content, at) values (${digest}, ${content}, now())
    on conflict (digest) do update set content = excluded.content, at = excluded.at`.execute(tx)
}

/** The digest of what each erased blob holds now. */
export const listErased = async (db: Database | Tx): Promise<Map<Digest, Digest>> => {
  const rows = await own(db).selectFrom('erasedBlobs').select(['digest', 'content']).execute()
  return new Map(rows.map(({ digest, content }) => [digest, content]))
}
