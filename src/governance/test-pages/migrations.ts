/** The table of test pages. */
import { migration, type SliceMigrations } from '../../store/migrate.ts'

export const testPageMigrations: SliceMigrations = {
  slice: 'governance-test-pages',
  steps: [
    migration(
      '001-test-pages',
      `create table test_pages (
        id text primary key, organisation text not null, application text not null, release text, title text not null,
        fingerprint text not null, key text not null, most_questions integer not null, questions integer not null,
        last_asked_at timestamptz, expires_at timestamptz not null, created_at timestamptz not null,
        created_by text not null, revoked_at timestamptz)`,
      'create unique index test_pages_by_token on test_pages (fingerprint)',
      'create index test_pages_of on test_pages (organisation, application, id desc)',
    ),
  ],
}
