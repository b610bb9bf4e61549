/** Tables of telemetry: one row a request in `traces`, spans that were sent to us in `spans`, all feedback ever given. */
import { migration, type SliceMigrations } from '../store/migrate.ts'

export const telemetryMigrations: SliceMigrations = {
  slice: 'telemetry',
  steps: [
    migration(
      '001-traces',
      `create table traces (
        trace_id text primary key, span_id text not null, source text not null, at timestamptz not null,
        organisation text not null, key_id text, application text, stage text, release text, release_digest text,
        arm text, rollout jsonb, unit text not null, subject_source text, requested_model text not null,
        served_by text, provider text, response_id text, operation text not null, stream boolean not null,
        status text not null, http_status int, error_code text, finish_reason text, latency_ms float8 not null,
        first_token_ms float8, overhead_ms float8 not null, input_tokens int not null, output_tokens int not null,
        estimated boolean not null, cost_micro_usd numeric, price_book jsonb, abstained boolean not null,
        question text not null, citations jsonb not null, invalid_citations jsonb not null, input jsonb not null,
        output text not null, steps jsonb not null, metadata jsonb not null, "user" text)`,
      `create index traces_newest on traces (at desc, trace_id desc)`,
      `create index traces_of_application on traces (application, at desc, trace_id desc)`,
      `create index traces_of_response on traces (response_id) where response_id is not null`,
      `create table spans (
        trace_id text not null, span_id text not null, organisation text not null, application text,
        parent_span_id text, name text not null, kind text not null, start_ns numeric not null, end_ns numeric not null,
        status jsonb not null, attributes jsonb not null, events jsonb not null, meaning jsonb not null,
        primary key (trace_id, span_id))`,
      `create table feedback (
        id text primary key, organisation text not null, trace_id text not null, application text, name text not null,
        value jsonb not null, comment text, correction text, "user" text, at timestamptz not null)`,
      `create index feedback_of_trace on feedback (trace_id, id)`,
    ),
    migration(
      '002-span-origin',
      `alter table spans add column resource jsonb not null default '{}', add column scope jsonb,
        add column links jsonb not null default '[]'`,
    ),
    // What is rare and old is found without reading what is newer. Measured by `bench/volume`.
    migration(
      '003-rare-traces',
      `create index traces_of_release on traces (release, at desc, trace_id desc) where release is not null`,
      `create index traces_of_rollout on traces ((rollout->>'id'), at desc, trace_id desc) where rollout is not null`,
      `create index traces_of_stage on traces (stage, at desc, trace_id desc) where stage <> 'production'`,
      `create index traces_of_candidates on traces (at desc, trace_id desc) where arm = 'candidate'`,
      `create index traces_not_complete on traces (status, at desc, trace_id desc) where status <> 'complete'`,
    ),
    // Nobody looks for what is inside a span, and text is written several times as fast as what can be looked into. An
    // instant has milliseconds everywhere else, pages begin at one.
    migration(
      '004-spans-as-text',
      `alter table spans alter column resource drop default, alter column links drop default`,
      `alter table spans alter column status type json, alter column attributes type json,
        alter column events type json, alter column resource type json, alter column scope type json,
        alter column links type json, alter column meaning type json`,
      `update traces set at = date_trunc('milliseconds', at)
        where source = 'otlp' and at <> date_trunc('milliseconds', at)`,
    ),
    migration('005-charges', `alter table traces add column charges jsonb not null default '[]'`),
    migration('006-remote-parent', `alter table traces add column remote_parent jsonb`),
    // Usage of an application is added up from the index alone; a trace is a kilobyte, its place in here a tenth of it.
    migration(
      '007-usage-from-the-index',
      `drop index traces_of_application`,
      `create index traces_of_application on traces (application, at desc, trace_id desc)
        include (release, status, operation, abstained, input_tokens, output_tokens, cost_micro_usd, latency_ms)`,
    ),
    migration(
      '008-stored-responses',
      `create table stored_responses (
        id text primary key, organisation text not null, application text, actor text not null, "user" text,
        at timestamptz not null, input text not null, response text not null)`,
      `create index stored_responses_old on stored_responses (at)`,
    ),
    // Sums by hour. An hour stands in usage_hours while its sums are those of its traces, and whatever changes a trace
    // takes both away: what is added costs nothing in the hour of now, because that has no sums yet.
    migration(
      '009-usage-sums',
      `create table usage_hours (hour timestamptz primary key)`,
      `create table usage_sums (
        hour timestamptz not null, application text, key_id text, team text, "user" text, feature text, model text,
        release text, requests int not null, errors int not null, cancelled int not null, abstained int not null,
        input_tokens float8 not null, output_tokens float8 not null, cache_read_tokens float8 not null,
        cost_micro_usd numeric not null, priced int not null, unpriced int not null, unpriced_tokens float8 not null,
        latencies float8[] not null)`,
      `create index usage_sums_of_hour on usage_sums (hour)`,
      `create index usage_sums_of_application on usage_sums (application, hour)`,
      `create function forget_usage_sums() returns trigger language plpgsql as $$
        declare
          touched timestamptz[];
          lost timestamptz[];
        begin
          if tg_op = 'DELETE' then
            select array_agg(distinct date_trunc('hour', at, 'UTC')) into touched from gone;
          elsif tg_op = 'INSERT' then
            select array_agg(distinct date_trunc('hour', at, 'UTC')) into touched from come;
          else
            select array_agg(distinct hour) into touched from (
              select date_trunc('hour', at, 'UTC') as hour from gone
              union all select date_trunc('hour', at, 'UTC') from come) both_sides;
          end if;
          select array_agg(hour) into lost from (
            select hour from usage_hours where hour = any(touched) order by hour for update) held;
          if lost is not null then
            delete from usage_sums where hour = any(lost);
            delete from usage_hours where hour = any(lost);
          end if;
          return null;
        end $$`,
      `create trigger traces_come after insert on traces referencing new table as come
        for each statement execute function forget_usage_sums()`,
      `create trigger traces_change after update on traces referencing old table as gone new table as come
        for each statement execute function forget_usage_sums()`,
      `create trigger traces_go after delete on traces referencing old table as gone
        for each statement execute function forget_usage_sums()`,
    ),
    // Sums by day, of the hours. A day stands in usage_whole_days while all its hours stand in usage_hours. Beside those
    // that keep apart what hours do, some keep apart less: where each request has its own combination they alone are few.
    migration(
      '010-usage-days',
      `create table usage_whole_days (day timestamptz primary key)`,
      `create table usage_day_sums (
        day timestamptz not null, apart text not null, application text, key_id text, team text, "user" text, feature text, model text,
        release text, requests int not null, errors int not null, cancelled int not null, abstained int not null,
        input_tokens float8 not null, output_tokens float8 not null, cache_read_tokens float8 not null,
        cost_micro_usd numeric not null, priced int not null, unpriced int not null, unpriced_tokens float8 not null,
        latencies float8[] not null)`,
      `create index usage_day_sums_of_day on usage_day_sums (day, apart)`,
      `create index usage_day_sums_of_application on usage_day_sums (application, day)`,
      `create function forget_usage_whole_days() returns trigger language plpgsql as $$
        declare
          lost timestamptz[];
        begin
          select array_agg(day) into lost from (
            select day from usage_whole_days where day in (select date_trunc('day', hour, 'UTC') from gone)
            order by day for update) held;
          if lost is not null then
            delete from usage_day_sums where day = any(lost);
            delete from usage_whole_days where day = any(lost);
          end if;
          return null;
        end $$`,
      `create trigger usage_hours_go after delete on usage_hours referencing old table as gone
        for each statement execute function forget_usage_whole_days()`,
    ),
    // What kept answers saved. Hours that have some are added up anew, and their days with them.
    migration(
      '011-kept-answers',
      `create index traces_kept on traces (at) where steps @> '[{"id": "cache", "kind": "cache"}]'`,
      ...['usage_sums', 'usage_day_sums'].map(
        (table) => `alter table ${table} add column kept_answers int not null default 0,
          add column kept_by_meaning int not null default 0, add column saved_micro_usd numeric not null default 0,
          add column saved_unpriced int not null default 0`,
      ),
      ...['usage_sums', 'usage_hours'].map(
        (table) => `delete from ${table} where hour in (
          select date_trunc('hour', at, 'UTC') from traces where steps @> '[{"id": "cache", "kind": "cache"}]')`,
      ),
    ),
    // What was said, sealed; null: the row is in clear.
    migration(
      '012-sealed-contents',
      ...['traces', 'spans', 'feedback', 'stored_responses'].map(
        (table) => `alter table ${table} add column sealed text`,
      ),
      `create table content_keys (
        organisation text primary key, wrapped text not null, is_complete boolean not null,
        created_at timestamptz not null)`,
    ),
    // Where a response is that its provider keeps; null: here.
    migration(
      '013-responses-of-providers',
      `alter table stored_responses add column provider text, add column credential text`,
    ),
  ],
}
