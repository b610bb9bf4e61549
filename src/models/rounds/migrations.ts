/** Tables of rounds. */
import { migration, type SliceMigrations } from '../../store/migrate.ts'

export const roundMigrations: SliceMigrations = {
  slice: 'models-rounds',
  steps: [
    migration(
      '001-rounds',
      // Two that are opened at once have one number, and one of them is refused.
      `create table model_rounds (
        id text primary key, organisation text not null, application text not null, number integer not null,
        title text not null, led_by text, steps jsonb not null, outcome jsonb,
        created_by text not null, created_at timestamptz not null,
        unique (organisation, application, number))`,
    ),
  ],
}
