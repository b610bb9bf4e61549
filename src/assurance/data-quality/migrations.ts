/** Tables of data quality, forward only. */
import { migration, type SliceMigrations } from '../../store/migrate.ts'

export const dataQualityMigrations: SliceMigrations = {
  slice: 'data-quality',
  steps: [
    migration(
      '001-data-quality',
      `create table quality_runs (
        id text primary key, organisation text not null, dataset text not null, version int not null,
        digest text not null, verdict text not null, measures jsonb not null, profile jsonb not null,
        at timestamptz not null, by text not null)`,
      `create index quality_runs_of on quality_runs (organisation, dataset, id desc)`,
      `create table label_answers (
        organisation text not null, dataset text not null, mark text not null, row text not null,
        is_right boolean not null, comment text not null, by text not null, at timestamptz not null,
        primary key (organisation, dataset, mark, by))`,
      `create index label_answers_by_mark on label_answers (mark)`,
    ),
  ],
}
