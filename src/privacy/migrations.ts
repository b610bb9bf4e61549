/** Tables of privacy: deletions with their receipts, and when retention was enforced. */
import { migration, type SliceMigrations } from '../store/migrate.ts'

export const privacyMigrations: SliceMigrations = {
  slice: 'privacy',
  steps: [
    migration(
      '001-deletions',
      `create table deletions (
        id text primary key, organisation text not null, state text not null, subject jsonb not null,
        found jsonb not null, counts jsonb not null, proposed_by text not null, proposed_at timestamptz not null,
        confirmed_by text, confirmed_at timestamptz, finished_at timestamptz, in_force_until timestamptz, error text,
        sealed text, receipt jsonb)`,
      `create table retention_runs (
        organisation text not null, application text not null, at timestamptz not null, before timestamptz not null,
        removed int not null, primary key (organisation, application))`,
    ),
  ],
}
