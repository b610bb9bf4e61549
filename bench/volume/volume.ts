/**
 * Claim: with 1,000,000 traces and 1,000,000 pieces of evidence every list and filter answers within 200 ms on
 * PostgreSQL and 400 ms on the embedded engine; spans come in at 20,000 a second and 5,000 a second.
 *
 * node bench/volume/volume.ts [--engine=postgres] [--rows=1000000] [--rounds=5] [--only=spans|lists] [--batch=512]
 *   [--smoke]
 *
 * Spans go to a server of its own over OTLP/HTTP, over a PostgreSQL that waits for its disk; the best round counts, and
 * processor time a span says what it would come to where nothing else runs. Lists are the slices' own calls, the slowest
 * of five; what is looked for is rare and old, the worst case of a list that is read from its newest end. The bare
 * limit beside them, in the same run: one row by its key.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { cpus, loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import { sql } from 'kysely'
import type { Name } from '../../src/core/names.ts'
import type { ReleaseId } from '../../src/core/release.ts'
import { createEvidence, evidenceMigrations, type ListAsk, newSigningKey } from '../../src/evidence/index.ts'
import { createIds, type NewId } from '../../src/kernel/ids.ts'
import { secureBytes } from '../../src/kernel/random.ts'
import { DAY, later, monotonicMs, systemClock } from '../../src/kernel/time.ts'
import { type Database, openDatabase } from '../../src/store/database.ts'
import { openEmbedded } from '../../src/store/embedded.ts'
import { migrate } from '../../src/store/migrate.ts'
import { openPostgres } from '../../src/store/postgres.ts'
import { createTelemetry, type Telemetry, telemetryMigrations } from '../../src/telemetry/index.ts'
import { runScript, startPostgres } from '../../src/testing/postgres.ts'
import type { Caller } from '../../src/wire/caller.ts'
import { evidenceHour, fillEvidence, fillTraces, lastEvidence, partsOf, RARE, RELEASES } from './fill.ts'
import { BATCH, sendSpans, tracesOf } from './spans-in.ts'

const word = (name: string) => process.argv.find((one) => one.startsWith(`--${name}=`))?.split('=')[1]
const isSmoke = process.argv.includes('--smoke')
const kind = word('engine') === 'postgres' ? 'postgres' : 'embedded'
const ROWS = Number(word('rows') ?? (isSmoke ? 2_000 : 1_000_000))
const SPANS = isSmoke ? 1_024 : 40_000
const ROUNDS = Number(word('rounds') ?? (isSmoke ? 1 : 5))
const only = word('only')
const [LIST_MS, SPANS_A_SECOND] = kind === 'postgres' ? [200, 20_000] : [400, 5_000]
const BATCH_SPANS = Number(word('batch') ?? BATCH)
const TIMES = 5

const folder = mkdtempSync(join(tmpdir(), 'airworthy-volume-'))
const server = kind === 'postgres' ? await startPostgres({ isDurable: true }) : undefined
const verdict = (isMet: boolean): string => (isMet ? 'met' : 'NOT MET')
const row = (what: string, aim: string, measured: string, verdict = '') =>
  console.log(`| ${what.padEnd(52)} | ${aim.padEnd(12)} | ${measured.padEnd(44)} | ${verdict.padEnd(7)} |`)
try {
  console.log(
    `${kind}, ${ROWS} traces, ${ROWS} pieces of evidence, ${cpus().length} cores, load ${loadavg()[0]?.toFixed(1)} at the start\n`,
  )
  row('what', 'aim', 'measured', 'verdict')
  row('---', '---', '---', '---')
  if (only !== 'lists') await measureSpans()
  if (only !== 'spans') await measureLists()
} finally {
  await server?.close()
  rmSync(folder, { recursive: true, force: true })
}

async function measureSpans(): Promise<void> {
  const data = join(folder, 'server')
  const found = await sendSpans({ data, databaseUrl: server?.url, spans: SPANS, rounds: ROUNDS, batch: BATCH_SPANS })
  const best = Math.max(...found.rates)
  const own = found.serverUs + found.databaseUs
  row(
    `spans in over OTLP/HTTP${BATCH_SPANS === BATCH ? '' : `, ${BATCH_SPANS} a request`}, best round`,
    `${SPANS_A_SECOND} /s`,
    `${Math.round(best)} /s`,
    verdict(best >= SPANS_A_SECOND),
  )
  row('  all rounds', '', found.rates.map((rate) => Math.round(rate)).join(', '))
  row(
    '  processor time a span',
    '',
    `${own.toFixed(0)} µs (server ${found.serverUs.toFixed(0)}, PostgreSQL ${found.databaseUs.toFixed(0)})`,
  )
  row(
    '  traces told afterwards',
    String(tracesOf(found.spans)),
    String(found.traces),
    verdict(found.traces === tracesOf(found.spans)),
  )
  const engine = server ? await openPostgres(server.url) : await openEmbedded(join(data, 'database'))
  const db = openDatabase(engine)
  row(
    '  bytes a span, with indexes',
    '',
    `${Math.round((await bytesOf(db, 'spans')) / found.spans)}, and ${Math.round((await bytesOf(db, 'traces')) / found.spans)} of its trace`,
  )
  await engine.close()
}

async function measureLists(): Promise<void> {
  const engine = server
    ? await openPostgres(await freshDatabase(server.url))
    : await openEmbedded(join(folder, 'lists'))
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
  const fillBegin = monotonicMs()
  await fillTraces(db, ROWS)
  await fillEvidence(db, ROWS)
  await sql`analyze`.execute(db)
  // As the recorder does while traces come in.
  await sql`vacuum traces`.execute(db)
  row('filled in', '', `${Math.round((monotonicMs() - fillBegin) / 1000)} s`)
  for (const [what, table] of [
    ['a trace', 'traces'],
    ['a piece of evidence', 'evidence'],
  ] as const)
    row(`  bytes ${what}, with indexes`, '', `${Math.round((await bytesOf(db, table)) / ROWS)}`)
  const bare = await slowest(() => sql`select trace_id from traces where trace_id = ${RARE.traceId}`.execute(db))
  row('bare: one row by its key', '', `${bare.toFixed(1)} ms`)
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
    ['traces with a text, of all time: the first page', { text: 'nobody said this' }],
  ]
  for (const [what, filter] of lists)
    judge(what, await slowest(() => telemetry.list({ caller, filter, cursor: undefined, limit: 50 })))
  judge(
    'traces, the last page',
    await slowest(() => telemetry.list({ caller, filter: {}, cursor: RARE.lastPage, limit: 50 })),
  )
  const since = later(systemClock(), -30 * DAY)
  const ofAll = () => telemetry.usageBy.count({ caller, query: { by: ['application'], since } })
  const before = await timed(ofAll)
  const added = await timed(() => telemetry.rollUp.rollUp())
  row('hours added up, once', '', `${added.result} in ${(added.ms / 1000).toFixed(1)} s`)
  judge('usage of a day', await slowest(() => telemetry.usage({ caller, application: 'app-1' })))
  const after = await timed(ofAll)
  row(
    'usage of all applications, 30 days: request by request',
    '',
    `${(before.ms / 1000).toFixed(2)} s, the same answer: ${isDeepStrictEqual(withoutTimes(before.result), withoutTimes(after.result))}`,
  )
  row('  from sums by hour', '', `${((await slowest(ofAll)) / 1000).toFixed(2)} s`)
  row(
    '  by day and model',
    '',
    `${((await slowest(() => telemetry.usageBy.count({ caller, query: { by: ['day', 'model'], since } }))) / 1000).toFixed(2)} s`,
  )
  await measureEvidence(db, newId)
  await telemetry.close()
  await engine.close()
}

/** Each filter of the list; those on what is rare read from the newest end to the oldest, if nothing helps them. */
async function measureEvidence(db: Database, newId: NewId): Promise<void> {
  // The one has pieces in `app-7`, on the other nothing was recorded yet.
  const [old, fresh] = [releaseOf(7), releaseOf(999)]
  const signingKey = newSigningKey()
  const evidence = createEvidence({
    ...{ db, clock: systemClock, newId, organisation: 'default', signingKeyOf: () => signingKey },
    ...{ record: async () => {}, publish: () => {}, checks: [], importers: {} },
    subjectOf: async (release) => ({
      application: 'app-7' as Name,
      parts: partsOf(release === old ? 7 : RELEASES),
      duties: {},
    }),
  })
  const { application, release, check, producer } = RARE
  const lists: [string, ListAsk][] = [
    ['evidence', {}],
    ['evidence of an application', { application }],
    ['evidence of a release', { release }],
    ['evidence of a check', { check }],
    ['evidence of a check in an application', { application: 'app-1', check }],
    ['evidence of a trust', { trust: 'attested' }],
    ['evidence of a trust in an application', { application: 'app-1', trust: 'attested' }],
    ['evidence of a check and a release', { release, check: 'check.1' }],
    ['evidence of a producer', { producer }],
    ['evidence of a producer in an application', { application: 'app-1', producer }],
    ['evidence of a producer that there is not', { producer: 'nobody' }],
    ['evidence of an old hour', evidenceHour(ROWS)],
    ['evidence of an old hour in an application', { application: 'app-1', ...evidenceHour(ROWS) }],
    ['evidence of an old hour of a producer', { producer: 'bench', ...evidenceHour(ROWS) }],
    ['evidence held against a release', { against: old }],
    ['  that holds', { against: old, holds: 'true' }],
    ['  that is stale', { against: old, holds: 'false' }],
    ['  that holds for a release on which there is none', { against: fresh, holds: 'true' }],
    ['  of a check, for such a release', { against: fresh, holds: 'true', check: 'check.7' }],
  ]
  for (const [what, filter] of lists) judge(what, await slowest(() => evidence.list(filter, { limit: 50 })))
  const cut = { cursor: lastEvidence(ROWS), limit: 50 }
  judge('evidence, the last page', await slowest(() => evidence.list({}, cut)))
}

function releaseOf(number: number): ReleaseId {
  return `rel_${String(number).padStart(26, '9')}`
}

async function freshDatabase(url: string): Promise<string> {
  await runScript(url, 'create database lists')
  return url.replace(/[^/]*$/, 'lists')
}

async function timed<Result>(work: () => Promise<Result>): Promise<{ result: Result; ms: number }> {
  const begin = monotonicMs()
  const result = await work()
  return { result, ms: monotonicMs() - begin }
}

/** Both were asked for a moment apart. */
function withoutTimes({ total, items }: Awaited<ReturnType<Telemetry['usageBy']['count']>>) {
  return { total, items: items.map(({ traces: _, ...row }) => row) }
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
  row(what, `${LIST_MS} ms`, `${ms.toFixed(1)} ms`, verdict(ms <= LIST_MS))
}

async function bytesOf(db: Database, table: string): Promise<number> {
  const { rows } = await sql<{
    bytes: number
  }>`select pg_total_relation_size(${table}::regclass)::float8 as bytes`.execute(db)
  return rows[0]?.bytes ?? 0
}
