/** Tables of evals, forward only. */
import { migration, type SliceMigrations } from '../store/migrate.ts'

export const evalsMigrations: SliceMigrations = {
  slice: 'evals',
  steps: [
    migration(
      '001-experiments',
      `create table experiments (
        id text primary key, organisation text not null, application text not null, release text not null,
        against text, suite text not null, dataset text not null, splits jsonb not null, repeats int not null,
        intervals text not null, "primary" text not null, state text not null, progress jsonb not null,
        quote jsonb not null, max_cost_micro_usd numeric, spent_micro_usd numeric not null, arms jsonb not null,
        comparison jsonb not null, measures text not null, seed bigint not null, environment jsonb not null,
        error text, created_at timestamptz not null, created_by text not null, started_at timestamptz,
        finished_at timestamptz)`,
      `create index experiments_of_application on experiments (organisation, application, id desc)`,
      `create index experiments_by_measures on experiments (measures, id desc)`,
      `create table experiment_rows (
        experiment text not null references experiments (id), organisation text not null, arm text not null,
        example text not null, example_number int not null, repeat int not null, answer text not null,
        abstained boolean not null, passages jsonb not null, citations jsonb not null,
        invalid_citations jsonb not null, scores jsonb not null, error text, latency_ms float8 not null,
        tokens jsonb not null, cost_micro_usd numeric, served_by text, trace text,
        primary key (experiment, arm, example, repeat))`,
      `create index experiment_rows_in_order on experiment_rows (experiment, example_number, arm, repeat)`,
    ),
    migration(
      '002-variants',
      `alter table experiments add column variants jsonb not null default '[]', add column registered jsonb,
        add column is_reusing boolean not null default false, add column tags jsonb not null default '{}',
        add column further jsonb not null default '[]', add column slices jsonb not null default '[]',
        add column combined jsonb, add column stopped_early text`,
      `alter table experiment_rows add column is_reused boolean not null default false`,
    ),
    migration(
      '003-pages',
      // Differences of an experiment that has ended, counted once; rank puts the worst first, and those without one last.
      `create table experiment_differences (
        experiment text not null references experiments (id), organisation text not null, evaluator text not null,
        example_number int not null, difference float8, rank float8 not null,
        primary key (experiment, evaluator, example_number))`,
      `create index experiment_differences_worst_first on experiment_differences
        (experiment, evaluator, rank, example_number)`,
      `create index experiment_rows_failed on experiment_rows (experiment, example_number, arm, repeat)
        where error is not null or jsonb_path_exists(scores, '$.*.error')`,
    ),
    migration(
      '004-narrow-differences',
      // One index in the order that is read, and no look at the experiment for each row: 50,000 go in five times as fast.
      `drop table experiment_differences`,
      `create table experiment_differences (
        experiment text not null, organisation text not null, evaluator text not null, example_number int not null,
        difference float8, rank float8 not null, primary key (experiment, evaluator, rank, example_number))`,
    ),
    migration(
      '005-worst-first',
      // Twelve bytes for each example instead of a row of a table; of older experiments the order is counted when asked for.
      `drop table experiment_differences`,
      `create table experiment_worst (
        experiment text not null, organisation text not null, evaluator text not null, part int not null,
        first_rank float8 not null, first_number int not null, numbers bytea not null, differences bytea not null,
        primary key (experiment, evaluator, part))`,
    ),
    migration(
      '006-orders',
      // An order is whole or not there, also while a newer one is written beside it.
      `create table experiment_orders (
        experiment text not null, organisation text not null, generation text not null, rows int not null,
        is_whole boolean not null, at timestamptz not null, primary key (experiment, generation))`,
      `alter table experiment_worst add column generation text not null default ''`,
      `alter table experiment_worst drop constraint experiment_worst_pkey`,
      `alter table experiment_worst add primary key (experiment, generation, evaluator, part)`,
      `insert into experiment_orders (experiment, organisation, generation, rows, is_whole, at)
        select id, organisation, '', (progress ->> 'done')::int, true, coalesce(finished_at, created_at) from experiments
        where state = 'succeeded' and exists (select 1 from experiment_worst where experiment = experiments.id)`,
    ),
    migration(
      '007-scores-of-arms',
      // A blob for each arm, so that arms are held against each other without a look at their rows.
      `create table experiment_scores (
        experiment text not null, organisation text not null, arm text not null, file text not null,
        primary key (experiment, arm))`,
    ),
    migration(
      '008-unknown-prices',
      `alter table experiments add column spent_unpriced jsonb not null default '[]',
        add column serving text not null default 'real-time'`,
      // Where a price was not known before, nobody wrote down whose.
      `update experiments set quote = quote || jsonb_build_object(
        'atLeastMicroUsd', coalesce(quote ->> 'costMicroUsd', '0'), 'unpriced', '[]'::jsonb, 'blocked', null,
        'parts', '[]'::jsonb, 'batch', null)`,
    ),
  ],
}
