/** The table of outside runs, forward only. */
import { migration, type SliceMigrations } from '../../store/migrate.ts'

export const outsideMigrations: SliceMigrations = {
  slice: 'evals-outside',
  steps: [
    migration(
      '001-outside-runs',
      `create table outside_runs (
        id text primary key, organisation text not null, application text not null, release text, kind text,
        producer jsonb not null, run text not null, name text not null, state text not null,
        started_at timestamptz, finished_at timestamptz, figures jsonb not null, parameters jsonb not null,
        tags jsonb not null, datasets jsonb not null, tests jsonb not null, counts jsonb, digest text not null,
        evidence jsonb not null, "by" text not null, at timestamptz not null,
        unique (organisation, application, digest))`,
      `create index outside_runs_of_application on outside_runs (organisation, application, id desc)`,
    ),
  ],
}
