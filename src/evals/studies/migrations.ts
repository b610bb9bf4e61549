/** Tables of studies, forward only. */
import { migration, type SliceMigrations } from '../../store/migrate.ts'

export const studiesMigrations: SliceMigrations = {
  slice: 'evals-studies',
  steps: [
    migration(
      '001-studies',
      `create table studies (
        id text primary key, organisation text not null, application text not null, name text not null,
        queue text not null, dataset jsonb not null, arms jsonb not null, margin double precision not null,
        plan jsonb not null, results jsonb, created_at timestamptz not null, created_by text not null,
        closed_at timestamptz, closed_by text)`,
      `create index studies_of_application on studies (organisation, application, id desc)`,
      `create table study_pairs (
        study text not null references studies (id), number int not null, item text, example text not null,
        cluster text not null, first text not null, second text not null, primary key (study, number))`,
    ),
  ],
}
