/** Tables of the advisor: which rules were tried where. */
import { migration, type SliceMigrations } from '../../store/migrate.ts'

export const advisorMigrations: SliceMigrations = {
  slice: 'governance-advisor',
  steps: [
    migration(
      '001-try-outs',
      `create table try_outs (
        id text primary key, organisation text not null, application text not null, rule text not null,
        variant text not null, release text not null, experiment text not null, created_at timestamptz not null,
        created_by text not null)`,
      `create index try_outs_newest on try_outs (organisation, id desc)`,
    ),
  ],
}
