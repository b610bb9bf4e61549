/** Tables of maturity. */
import { migration, type SliceMigrations } from '../../store/migrate.ts'

export const maturityMigrations: SliceMigrations = {
  slice: 'governance-maturity',
  steps: [
    migration(
      '001-maturity',
      `create table maturity_assessments (
        id text primary key, organisation text not null, questionnaire text not null, answers jsonb not null,
        created_at timestamptz not null, created_by text not null)`,
      'create index maturity_assessments_by_time on maturity_assessments (organisation, questionnaire, created_at)',
    ),
  ],
}
