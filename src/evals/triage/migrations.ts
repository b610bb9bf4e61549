/** Tables of triage, forward only. */
import { migration, type SliceMigrations } from '../../store/migrate.ts'

export const triageMigrations: SliceMigrations = {
  slice: 'evals-triage',
  steps: [
    migration(
      '001-failure-clusters',
      `create table failure_clusters (
        id text primary key, organisation text not null, experiment text not null, kind text not null,
        label text not null, terms jsonb not null, examples jsonb not null, n int not null, owner text, decision text,
        note text, decided_by text, decided_at timestamptz)`,
      `create index failure_clusters_of_experiment on failure_clusters (experiment, n desc)`,
    ),
  ],
}
