/** Tables of the watch over models. */
import { migration, type SliceMigrations } from '../../store/migrate.ts'

export const watchMigrations: SliceMigrations = {
  slice: 'models-watch',
  steps: [
    migration(
      '001-watch',
      `create table model_probes (
        id text primary key, organisation text not null, model text not null, at timestamptz not null,
        probe_set text not null, answers jsonb not null, response_models jsonb not null, fingerprints jsonb not null,
        verdict jsonb, failure text, cost_micro_usd numeric, revision int not null, is_reference boolean not null)`,
      'create index model_probes_of_a_model on model_probes (organisation, model, id)',
      `create table model_tasks (
        id text primary key, organisation text not null, model text not null, kind text not null, key text not null,
        title text not null, detail text not null, deadline timestamptz, applications jsonb not null,
        state text not null, opened_at timestamptz not null, closed_by text, closed_at timestamptz, resolution text,
        unique (organisation, key))`,
    ),
  ],
}
