/** Tables of policies: each version of a text, who acknowledged which, and each version of the standards. */
import { migration, type SliceMigrations } from '../../store/migrate.ts'

export const policyMigrations: SliceMigrations = {
  slice: 'governance-policies',
  steps: [
    migration(
      '001-policies',
      `create table policies (
        id text primary key, organisation text not null, name text not null, version integer not null,
        title text not null, text text not null, checks jsonb not null, is_required boolean not null,
        created_at timestamptz not null, created_by text not null)`,
      `create unique index policies_once on policies (organisation, name, version)`,
      `create table policy_acknowledgements (
        id text primary key, organisation text not null, policy text not null, version integer not null,
        actor text not null, at timestamptz not null)`,
      `create unique index policy_acknowledgements_once on policy_acknowledgements (organisation, policy, version, actor)`,
      `create table organisation_standards (
        id text primary key, organisation text not null, version integer not null, content jsonb not null,
        created_at timestamptz not null, created_by text not null)`,
      `create unique index organisation_standards_once on organisation_standards (organisation, version)`,
    ),
  ],
}
