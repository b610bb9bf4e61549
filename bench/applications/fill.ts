/**
 * An installation as it stands after a year: applications from the four starters, each frozen, with evidence, traffic of
 * a month, an idea, an incident, a waiver that is asked for and an alert; every fourth is live in its pilot.
 */
import { readFileSync } from 'node:fs'
import { sql } from 'kysely'
import type { Client } from '../../sdk/index.ts'
import { type Check, GateCatalogue } from '../../src/core/check.ts'
import { createIds } from '../../src/kernel/ids.ts'
import { secureBytes } from '../../src/kernel/random.ts'
import { DAY, later, systemClock } from '../../src/kernel/time.ts'
import type { Database } from '../../src/store/database.ts'
import { createRollUp } from '../../src/telemetry/index.ts'

const STARTERS = ['support-assistant', 'marketing-writer', 'product-ideas', 'operations-automator'] as const
const DAYS = 30
const AT_ONCE = 2000
const MODELS = ['local/extractive', 'openai/gpt-4o', 'anthropic/claude-sonnet-4']

export type Size = {
  readonly applications: number
  /** Pieces of evidence of each application. */
  readonly evidence: number
  /** Requests of each application in the last month. */
  readonly traces: number
}

export const nameOf = (at: number): string => `app-${String(at).padStart(3, '0')}`

export async function fill({ client, db, size }: { client: Client; db: Database; size: Size }): Promise<void> {
  const { checks } = GateCatalogue.parse(
    JSON.parse(readFileSync(new URL('../../packs/gates/core.json', import.meta.url), 'utf8')),
  )
  for (let at = 0; at < size.applications; at += 1) {
    const release = await begin(client, at)
    await addEvidence(db, { application: nameOf(at), release, checks, count: size.evidence })
  }
  await addTraces(db, size)
  await addAlerts(db, size)
  await makeLive(db)
  // As the server does every minute.
  await createRollUp({ db, clock: systemClock, report: () => {} }).rollUp()
  await sql`analyze`.execute(db)
}

async function begin(client: Client, at: number): Promise<string> {
  const application = nameOf(at)
  await client.createApplication({
    body: { name: application, template: STARTERS[at % STARTERS.length] ?? STARTERS[0] },
  })
  const { body: release } = await client.freezeRelease({ params: { name: application }, body: {} })
  await client.createIdea({ body: { title: `What ${application} leads to`, parent: application } })
  await client.openIncident({
    body: {
      ...{ application, title: `Wrong answers in ${application}`, description: 'Prices of last year were told.' },
      ...{ severity: 'high', owner: 'Ada' },
    },
  })
  await client.requestWaiver({
    body: {
      ...{ release: release.id, into: 'poc', check: 'biz.charter', days: 30 },
      ...{ reason: 'The charter is written in the coming week.', residualRisk: 'None that we know of.' },
      compensatingControl: 'Only the team may ask it.',
    },
  })
  return release.id
}

/** Each check in turn, the oldest first, as if it had been measured every few hours. */
async function addEvidence(
  db: Database,
  {
    application,
    release,
    checks,
    count,
  }: { application: string; release: string; checks: readonly Check[]; count: number },
): Promise<void> {
  const newId = createIds({ clock: systemClock, random: secureBytes })
  const now = systemClock()
  const rows = Array.from({ length: count }, (_, at) => {
    const check = checks[at % checks.length]
    if (!check) throw new Error('The catalogue has no checks.')
    return {
      ...{ id: newId('evi'), application, release, check: check.id, trust: check.minimumTrust },
      facts: Object.fromEntries(
        check.requires.map(({ fact, equals, atLeast, atMost }) => [fact, { value: equals ?? atLeast ?? atMost ?? 1 }]),
      ),
      at: later(now, -(count - at) * (DAY / 6)),
    }
  })
  for (let from = 0; from < rows.length; from += AT_ONCE)
    await sql`
      insert into evidence (id, organisation, application, release, "check", summary, facts, inputs, producer, trust, by,
        cost_micro_usd, example, at, statement, envelope)
      select id, 'default', application, release, "check", 'It was measured.', facts, '[]',
        '{"name": "bench", "version": "1"}', trust, 'act_1', 0, false, at, md5(id),
        jsonb_build_object('payload', repeat(md5(id), 30))
      from jsonb_to_recordset(${JSON.stringify(rows.slice(from, from + AT_ONCE))}::jsonb)
        one (id text, application text, release text, "check" text, facts jsonb, trust text, at timestamptz)`.execute(
      db,
    )
}

export async function addTraces(
  db: Database,
  { applications, traces }: Pick<Size, 'applications' | 'traces'>,
): Promise<void> {
  await sql`
    insert into traces (trace_id, span_id, source, at, organisation, application, stage, release, arm, rollout, unit,
      requested_model, served_by, provider, operation, stream, status, http_status, latency_ms, overhead_ms,
      input_tokens, output_tokens, estimated, cost_micro_usd, abstained, question, citations, invalid_citations,
      input, output, steps, metadata)
    select md5(i::text), substr(md5(i::text), 1, 16), 'gateway',
      ${systemClock()}::timestamptz - make_interval(secs => i * ${(DAYS * DAY) / 1000}::float8 / ${applications * traces}::float8),
      'default', 'app-' || lpad((i % ${applications}::int)::text, 3, '0'), 'sandbox', null, null, null,
      md5((i % 5000)::text), 'app', model, split_part(model, '/', 1), 'chat', false,
      case when i % 50 = 0 then 'errored' else 'complete' end, 200, 420.5 + i % 100, 0.4, 350, 120, false, 12.5, false,
      'Where is my order ' || i || '?', '[]', '[]', '[]', 'It comes on Thursday. ' || md5(i::text), '[]', '{}'
    from (select i, (${MODELS}::text[])[1 + i % ${MODELS.length}::int] as model
      from generate_series(1, ${applications * traces}::int) i) numbers`.execute(db)
}

const addAlerts = (db: Database, { applications }: Size) =>
  sql`
    insert into alerts (id, organisation, application, kind, subject, title, says, opened_at, note)
    select 'alt_' || lpad(i::text, 26, '0'), 'default', 'app-' || lpad(i::text, 3, '0'), 'errors', '', 'Errors',
      '6 % of 200 requests of the last day failed; the line is 5 %.', now(), ''
    from generate_series(0, ${applications}::int - 1) i`.execute(db)

/** Where people use them, what grows old is looked after. */
async function makeLive(db: Database): Promise<void> {
  await sql`
    insert into live_stages (organisation, application, stage, release, since)
    select organisation, application, 'pilot', release, since from live_stages
    where stage = 'sandbox' and substr(application, 5)::int % 4 = 0`.execute(db)
  await sql`update live_versions set version = version + 1`.execute(db)
}
