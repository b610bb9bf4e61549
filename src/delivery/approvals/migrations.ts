/** Tables of approvals. A signature and a view are appended: the database refuses to change or remove one. */
import { migration, type SliceMigrations } from '../../store/migrate.ts'

export const approvalMigrations: SliceMigrations = {
  slice: 'delivery-approvals',
  steps: [
    migration(
      '001-approvals',
      `create table approvals (
        id text primary key, organisation text not null, application text not null, release text not null,
        release_digest text not null, "into" text not null, verdicts text not null, snapshot_digest text not null,
        tier text not null, quorum jsonb not null, outsider boolean not null, solo boolean not null,
        state text not null, note text not null, authors jsonb not null, asked_by text not null,
        asked_at timestamptz not null, cools_until timestamptz, until timestamptz not null, ended_at timestamptz,
        evidence text, reminded_at timestamptz, example boolean not null)`,
      `create index approvals_application on approvals (organisation, application, id)`,
      // Two people who ask at the same moment ask once.
      `create unique index approvals_one_asked on approvals (release, "into") where state = 'asked'`,
      `create table approval_signatures (
        id text primary key, organisation text not null, approval text not null references approvals,
        by text not null, name text not null, duties jsonb not null, on_behalf_of text, decision text not null,
        reason text not null, independent boolean not null, outside boolean not null, at timestamptz not null,
        unique (approval, by))`,
      `create table approval_views (
        id text primary key, organisation text not null, approval text not null references approvals,
        pillar text not null, view text not null, by text not null, name text not null, at timestamptz not null)`,
      `create index approval_views_approval on approval_views (approval)`,
      `create function approvals_are_appended() returns trigger language plpgsql as $$
        begin raise exception 'what was signed is appended and never changed or removed'; end $$`,
      `create trigger approval_signatures_stay before update or delete on approval_signatures
        for each row execute function approvals_are_appended()`,
      `create trigger approval_views_stay before update or delete on approval_views
        for each row execute function approvals_are_appended()`,
      `create table delegations (
        id text primary key, organisation text not null, application text not null, duty text not null,
        "from" text not null, "to" text not null, reason text not null, at timestamptz not null,
        until timestamptz not null, ended_at timestamptz)`,
      `create index delegations_application on delegations (organisation, application)`,
    ),
  ],
}
