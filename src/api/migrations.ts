/** The table of answers that are kept for requests with an `Idempotency-Key`. */
import { migration, type SliceMigrations } from '../store/migrate.ts'

export const apiMigrations: SliceMigrations = {
  slice: 'api',
  steps: [
    migration(
      '001-kept-answers',
      `create table kept_answers (
        organisation text not null, actor text not null, route text not null, key text not null,
        fingerprint text not null, status int, answer text, created_at timestamptz not null,
        primary key (organisation, actor, route, key))`,
      `create index kept_answers_created_at on kept_answers (created_at)`,
    ),
  ],
}
