/** Tables of incidents. */
import { migration, type SliceMigrations } from '../../store/migrate.ts'

export const incidentMigrations: SliceMigrations = {
  slice: 'governance-incidents',
  steps: [
    migration(
      '001-incidents',
      `create table incidents (
        id text primary key, organisation text not null, application text not null, title text not null,
        description text not null, severity text not null, state text not null, harms jsonb not null, affected text,
        affected_people integer, cause text, owner text not null, release text, traces jsonb not null,
        occurred_at timestamptz, detected_at timestamptz not null, timeline jsonb not null, reports jsonb not null,
        fix jsonb, closed_at timestamptz, created_at timestamptz not null, created_by text not null,
        updated_at timestamptz not null, example boolean not null)`,
      'create index incidents_newest on incidents (organisation, id desc)',
      'create index incidents_of on incidents (organisation, application, id desc)',
    ),
  ],
}
