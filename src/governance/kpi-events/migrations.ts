/** Tables of KPI events. */
import { migration, type SliceMigrations } from '../../store/migrate.ts'

export const kpiEventMigrations: SliceMigrations = {
  slice: 'governance-kpi-events',
  steps: [
    migration(
      '001-kpi-events',
      `create table kpi_events (
        id text primary key, organisation text not null, application text not null, kpi text not null,
        sender text not null, sender_id text not null, value double precision not null, is_yes_or_no boolean not null,
        happened_at timestamptz not null, rolled_up_at timestamptz, created_at timestamptz not null,
        created_by text not null, unique (organisation, application, sender, sender_id))`,
      `create index kpi_events_in on kpi_events (organisation, application, kpi, happened_at)`,
      `create index kpi_events_waiting on kpi_events (organisation, application) where rolled_up_at is null`,
    ),
  ],
}
