/** Tables of access and of its sub-slices, in the order in which they came. The audit log refuses change and removal by itself; the chain shows what got past that. */
import { migration, type SliceMigrations } from '../store/migrate.ts'
import { peopleMigrations } from './people/index.ts'
import { switchMigrations } from './switches/index.ts'

export const accessMigrations: SliceMigrations = {
  slice: 'access',
  steps: [
    migration(
      '001-access',
      `create table actors (
        id text primary key, organisation text not null, name text not null, kind text not null, role text not null,
        example boolean not null, created_at timestamptz not null)`,
      `create unique index actors_system on actors (organisation) where kind = 'system'`,
      `create table keys (
        id text primary key, organisation text not null, name text not null, team text, role text not null,
        actor text not null references actors (id), application text, limits jsonb, is_owner_token boolean not null,
        created_at timestamptz not null, revoked_at timestamptz, last_used_at timestamptz, hmac text not null unique)`,
      `create table sign_in_links (
        hmac text primary key, organisation text not null, actor text not null references actors (id),
        created_at timestamptz not null, expires_at timestamptz not null, redeemed_at timestamptz)`,
      `create table sessions (
        hmac text primary key, organisation text not null, actor text not null references actors (id),
        created_at timestamptz not null, expires_at timestamptz not null)`,
      `create table application_limits (
        organisation text not null, application text not null, requests_per_minute int,
        cost_micro_usd_per_month numeric, set_by text not null, set_at timestamptz not null,
        primary key (organisation, application))`,
      `create table spend (
        organisation text not null, scope text not null, name text not null, month text not null,
        spent_micro_usd numeric not null, primary key (organisation, month, scope, name))`,
      `create table audit_entries (
        position int8 not null, organisation text not null, at timestamptz not null, actor text not null,
        action text not null, subject text not null, application text, detail jsonb not null,
        previous text, digest text not null, primary key (organisation, position))`,
      `create index audit_entries_subject on audit_entries (organisation, subject)`,
      `create table audit_heads (
        organisation text primary key, entries int8 not null, digest text, seal text not null)`,
      `create function audit_is_append_only() returns trigger language plpgsql as
        $$ begin raise exception 'The audit log is append-only.'; end $$`,
      `create trigger audit_rows_stay before update or delete on audit_entries
        for each row execute function audit_is_append_only()`,
      `create trigger audit_table_stays before truncate on audit_entries
        for each statement execute function audit_is_append_only()`,
    ),
    migration(
      '002-people-keys-and-sessions',
      `alter table actors add column sign_in_name text, add column disabled_at timestamptz`,
      `create unique index actors_sign_in_name on actors (organisation, sign_in_name)`,
      `alter table keys add column permissions jsonb, add column expires_at timestamptz,
        add column rotated_at timestamptz, add column previous_hmac text unique,
        add column previous_until timestamptz, add column previous_used_at timestamptz`,
      // Sessions of before have no name to be shown under; their browsers sign in once more.
      `delete from sessions`,
      `alter table sessions add column id text not null unique, add column method text not null,
        add column device text not null, add column last_seen_at timestamptz not null,
        add column confirmed_at timestamptz`,
    ),
    ...switchMigrations,
    ...peopleMigrations,
    migration(
      '003-master-key',
      `create table master_key_checks (
        organisation text primary key, hmac text not null, created_at timestamptz not null)`,
    ),
    migration(
      '004-limits',
      `create table set_limits (
        organisation text not null, scope text not null, name text not null, limits jsonb not null,
        set_by text not null, set_at timestamptz not null, primary key (organisation, scope, name))`,
      `insert into set_limits
        select organisation, 'application', application,
          '{"requestsPerDay":null,"requestsPerMonth":null,"tokensPerMinute":null,"tokensPerDay":null,
            "tokensPerMonth":null,"concurrentRequests":null,"costMicroUsdPerMinute":null,"costMicroUsdPerDay":null,
            "onAuthorityAway":null}'::jsonb
            || jsonb_build_object('requestsPerMinute', requests_per_minute,
              'costMicroUsdPerMonth', trim_scale(cost_micro_usd_per_month)::text),
          set_by, set_at
        from application_limits`,
      `drop table application_limits`,
      // Keys of before have no limits but those that they were given.
      `update keys set limits =
        '{"requestsPerMinute":null,"requestsPerDay":null,"requestsPerMonth":null,"tokensPerMinute":null,
          "tokensPerDay":null,"tokensPerMonth":null,"concurrentRequests":null,"costMicroUsdPerMinute":null,
          "costMicroUsdPerDay":null,"costMicroUsdPerMonth":null,"onAuthorityAway":null}'::jsonb || limits
        where limits is not null`,
      `create table usage_days (
        organisation text not null, scope text not null, name text not null, day text not null,
        requests numeric not null, tokens numeric not null, spent_micro_usd numeric not null,
        primary key (organisation, day, scope, name))`,
      // On which day of its month it was spent was not kept.
      `insert into usage_days select organisation, scope, name, month || '-01', 0, 0, spent_micro_usd from spend`,
      `drop table spend`,
      `create table leases (
        organisation text not null, holder text not null, scope text not null, name text not null, kind text not null,
        share numeric not null, held numeric not null, expires_at timestamptz not null,
        primary key (organisation, scope, name, kind, holder))`,
      `create index leases_holder on leases (organisation, holder)`,
    ),
    migration('005-stages-of-keys', `alter table keys add column stage text not null default 'sandbox'`),
    migration('006-another-master-key', 'alter table master_key_checks add column fingerprints text'),
    migration(
      '007-usage-writers',
      `create table usage_writers (
        organisation text not null, writer text not null, counted_until timestamptz not null,
        primary key (organisation, writer))`,
    ),
    migration('008-keys-of-drills', 'alter table keys add column is_drill boolean not null default false'),
    migration('009-languages', 'alter table actors add column language text'),
  ],
}
