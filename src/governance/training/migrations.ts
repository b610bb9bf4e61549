/** Tables of training. A person, a module and a day are one record, so importing a file twice changes nothing. */
import { migration, type SliceMigrations } from '../../store/migrate.ts'

export const trainingMigrations: SliceMigrations = {
  slice: 'governance-training',
  steps: [
    migration(
      '001-training',
      `create table training_records (
        id text primary key, organisation text not null, person text not null, module text not null,
        score double precision not null, completed_at timestamptz not null, expires_at timestamptz,
        example boolean not null, imported_at timestamptz not null, imported_by text not null)`,
      `create unique index training_records_once on training_records (organisation, person, module, completed_at)`,
    ),
    migration(
      '002-learning',
      `alter table training_records add column source text not null default 'import'`,
      'alter table training_records add column version text',
      `create table training_policies (
        id text primary key, organisation text not null, policy jsonb not null,
        created_at timestamptz not null, created_by text not null)`,
      `create table named_learners (
        id text primary key, organisation text not null, application text not null, kind text not null,
        person text not null, created_at timestamptz not null, created_by text not null)`,
      'create unique index named_learners_once on named_learners (organisation, application, kind, person)',
    ),
  ],
}
