/** Tables of remarks. */
import { migration, type SliceMigrations } from '../../store/migrate.ts'

export const remarkMigrations: SliceMigrations = {
  slice: 'governance-remarks',
  steps: [
    migration(
      '001-remarks',
      `create table remarks (
        id text primary key, organisation text not null, about text not null, says text not null,
        created_at timestamptz not null, created_by text not null, outcome text, reason text not null,
        change text not null, decided_at timestamptz, decided_by text)`,
      'create index remarks_by_time on remarks (organisation, created_at)',
    ),
  ],
}
