/** Tables of findings and of the reports that they came with. */
import { migration, type SliceMigrations } from '../../store/migrate.ts'

export const findingsMigrations: SliceMigrations = {
  slice: 'assurance-findings',
  steps: [
    migration(
      '001-findings',
      `create table findings_reports (
        id text primary key, organisation text not null, application text not null, release text not null,
        author text not null, independent boolean not null, keyid text not null, statement text not null,
        envelope jsonb not null, imported_by text not null, at timestamptz not null, example boolean not null,
        unique (organisation, release, statement))`,
      `create table findings (
        id text primary key, organisation text not null, application text not null, release text not null,
        title text not null, detail text not null, severity text not null, owner text not null, state text not null,
        report text references findings_reports, fixed_by text, notes jsonb not null, accepted_until timestamptz,
        created_by text not null, created_at timestamptz not null, updated_at timestamptz not null,
        example boolean not null)`,
      `create index findings_application on findings (organisation, application, id)`,
    ),
  ],
}
