/** Tables of calibrations, forward only. */
import { migration, type SliceMigrations } from '../../store/migrate.ts'

export const judgesMigrations: SliceMigrations = {
  slice: 'evals-judges',
  steps: [
    migration(
      '001-calibrations',
      `create table calibrations (
        id text primary key, organisation text not null, application text not null, judge text not null,
        judge_name text not null, model text not null, data text not null, trust text not null, source text not null,
        result jsonb not null, created_at timestamptz not null, created_by text not null)`,
      `create index calibrations_of_judge on calibrations (application, judge, data, id desc)`,
      `create table calibration_cases (
        calibration text not null references calibrations (id), number int not null, content jsonb not null,
        primary key (calibration, number))`,
    ),
  ],
}
