/** Tables of rollouts. */
import { type Migration, migration } from '../../store/migrate.ts'

export const rolloutMigrations: readonly Migration[] = [
  migration(
    '001-rollouts',
    `create table rollouts (
        id text primary key, organisation text not null, application text not null, stage text not null,
        control text not null, candidate text not null, plan jsonb not null, state text not null, step int not null,
        salt text not null, started_by text not null, started_at timestamptz not null,
        step_started_at timestamptz not null, ended_at timestamptz, latest jsonb, reason text not null)`,
    // A second open rollout in a stage is impossible, whoever asks at the same moment.
    `create unique index rollouts_one_open on rollouts (organisation, application, stage)
        where state in ('planned', 'running', 'holding', 'paused')`,
    `create index rollouts_application on rollouts (organisation, application, id)`,
    `create table rollout_seen (
        rollout text not null, metric text not null, unit text not null, primary key (rollout, metric, unit))`,
    `create table rollout_statistics (
        rollout text not null, step int not null, metric text not null, arm text not null, units int not null,
        events int not null, sum float8 not null, sum_of_squares float8 not null,
        primary key (rollout, step, metric, arm))`,
    `create table rollout_points (
        rollout text not null, at timestamptz not null, step int not null, share float8 not null,
        decision text not null, sample_ratio jsonb not null, metrics jsonb not null)`,
    `create index rollout_points_rollout on rollout_points (rollout, at)`,
  ),
  // What a decision read stands beside it, so that it can be made again; older ones cannot.
  migration(
    '002-rollout-safety',
    `alter table rollouts add column marks jsonb not null default '[]'`,
    `alter table rollouts alter column marks drop default`,
    `alter table rollout_points add column read jsonb`,
    `update rollouts set plan = '{"cooldownMinutes":60}'::jsonb || plan`,
    `create index rollouts_of_stage on rollouts (organisation, application, stage, ended_at)`,
  ),
  migration(
    '003-shadows',
    `create table rollout_shadows (
        rollout text primary key, runs int not null, skipped int not null, unpriced int not null,
        cost_micro_usd numeric not null)`,
  ), // Judging a sample costs as a shadow does, and is counted beside it.
  migration(
    '004-sessions',
    `create table rollout_sides (
        rollout text not null, purpose text not null, runs int not null, skipped int not null, unpriced int not null,
        cost_micro_usd numeric not null, primary key (rollout, purpose))`,
    `insert into rollout_sides (rollout, purpose, runs, skipped, unpriced, cost_micro_usd)
        select rollout, 'shadow', runs, skipped, unpriced, cost_micro_usd from rollout_shadows`,
    `drop table rollout_shadows`,
    `create table rollout_sessions (
        rollout text not null, unit text not null, arm text not null, release text not null, share float8 not null,
        cost_micro_usd float8, kpis jsonb not null, events jsonb not null, last_at timestamptz not null,
        primary key (rollout, unit))`,
    `create index rollout_sessions_silent on rollout_sessions (rollout, last_at)`,
  ),
  migration('005-capped', 'alter table rollout_sides add column capped int not null default 0'),
]
