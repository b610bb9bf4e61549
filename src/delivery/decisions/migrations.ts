/** Tables of kept decisions; the database itself refuses to change or remove one. */
import { migration } from '../../store/migrate.ts'

export const decisionMigrations = [
  migration(
    '010-gate-records',
    `create table gate_definitions (digest text primary key, organisation text not null, gate jsonb not null)`,
    `create table gate_records (
      id text primary key, organisation text not null, application text not null, release text not null,
      "into" text not null, occasion text not null, decision jsonb not null, snapshot jsonb not null,
      gate text not null references gate_definitions, by text not null, at timestamptz not null)`,
    `create index gate_records_release on gate_records (organisation, release, id)`,
    `create function gate_records_are_append_only() returns trigger language plpgsql as $$
      begin raise exception 'decisions of gates are appended and never changed or removed'; end $$`,
    `create trigger gate_records_stay before update or delete on gate_records
      for each row execute function gate_records_are_append_only()`,
    `create trigger gate_definitions_stay before update or delete on gate_definitions
      for each row execute function gate_records_are_append_only()`,
  ),
]
