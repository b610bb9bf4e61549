/** Tables of training runs. */
import { migration, type SliceMigrations } from '../../store/migrate.ts'

export const trainingRunMigrations: SliceMigrations = {
  slice: 'models-training-runs',
  steps: [
    migration(
      '001-training-runs',
      `create table model_training_runs (
        id text primary key, organisation text not null, model text not null, digest text not null, mlflow_run text,
        method text, base jsonb not null, teacher text, datasets jsonb not null, code jsonb,
        parameters jsonb not null, seed double precision, frameworks jsonb not null, hardware jsonb,
        cost_micro_usd numeric, started_at timestamptz, ended_at timestamptz, figures jsonb not null,
        weights jsonb not null, note text, replaces text references model_training_runs (id),
        recorded_by text not null, recorded_at timestamptz not null, unique (organisation, digest))`,
    ),
  ],
}
