/** The table of sandbox workspaces. */
import { migration, type SliceMigrations } from '../../store/migrate.ts'

export const workspaceMigrations: SliceMigrations = {
  slice: 'governance-workspaces',
  steps: [
    migration(
      '001-workspaces',
      `create table sandbox_workspaces (
        application text not null, organisation text not null, purpose text not null, key text not null,
        requests_per_minute integer not null, cost_micro_usd_per_month numeric not null,
        expires_at timestamptz not null, created_at timestamptz not null, created_by text not null,
        closed_at timestamptz, primary key (organisation, application))`,
    ),
  ],
}
