/** Tables of approvals. */
import { migration, type SliceMigrations } from '../../store/migrate.ts'

export const approvalMigrations: SliceMigrations = {
  slice: 'models-approvals',
  steps: [
    migration(
      '001-approvals',
      `create table model_approvals (
        id text primary key, organisation text not null, model text not null, state text not null,
        stages jsonb not null, data_classes jsonb not null, uses jsonb not null, residency jsonb not null,
        alias_accepted boolean not null, reason text not null, requested_by text not null,
        requested_at timestamptz not null, until timestamptz not null, findings jsonb not null,
        decided_by text, decided_at timestamptz, decision_reason text,
        withdrawn_by text, withdrawn_at timestamptz, withdrawal_reason text)`,
      'create index model_approvals_of_a_model on model_approvals (organisation, model)',
      `create table model_rules (
        organisation text not null, id text not null, rule jsonb not null, updated_at timestamptz not null,
        updated_by text not null, primary key (organisation, id))`,
    ),
  ],
}
