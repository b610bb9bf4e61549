/** Tables of mitigations: what is planned. Whether a bias is there is read from evidence. */
import { migration, type SliceMigrations } from '../../store/migrate.ts'

export const mitigationMigrations: SliceMigrations = {
  slice: 'governance-mitigations',
  steps: [
    migration(
      '001-mitigations',
      `create table mitigation_plans (
        id text primary key, organisation text not null, application text not null, evidence text not null,
        owner text not null, plan text not null, due_on text, updated_at timestamptz not null, updated_by text not null)`,
      'create unique index mitigation_plans_once on mitigation_plans (organisation, application, evidence)',
    ),
  ],
}
