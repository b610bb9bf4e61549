/** Tables of the plan: what KPIs became. Everything else of a plan stands in the blueprint. */
import { migration, type SliceMigrations } from '../../store/migrate.ts'

export const planMigrations: SliceMigrations = {
  slice: 'governance-plan',
  steps: [
    migration(
      '001-kpi-values',
      `create table kpi_values (
        id text primary key, organisation text not null, application text not null, kpi text not null,
        value double precision not null, n bigint, measured_at timestamptz not null, source text not null,
        created_at timestamptz not null, created_by text not null)`,
      `create index kpi_values_newest on kpi_values (organisation, application, kpi, measured_at desc)`,
    ),
    migration(
      '002-kpi-intervals',
      `alter table kpi_values add column low double precision, add column high double precision`,
    ),
  ],
}
