/** Tables of mail. */
import { migration, type SliceMigrations } from '../store/migrate.ts'

export const mailMigrations: SliceMigrations = {
  slice: 'mail',
  steps: [
    migration(
      '001-mails',
      `create table mails (
        id text primary key, organisation text not null, key text not null, application text not null,
        "to" text not null, subject text not null, text text not null, state text not null, attempts int not null,
        error text, at timestamptz not null, next_at timestamptz not null, sent_at timestamptz,
        unique (organisation, key))`,
      `create index mails_due on mails (organisation, next_at) where state = 'waiting'`,
    ),
  ],
}
