/** Tables of alerts. */
import { migration, type SliceMigrations } from '../../store/migrate.ts'

export const alertMigrations: SliceMigrations = {
  slice: 'governance-alerts',
  steps: [
    migration(
      '001-alerts',
      `create table alerts (
        id text primary key, organisation text not null, application text not null, kind text not null,
        subject text not null, title text not null, says text not null, opened_at timestamptz not null,
        ended_at timestamptz, acknowledged_at timestamptz, acknowledged_by text, note text not null)`,
      `create unique index alerts_open_once on alerts (organisation, application, kind, subject) where ended_at is null`,
      `create index alerts_by_time on alerts (organisation, opened_at)`,
    ),
    migration(
      '002-alert-lines',
      `create table alert_lines (
        id text primary key, organisation text not null, application text not null, lines jsonb not null,
        reason text not null, created_at timestamptz not null, created_by text not null)`,
      `create index alert_lines_newest on alert_lines (organisation, application, id desc)`,
    ),
  ],
}
