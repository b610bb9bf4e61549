/** A million rows as traffic leaves them, made inside the database; what is looked for is rare and the oldest of all. */
import { sql } from 'kysely'
import type { EvidenceId } from '../../src/core/evidence.ts'
import type { Name } from '../../src/core/names.ts'
import type { ReleaseId } from '../../src/core/release.ts'
import type { RolloutId } from '../../src/core/rollout.ts'
import { type Instant, later, systemClock } from '../../src/kernel/time.ts'
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
  lastEvidence: `evi_${'0'.repeat(24)}99` as EvidenceId,
  since: later(newest, -HOUR_MS),
  lastPage: `2000-01-01T00:00:00.000Z~${'f'.repeat(32)}`,
}
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

export async function fillEvidence(db: Database, rows: number): Promise<void> {
  for (let from = 0; from < rows; from += AT_ONCE) {
    const to = Math.min(rows, from + AT_ONCE)
    await sql`
      insert into evidence (id, organisation, application, release, "check", summary, facts, inputs, producer, trust, by,
        cost_micro_usd, example, at, statement, envelope)
      select 'evi_' || lpad(i::text, 26, '0'), 'default',
        case when rare then ${RARE.application}::text else 'app-' || (i % 20) end,
        case when rare then ${RARE.release}::text else 'rel_' || lpad((i % 200)::text, 26, '9') end,
        case when rare then ${RARE.check}::text else 'check.' || (i % 40) end, 'As it should be.',
        '{"score": {"value": 0.93, "n": 120}}', '[]', '{"name": "bench", "version": "1"}',
        case when rare then 'attested' else 'measured' end, 'act_1', 0, false, now() - make_interval(secs => ${rows}::int - i),
        md5(i::text), jsonb_build_object('payload', repeat(md5(i::text), 20))
      from (select i, i <= ${rareOf(rows)}::int as rare
        from generate_series(${from}::int + 1, ${to}::int) i) numbers`.execute(db)
  }
}
