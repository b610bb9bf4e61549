/** Tables of shortlists. */
import { migration, type SliceMigrations } from '../../store/migrate.ts'

export const shortlistMigrations: SliceMigrations = {
  slice: 'models-shortlists',
  steps: [
    migration(
      '001-shortlists',
      `create table model_shortlists (
        id text primary key, organisation text not null, title text not null, application text,
        criteria jsonb not null, candidates jsonb not null, eliminations jsonb not null, efforts jsonb not null,
        decision jsonb, created_by text not null, created_at timestamptz not null)`,
    ),
  ],
}
