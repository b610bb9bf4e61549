/** Tables of datasets, forward only. Rows are blobs; what waits in quarantine is in a table, because it is decided on. */
import { migration, type SliceMigrations } from '../../store/migrate.ts'

export const datasetsMigrations: SliceMigrations = {
  slice: 'datasets',
  steps: [
    migration(
      '001-datasets',
      `create table datasets (
        id text primary key, organisation text not null, name text not null, application text,
        description text not null, owner text not null, access jsonb not null, card jsonb not null,
        segments jsonb not null, limits jsonb not null, quality_every_days int, latest int not null, created_at timestamptz not null,
        created_by text not null, unique (organisation, name))`,
      `create table dataset_versions (
        dataset text not null references datasets (id), organisation text not null, number int not null,
        digest text not null, rows int not null, splits jsonb not null, synthetic int not null, chunks jsonb not null,
        reason text not null, lineage jsonb not null, added int not null, removed int not null, changed int not null,
        quarantined int not null, at timestamptz not null, by text not null, primary key (dataset, number))`,
      `create index dataset_versions_by_digest on dataset_versions (digest)`,
      `create table dataset_quarantine (
        id text primary key, dataset text not null references datasets (id), organisation text not null,
        kind text not null, file text not null, line int not null, field text not null, message text not null,
        remedy text not null, text text not null, example jsonb, decision text, decided_by text, reason text,
        at timestamptz not null)`,
      `create index dataset_quarantine_waiting on dataset_quarantine (dataset, id) where decision is null`,
      `create table dataset_holdout_reads (
        id text primary key, dataset text not null references datasets (id), organisation text not null,
        version int not null, rows int not null, purpose text not null, by text not null, at timestamptz not null)`,
      `create index dataset_holdout_reads_of on dataset_holdout_reads (dataset, at desc)`,
    ),
    migration(
      '002-imported-files',
      `create table dataset_imported_files (
        id text primary key, dataset text not null references datasets (id), organisation text not null,
        file text not null, version int, profile jsonb not null, at timestamptz not null, by text not null)`,
      `create index dataset_imported_files_of on dataset_imported_files (dataset, id)`,
    ),
  ],
}
