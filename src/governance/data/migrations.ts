/** Tables of data governance: gaps, each with the request that it led to. */
import { migration, type SliceMigrations } from '../../store/migrate.ts'

export const dataMigrations: SliceMigrations = {
  slice: 'governance-data',
  steps: [
    migration(
      '001-data-gaps',
      `create table data_gaps (
        id text primary key, organisation text not null, application text not null, title text not null,
        reason text not null, dataset text, asked_of text, asked_at timestamptz, created_at timestamptz not null,
        created_by text not null)`,
      `create index data_gaps_of on data_gaps (organisation, application, id)`,
    ),
  ],
}
