/** Tables of human oversight. */
import { migration, type SliceMigrations } from '../store/migrate.ts'

export const oversightMigrations: SliceMigrations = {
  slice: 'oversight',
  steps: [
    migration(
      '001-oversight',
      `create table held_answers (
        id text primary key, organisation text not null, application text not null, stage text not null,
        release text not null, trace text not null, kinds jsonb not null, mode text not null, turns jsonb not null,
        answer text not null, "user" text, asked_by text not null, at timestamptz not null, until timestamptz,
        state text not null, given text, reason text not null, decided_by text, decided_at timestamptz)`,
      `create index held_answers_application on held_answers (organisation, application, id)`,
      `create index held_answers_waiting on held_answers (organisation, id) where state = 'waiting'`,
      `create table stop_tests (
        id text primary key, organisation text not null, application text not null, release text not null,
        seconds float8, answers_again boolean not null, by text not null, at timestamptz not null)`,
      `create index stop_tests_application on stop_tests (organisation, application, id)`,
    ),
    migration(
      '002-held-calls',
      `create table held_calls (
        id text primary key, organisation text not null, application text not null, stage text not null,
        release text not null, trace text not null, tool text not null, tool_digest text not null,
        arguments text not null, "user" text, asked_by text not null, at timestamptz not null,
        until timestamptz not null, state text not null, result text, error text, reason text not null,
        decided_by text, decided_at timestamptz)`,
      `create index held_calls_application on held_calls (organisation, application, id)`,
      `create index held_calls_waiting on held_calls (organisation, id) where state = 'waiting'`,
    ),
    migration(
      '003-sealed',
      'alter table held_answers add column sealed text',
      'alter table held_calls add column sealed text',
    ),
  ],
}
