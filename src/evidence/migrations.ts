/** Tables of evidence. The database itself refuses to change or remove a piece. */
import { migration, type SliceMigrations } from '../store/migrate.ts'

export const evidenceMigrations: SliceMigrations = {
  slice: 'evidence',
  steps: [
    migration(
      '001-evidence',
      `create table evidence (
        id text primary key, organisation text not null, application text not null, release text, "check" text not null,
        summary text not null, facts jsonb not null, inputs jsonb not null, producer jsonb not null, trust text not null,
        by text not null, duty text, source text, cost_micro_usd numeric not null, example boolean not null,
        at timestamptz not null, statement text not null, envelope jsonb not null)`,
      `create index evidence_application on evidence (organisation, application, id)`,
      `create index evidence_release on evidence (release, id) where release is not null`,
      `create function evidence_is_append_only() returns trigger language plpgsql as $$
        begin raise exception 'evidence is appended and never changed or removed'; end $$`,
      `create trigger evidence_stays before update or delete on evidence
        for each row execute function evidence_is_append_only()`,
      `create trigger evidence_stays_whole before truncate on evidence
        for each statement execute function evidence_is_append_only()`,
      `create table evidence_keys (
        keyid text primary key, organisation text not null, algorithm text not null, public_key text not null,
        since timestamptz not null)`,
    ),
    migration(
      '002-rare-evidence',
      `create index evidence_check on evidence (organisation, "check", application, id)`,
      `create index evidence_trust on evidence (organisation, trust, id) where trust <> 'measured'`,
    ),
    migration(
      '003-challenges',
      `create table challenges (
        id text primary key, organisation text not null, application text not null, evidence text not null,
        "check" text not null, reason text not null, state text not null, by text not null, at timestamptz not null,
        answer text, answered_by text, answered_at timestamptz)`,
      `create index challenges_application on challenges (organisation, application, id)`,
    ),
    migration(
      '004-keys-in-turn',
      `alter table evidence_keys add column generation int not null default 1,
        add column retired_at timestamptz, add column revoked_from timestamptz, add column reason text not null default ''`,
      `alter table evidence_keys alter column generation drop default, alter column reason drop default`,
      `create table evidence_generations (organisation text primary key, generation int not null)`,
    ),
    migration(
      '005-evidence-by-producer',
      `create index evidence_producer on evidence (organisation, (producer ->> 'name'), id)`,
    ),
    // What holds for a release has its first input among the release's parts, which leaves few pieces to compare whole.
    migration(
      '006-evidence-by-first-input',
      `create index evidence_first_input on evidence
        (organisation, application, (coalesce(inputs -> 0 ->> 'digest', '')), id)`,
    ),
  ],
}
