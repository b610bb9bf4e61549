/** Tables of cards. */
import { migration, type SliceMigrations } from '../../store/migrate.ts'

export const cardMigrations: SliceMigrations = {
  slice: 'models-cards',
  steps: [
    migration(
      '001-cards',
      `create table model_sources (
        organisation text not null, model text not null, kind text not null, place text not null,
        facts jsonb not null, verified jsonb not null, recorded_at timestamptz not null, recorded_by text,
        primary key (organisation, model, kind))`,
      `create table model_list_readings (
        organisation text not null, provider text not null, read_at timestamptz, failure text,
        tried_at timestamptz not null, models jsonb not null, appeared jsonb not null, vanished jsonb not null,
        changed jsonb not null, primary key (organisation, provider))`,
    ),
  ],
}
