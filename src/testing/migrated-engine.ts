/**
 * The engine of the run with the tables of the whole house and nothing in them. To make the tables costs a second of
 * processor time on the embedded engine, to empty them a twentieth: there a schema is used again when its test is over,
 * and thrown away when that test changed more than rows. PostgreSQL copies a database that is made once a worker.
 */
import { systemClock } from '../kernel/time.ts'
import { openDatabase } from '../store/database.ts'
import type { Engine } from '../store/engine.ts'
import { createJobs } from '../store/jobs.ts'
import { jobMigrations } from '../store/jobs-store.ts'
import { migrate } from '../store/migrate.ts'
import { openPostgres } from '../store/postgres.ts'
import { migrations } from '../wiring/index.ts'
import { freshDatabase, newSchema, openSchema } from './engine.ts'

/** What a migration notes of itself; no migration brings other rows. */
const KEPT = 'migrations'
/** What the queue notes of itself: its version, and which kinds of jobs there are. */
const KEPT_OF_QUEUE = ['version', 'queue']

/**
 * Tables, columns, constraints, indexes, functions, and which triggers are on; equal where only rows differ. What was
 * made anew is another one, because it is known by its number. A sum needs no order: to sort all of it as text took most
 * of a house's end.
 */
const SHAPE = `
  with own as (select oid, relname, relkind from pg_class where relnamespace = current_schema()::regnamespace)
  select sum(hashtextextended(line, 0))::text as shape from (
    select concat_ws(' ', oid, relkind, relname) as line from own
    union all select concat_ws(' ', attrelid, attnum, attname, atttypid, attnotnull, atthasdef)
      from own join pg_attribute on attrelid = own.oid and attnum > 0 where relkind = 'r'
    union all select concat_ws(' ', t.oid, tgname, tgenabled) from own join pg_trigger t on tgrelid = own.oid
    union all select concat_ws(' ', c.oid, conname, convalidated) from own join pg_constraint c on conrelid = own.oid
    union all select concat_ws(' ', oid, proname, prosrc) from pg_proc where pronamespace = current_schema()::regnamespace
    union all select step from ${KEPT}) lines`

/** A table that was never written to has no size. Triggers that hold records together are not asked. */
const empty = (queueSchema: string) => `
  do $$
  declare
    filled text[];
  begin
    set local session_replication_role = replica;
    select array_agg(format('%I.%I', schemaname, tablename)) into filled from pg_tables
    where (schemaname = current_schema() and tablename <> '${KEPT}'
        or schemaname = '${queueSchema}' and tablename not in ('${KEPT_OF_QUEUE.join("', '")}'))
      and pg_relation_size(format('%I.%I', schemaname, tablename)::regclass) > 0;
    if filled is not null then
      execute format('truncate %s restart identity cascade', array_to_string(filled, ', '));
    end if;
  end $$`

type House = { readonly schema: string; readonly shape: unknown }
/** With the place of its queue, whose tables may be there already: twenty statements of a start that make them. */
export type MigratedEngine = Engine & { readonly queueSchema: string }

/** On PostgreSQL each house has its own database. */
const QUEUE = 'jobs_queue'

const idle: House[] = []
let template: Promise<string> | undefined

/** A database of the run's server with the tables; undefined when the run is on the embedded engine. */
export const migratedDatabase = async (): Promise<string | undefined> => freshDatabase(await templateOfTheWorker())

/** `close` frees what is the test's own. */
export async function migratedEngine(): Promise<MigratedEngine> {
  const url = await migratedDatabase()
  if (url !== undefined) return { ...(await openPostgres(url)), queueSchema: QUEUE }
  const house = idle.pop() ?? (await newHouse())
  const engine = await openSchema(house.schema)
  return {
    ...engine,
    queueSchema: queueOf(house.schema),
    async close() {
      await engine.close()
      if (await isAsNew(house)) idle.push(house)
    },
  }
}

async function newHouse(): Promise<House> {
  const schema = newSchema()
  const engine = await openSchema(schema)
  await migrateAll(engine)
  return { schema, shape: await run(engine, SHAPE) }
}

async function isAsNew({ schema, shape }: House): Promise<boolean> {
  const engine = await openSchema(schema)
  await run(engine, empty(queueOf(schema)))
  return (await run(engine, SHAPE)) === shape
}

/** A database with the tables alone; undefined on the embedded engine. */
function templateOfTheWorker(): Promise<string> | undefined {
  template ??= (async () => {
    const url = await freshDatabase()
    if (url === undefined) return ''
    const engine = await openPostgres(url)
    await migrateAll(engine)
    await makeQueue(engine)
    await engine.close()
    return new URL(url).pathname.slice(1)
  })()
  return template
}

const queueOf = (schema: string): string => `queue_of_${schema}`

const migrateAll = (engine: Engine) => migrate(openDatabase(engine), [jobMigrations, ...migrations], systemClock)

async function makeQueue(engine: Engine): Promise<void> {
  const never = () => {
    throw new Error('Nobody asks for a job here.')
  }
  const jobs = createJobs({
    ...{ db: openDatabase(engine), engine, clock: systemClock, newId: never, schema: QUEUE },
    ...{ worker: 'none', onChange: never },
  })
  await jobs.start({ work: false })
  await jobs.stop()
}

async function run(engine: Engine, script: string): Promise<unknown> {
  const connection = await engine.acquire()
  try {
    return (await connection.script(script)).rows.at(-1)?.shape
  } finally {
    connection.release()
  }
}
