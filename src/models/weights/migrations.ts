/** Tables of weights. */
import { migration, type SliceMigrations } from '../../store/migrate.ts'

export const weightsMigrations: SliceMigrations = {
  slice: 'models-weights',
  steps: [
    migration(
      '001-weights',
      `create table model_weights (
        id text primary key, organisation text not null, model text not null, path text not null, revision text,
        state text not null, digest text, bytes double precision not null, files jsonb not null,
        signature jsonb not null, problems jsonb not null, expected jsonb not null, trusted_key text,
        job text not null, registered_by text not null, registered_at timestamptz not null,
        inspected_at timestamptz)`,
      'create index model_weights_of_a_model on model_weights (organisation, model)',
    ),
    migration(
      '002-signed-by',
      'alter table model_weights add column trusted_identity jsonb',
      `update model_weights set signature = signature || '{"signedBy": null}'`,
    ),
  ],
}
