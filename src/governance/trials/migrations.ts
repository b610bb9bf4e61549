/** Tables of trials: what is tried, links to the form, and what people said. */
import { migration, type SliceMigrations } from '../../store/migrate.ts'

export const trialMigrations: SliceMigrations = {
  slice: 'governance-trials',
  steps: [
    migration(
      '001-trials',
      `create table trials (
        id text primary key, organisation text not null, application text not null, release text, title text not null,
        tasks jsonb not null, consent text not null, retention_days integer not null, closed_at timestamptz,
        blanked_at timestamptz, created_at timestamptz not null, created_by text not null, example boolean not null)`,
      'create index trials_of on trials (organisation, application, id desc)',
      `create table trial_links (
        id text primary key, organisation text not null, trial text not null references trials (id) on delete cascade,
        fingerprint text not null, label text, most_uses integer not null, uses integer not null,
        created_at timestamptz not null, created_by text not null, revoked_at timestamptz)`,
      'create unique index trial_links_by_token on trial_links (fingerprint)',
      'create index trial_links_of on trial_links (trial)',
      `create table trial_answers (
        id text primary key, organisation text not null, trial text not null references trials (id) on delete cascade,
        link text, kind text not null, who text, consent_digest text not null, rating integer not null,
        results jsonb not null, comment text, withdrawal text not null, at timestamptz not null)`,
      'create index trial_answers_of on trial_answers (trial, id)',
      'create unique index trial_answers_by_withdrawal on trial_answers (withdrawal)',
    ),
  ],
}
