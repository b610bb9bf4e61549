/** Tables of delivery, those of its sub-slice after its own. */
import { migration, type SliceMigrations } from '../store/migrate.ts'
import { decisionMigrations } from './decisions/index.ts'
import { rolloutMigrations } from './rollouts/index.ts'

export const deliveryMigrations: SliceMigrations = {
  slice: 'delivery',
  steps: [
    migration(
      '001-delivery',
      `create table applications (
        id text primary key, organisation text not null, name text not null, description text not null,
        template text not null, blueprint text not null, documents jsonb not null, created_at timestamptz not null,
        created_by text not null, updated_at timestamptz not null, rollouts jsonb not null, frozen_blueprint text,
        unique (organisation, name))`,
      `create table blueprint_files (
        organisation text not null, application text not null references applications, path text not null,
        digest text not null, primary key (application, path))`,
      `create table releases (
        id text primary key, organisation text not null, application text not null,
        application_id text not null references applications, number int not null, digest text not null,
        manifest jsonb not null, blueprint text not null, commit text, frozen_at timestamptz not null,
        frozen_by text not null, unique (application_id, digest), unique (application_id, number))`,
      `create table promotions (
        id text primary key, organisation text not null, application text not null,
        release text not null references releases, "from" text not null, "into" text not null, gate jsonb not null,
        by text not null, at timestamptz not null, unique (release, "into"))`,
      `create index promotions_application on promotions (organisation, application, id)`,
      `create table waivers (
        id text primary key, organisation text not null, application text not null, release text not null,
        "into" text not null, "check" text not null, reason text not null, residual_risk text not null,
        state text not null, requested_by text not null, requested_at timestamptz not null, decided_by text,
        decided_at timestamptz, until timestamptz not null, example boolean not null)`,
      `create index waivers_application on waivers (organisation, application, id)`,
      `create table live_stages (
        organisation text not null, application text not null, stage text not null,
        release text not null references releases, since timestamptz not null,
        primary key (organisation, application, stage))`,
      `create table live_versions (organisation text primary key, version int not null)`,
    ),
    ...rolloutMigrations,
    ...decisionMigrations,
    migration(
      '011-compensating-controls',
      `alter table waivers add column compensating_control text not null default 'none'`,
    ),
    migration(
      '012-ends-of-waivers',
      `alter table waivers add column ended_by text, add column ended_at timestamptz, add column end_reason text`,
    ),
  ],
}
