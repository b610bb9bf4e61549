/** A million rows as traffic leaves them, made inside the database; what is looked for is rare and the oldest of all. */
import { sql } from 'kysely'
import type { EvidenceId } from '../../src/core/evidence.ts'
import type { Part } from '../../src/core/manifest.ts'
import type { Name } from '../../src/core/names.ts'
import type { ReleaseId } from '../../src/core/release.ts'
import type { RolloutId } from '../../src/core/rollout.ts'
import { firstIdAt } from '../../src/kernel/ids.ts'
import { type Instant, later, SECOND, systemClock } from '../../src/kernel/time.ts'
import type { Database } from '../../src/store/database.ts'

const AT_ONCE = 100_000
const HOUR_MS = 3_600_000
/** One trace a second. */
const newest: Instant = systemClock()

export const RARE = {
  traceId: '0'.repeat(31).concat('a'),
  application: 'rare' as Name,
  release: `rel_${'0'.repeat(25)}1` as ReleaseId,
  rollout: `rol_${'0'.repeat(25)}1` as RolloutId,
  check: 'rare.check',
  producer: 'rare-tool',
  since: later(newest, -HOUR_MS),
  lastPage: `2000-01-01T00:00:00.000Z~${'f'.repeat(32)}`,
}
/** Of all applications together. */
export const RELEASES = 200
/** Of these many rows one is rare; they are the oldest. */
const RARITY = 10_000
const rareOf = (rows: number): number => Math.max(1, Math.floor(rows / RARITY))

export async function fillTraces(db: Database, rows: number): Promise<void> {
  for (let from = 0; from < rows; from += AT_ONCE) {
    const to = Math.min(rows, from + AT_ONCE)
    await sql`
      insert into traces (trace_id, span_id, source, at, organisation, application, stage, release, arm, rollout, unit,
        requested_model, served_by, provider, operation, stream, status, http_status, latency_ms, overhead_ms,
        input_tokens, output_tokens, estimated, cost_micro_usd, abstained, question, citations, invalid_citations,
        input, output, steps, metadata)
      select md5(i::text), substr(md5(i::text), 1, 16), 'gateway', ${newest}::timestamptz - make_interval(secs => i),
        'default', case when rare then ${RARE.application}::text else 'app-' || (i % 20) end,
        case when rare then 'pilot' else 'production' end,
        case when rare then ${RARE.release}::text else 'rel_' || lpad((i % 200)::text, 26, '9') end,
        case when rare then 'candidate' else 'control' end,
        case when rare then jsonb_build_object('id', ${RARE.rollout}::text, 'share', 0.1)
          when i % 3 = 0 then jsonb_build_object('id', 'rol_' || lpad((i % 50)::text, 26, '9'), 'share', 0.5) end,
        md5((i % 5000)::text), 'app', 'openai/gpt-4o', 'openai', 'chat', false,
        case when rare then 'errored' else 'complete' end, 200, 420.5, 0.4, 350, 120, false, 12.5, false,
        'Where is my order ' || i || '?', '[]', '[]',
        jsonb_build_array(jsonb_build_object('role', 'user', 'content', 'Where is my order ' || i || '?')),
        'It left on Monday and comes on Thursday, said the carrier. ' || md5(i::text), '[]', '{}'
      from (select i, i > ${rows - rareOf(rows)}::int as rare
        from generate_series(${from}::int + 1, ${to}::int) i) numbers`.execute(db)
  }
}

/** One piece a second; the first are the oldest. */
const recordedAt = (i: number, rows: number): Instant => later(newest, (i - rows) * SECOND)
export const lastEvidence = (rows: number): EvidenceId => firstIdAt('evi', recordedAt(100, rows))
export const evidenceHour = (rows: number): { since: Instant; until: Instant } => ({
  since: recordedAt(1, rows),
  until: later(recordedAt(1, rows), HOUR_MS),
})

/** What a piece of a release was measured on. */
export const partsOf = (release: number): Part[] =>
  (['prompt', 'model', 'flow'] as const).map((kind) => ({
    ...{ kind, name: 'answer' },
    digest: `sha256:${`${kind.length}${release}`.padStart(64, '0')}` as Part['digest'],
  }))

/** The time of an id in Crockford's base 32, as `kernel/ids.ts` writes it. */
const timeOfId = sql.raw(
  Array.from(
    { length: 10 },
    (_, at) => `substr('0123456789abcdefghjkmnpqrstvwxyz', 1 + ((ms >> ${45 - 5 * at}) & 31)::int, 1)`,
  ).join(' || '),
)

export async function fillEvidence(db: Database, rows: number): Promise<void> {
  const inputs = JSON.stringify(Array.from({ length: RELEASES }, (_, release) => partsOf(release)))
  for (let from = 0; from < rows; from += AT_ONCE) {
    const to = Math.min(rows, from + AT_ONCE)
    await sql`
      insert into evidence (id, organisation, application, release, "check", summary, facts, inputs, producer, trust, by,
        cost_micro_usd, example, at, statement, envelope)
      select 'evi_' || ${timeOfId} || lpad(i::text, 16, '0'), 'default',
        case when rare then ${RARE.application}::text else 'app-' || (i % 20) end,
        case when rare then ${RARE.release}::text else 'rel_' || lpad((i % ${RELEASES}::int)::text, 26, '9') end,
        case when rare then ${RARE.check}::text else 'check.' || (i % 40) end, 'As it should be.',
        '{"score": {"value": 0.93, "n": 120}}', inputs -> (i % ${RELEASES}::int),
        jsonb_build_object('name', case when rare then ${RARE.producer}::text else 'bench' end, 'version', '1'),
        case when rare then 'attested' else 'measured' end, 'act_1', 0, false, to_timestamp(ms / 1000.0),
        md5(i::text), jsonb_build_object('payload', repeat(md5(i::text), 20))
      from (select i, i <= ${rareOf(rows)}::int as rare, ${inputs}::jsonb as inputs,
          (extract(epoch from ${newest}::timestamptz) * 1000)::bigint - (${rows}::int - i) * 1000 as ms
        from generate_series(${from}::int + 1, ${to}::int) i) numbers`.execute(db)
  }
}
