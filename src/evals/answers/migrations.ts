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
    migration(
      '003-paid',
      `create table paid_answers (
        key text primary key, organisation text not null, work text not null, answer jsonb not null,
        at timestamptz not null)`,
      'create index paid_answers_by_work on paid_answers (work)',
    ),
  ],
}
