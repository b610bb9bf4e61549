/** The table of batches, forward only. */
import { migration, type SliceMigrations } from '../../store/migrate.ts'

export const inBatchesMigrations: SliceMigrations = {
  slice: 'evals-in-batches',
  steps: [
    migration(
      '001-batches',
      `create table experiment_batches (
        id text primary key, organisation text not null, experiment text not null, model text not null, sent_as text,
        state text not null, rows jsonb not null, bound jsonb not null, problem text, at timestamptz not null,
        look_at timestamptz not null, ended_at timestamptz)`,
      'create index experiment_batches_of_experiment on experiment_batches (experiment)',
      "create index experiment_batches_open on experiment_batches (look_at) where state in ('sending', 'sent', 'ended')",
    ),
  ],
}
