/** The table of answers that are taken again, forward only. */
import { migration, type SliceMigrations } from '../../store/migrate.ts'

export const answersMigrations: SliceMigrations = {
  slice: 'evals-answers',
  steps: [
    migration(
      '001-answers',
      `create table experiment_answers (
        key text primary key, organisation text not null, outcome jsonb not null, latency_ms float8 not null,
        at timestamptz not null)`,
    ),
    migration('002-interrupted', 'alter table experiment_answers add column scores jsonb'),
  ],
}
