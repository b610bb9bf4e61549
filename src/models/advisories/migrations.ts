/** Tables of advisories. */
import { migration, type SliceMigrations } from '../../store/migrate.ts'

export const advisoryMigrations: SliceMigrations = {
  slice: 'models-advisories',
  steps: [
    migration(
      '001-advisories',
      `create table model_advisories (
        organisation text not null, id text not null, modified timestamptz not null, withdrawn timestamptz,
        advisory jsonb not null, imported_at timestamptz not null, imported_by text not null,
        primary key (organisation, id))`,
    ),
  ],
}
