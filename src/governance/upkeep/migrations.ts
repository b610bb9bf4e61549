/** Tables of upkeep: reviews. The calendar is computed. */
import { migration, type SliceMigrations } from '../../store/migrate.ts'

export const upkeepMigrations: SliceMigrations = {
  slice: 'governance-upkeep',
  steps: [
    migration(
      '001-reviews',
      `create table reviews (
        id text primary key, organisation text not null, application text not null, held_at timestamptz not null,
        sheet jsonb not null, notes jsonb not null, decision text, reasons text not null, people jsonb not null,
        actions jsonb not null, by text not null, example boolean not null)`,
      'create index reviews_of on reviews (organisation, application, id desc)',
    ),
  ],
}
