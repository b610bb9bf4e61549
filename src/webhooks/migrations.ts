/** Tables of webhooks: endpoints with their sealed secrets, and one row for each event that goes to one. */
import { migration, type SliceMigrations } from '../store/migrate.ts'

export const webhooksMigrations: SliceMigrations = {
  slice: 'webhooks',
  steps: [
    migration(
      '001-webhooks',
      `create table webhooks (
        id text primary key, organisation text not null, url text not null, description text not null,
        events jsonb not null, application text, enabled boolean not null, disabled_because text,
        created_at timestamptz not null, created_by text not null, secret text not null, previous_secret text,
        previous_until timestamptz)`,
      `create table webhook_deliveries (
        id text primary key, organisation text not null, webhook text not null references webhooks (id) on delete cascade,
        event text not null, type text not null, application text, state text not null, attempts jsonb not null,
        next_at timestamptz, created_at timestamptz not null, delivered_at timestamptz, payload text not null)`,
      `create index webhook_deliveries_newest on webhook_deliveries (webhook, id desc)`,
      `create index webhook_deliveries_due on webhook_deliveries (next_at) where state = 'waiting'`,
    ),
  ],
}
