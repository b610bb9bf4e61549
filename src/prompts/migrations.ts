/** Tables of prompts. */
import { migration, type SliceMigrations } from '../store/migrate.ts'

export const promptsMigrations: SliceMigrations = {
  slice: 'prompts',
  steps: [
    migration(
      '001-versions',
      `create table prompt_versions (
        organisation text not null,
        application text not null,
        name text not null,
        number integer not null,
        digest text not null,
        front_matter jsonb not null,
        body text not null,
        first_release text not null,
        at timestamptz not null,
        primary key (organisation, application, name, digest),
        unique (organisation, application, name, number)
      )`,
      `create table prompt_uses (
        organisation text not null,
        application text not null,
        name text not null,
        digest text not null,
        release text not null,
        at timestamptz not null,
        primary key (organisation, application, name, release)
      )`,
    ),
    migration('002-partials', 'alter table prompt_versions add column partials jsonb'),
  ],
}
