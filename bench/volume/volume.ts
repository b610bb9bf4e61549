/**
 * Claim: with 1,000,000 traces and 1,000,000 pieces of evidence every list and filter answers within 200 ms on
 * PostgreSQL and 400 ms on the embedded engine; spans come in at 20,000 a second and 5,000 a second.
 *
 * What is looked for is rare and old, which is the worst case of a list that is read from its newest end. The bare limit
 * beside it, in the same run: one row by its key. `node bench/volume/volume.ts [--engine=postgres] [--rows=1000000] [--smoke]`.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { evidenceMigrations, evidenceTables } from '../../src/evidence/index.ts'
import { createIds } from '../../src/kernel/ids.ts'
import { secureBytes } from '../../src/kernel/random.ts'
import { monotonicMs, systemClock } from '../../src/kernel/time.ts'
import { openDatabase } from '../../src/store/database.ts'
import { openEmbedded } from '../../src/store/embedded.ts'
import { migrate } from '../../src/store/migrate.ts'
import { openPostgres } from '../../src/store/postgres.ts'
import { createTelemetry, telemetryMigrations } from '../../src/telemetry/index.ts'
import { startPostgres } from '../../src/testing/postgres.ts'
import type { Caller } from '../../src/wire/caller.ts'
import { insertSpans } from '../gateway/insert-spans.ts'
import { fillEvidence, fillTraces, RARE } from './fill.ts'

const word = (name: string) => process.argv.find((one) => one.startsWith(`--${name}=`))?.split('=')[1]
const isSmoke = process.argv.includes('--smoke')
const kind = word('engine') === 'postgres' ? 'postgres' : 'embedded'
const ROWS = Number(word('rows') ?? (isSmoke ? 2_000 : 1_000_000))
const SPANS = isSmoke ? 2_000 : 100_000
const [LIST_MS, SPANS_A_SECOND] = kind === 'postgres' ? [200, 20_000] : [400, 5_000]
const TIMES = 5

const folder = mkdtempSync(join(tmpdir(), 'airworthy-volume-'))
const server = kind === 'postgres' ? await startPostgres() : undefined
const engine = server ? await openPostgres(server.url) : await openEmbedded(join(folder, 'database'))
const db = openDatabase(engine)
const newId = createIds({ clock: systemClock, random: secureBytes })
const caller: Caller = {
  actor: newId('act'),
  name: 'bench',
  organisation: 'default',
  role: 'owner',
  permissions: new Set(['view', 'infer']),
  key: null,
  application: null,
}
const say = (what: string, found: string) => console.log(`${what.padEnd(58)} ${found}`)
try {
  say('engine', `${kind}, ${ROWS} traces, ${ROWS} pieces of evidence`)
  await migrate(db, [telemetryMigrations, evidenceMigrations], systemClock)
  const telemetry = await createTelemetry({
    db,
    clock: systemClock,
    newId,
    random: secureBytes,
    folder: join(folder, 'spool'),
    organisation: 'default',
    publish: () => {},
    collector: undefined,
  })
  const spansBegin = monotonicMs()
  await insertSpans(telemetry, { spans: SPANS, caller })
  const rate = SPANS / ((monotonicMs() - spansBegin) / 1000)
  say(
    'spans in over OTLP',
    `${Math.round(rate)} /s, claim ${SPANS_A_SECOND}, ${rate >= SPANS_A_SECOND ? 'met' : 'NOT MET'}`,
  )
  say('bytes a span, with its indexes', `${Math.round((await bytesOf('spans')) / SPANS)}`)

  const fillBegin = monotonicMs()
  await fillTraces(db, ROWS)
  await fillEvidence(db, ROWS)
  await sql`analyze`.execute(db)
  say(
    'filled in',
    `${Math.round((monotonicMs() - fillBegin) / 1000)} s; a trace takes ${Math.round((await bytesOf('traces')) / ROWS)} bytes, a piece of evidence ${Math.round((await bytesOf('evidence')) / ROWS)}`,
  )

  const bare = await slowest(() => sql`select trace_id from traces where trace_id = ${RARE.traceId}`.execute(db))
  say('bare: one row by its key', `${bare.toFixed(1)} ms`)
  const lists: [string, Parameters<typeof telemetry.list>[0]['filter']][] = [
    ['traces', {}],
    ['traces of an application', { application: RARE.application }],
    ['traces of a release', { release: RARE.release }],
    ['traces of an arm', { arm: 'candidate' }],
    ['traces of a rollout', { rollout: RARE.rollout }],
    ['traces of a stage', { stage: 'pilot' }],
    ['traces that broke', { status: 'errored' }],
    [
      'traces of a release in an application that broke',
      { application: RARE.application, release: RARE.release, status: 'errored' },
    ],
    ['traces with a text, of the last hour', { text: 'nobody said this', since: RARE.since }],
    ['traces with a text, of all time', { text: 'nobody said this' }],
  ]
  for (const [what, filter] of lists)
    judge(what, await slowest(() => telemetry.list({ caller, filter, cursor: undefined, limit: 50 })))
  judge(
    'traces, the last page',
    await slowest(() => telemetry.list({ caller, filter: {}, cursor: RARE.lastPage, limit: 50 })),
  )
  judge('usage of a day', await slowest(() => telemetry.usage({ caller, application: 'app-1' })))
  const evidence: [string, Record<string, string>][] = [
    ['evidence', {}],
    ['evidence of an application', { application: RARE.application }],
    ['evidence of a release', { release: RARE.release }],
    ['evidence of a check', { check: RARE.check }],
    ['evidence of a check in an application', { application: 'app-1', check: RARE.check }],
    ['evidence of a trust', { trust: 'attested' }],
  ]
  for (const [what, filter] of evidence) judge(what, await slowest(() => listEvidence(filter)))
  await telemetry.close()
} finally {
  await engine.close()
  await server?.close()
  rmSync(folder, { recursive: true, force: true })
}

/** As the slice asks: newest first, by the filters of its route. */
function listEvidence(filter: Record<string, string>): Promise<unknown> {
  let query = evidenceTables(db)
    .selectFrom('evidence')
    .select(['id', 'check', 'summary', 'facts', 'at'])
    .where('organisation', '=', 'default')
  for (const [column, value] of Object.entries(filter)) query = query.where(column as 'check', '=', value)
  return query.orderBy('id', 'desc').limit(50).execute()
}

/** Milliseconds of the slowest of some calls, after one that warms up. */
async function slowest(work: () => Promise<unknown>): Promise<number> {
  await work()
  let most = 0
  for (let i = 0; i < TIMES; i++) {
    const begin = monotonicMs()
    await work()
    most = Math.max(most, monotonicMs() - begin)
  }
  return most
}

function judge(what: string, ms: number): void {
  say(what, `${ms.toFixed(1)} ms, claim ${LIST_MS}, ${ms <= LIST_MS ? 'met' : 'NOT MET'}`)
}

async function bytesOf(table: string): Promise<number> {
  const { rows } = await sql<{
    bytes: number
  }>`select pg_total_relation_size(${table}::regclass)::float8 as bytes`.execute(db)
  return rows[0]?.bytes ?? 0
}
