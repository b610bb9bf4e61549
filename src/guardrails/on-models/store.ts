/** All SQL of guardrails on models: one row an organisation. */
import { z } from 'zod'
import { ActorId, Organisation } from '../../core/actor.ts'
import { Instant } from '../../kernel/time.ts'
import { type Database, json, type Tx, tablesOf } from '../../store/database.ts'
import { migration, type SliceMigrations } from '../../store/migrate.ts'
import { ModelGuardrail } from './contract.ts'

export const ModelGuardrailsRow = z.object({
  organisation: Organisation,
  guardrails: z.array(ModelGuardrail),
  updatedAt: Instant,
  updatedBy: ActorId,
})
export type ModelGuardrailsRow = z.infer<typeof ModelGuardrailsRow>

export const modelGuardrailTables = tablesOf({ model_guardrails: ModelGuardrailsRow })

export const guardrailsMigrations: SliceMigrations = {
  slice: 'guardrails',
  steps: [
    migration(
      '001-on-models',
      `create table model_guardrails (
        organisation text primary key,
        guardrails jsonb not null,
        updated_at timestamptz not null,
        updated_by text not null
      )`,
    ),
  ],
}

export const findModelGuardrailsRow = (db: Database, organisation: string): Promise<ModelGuardrailsRow | undefined> =>
  modelGuardrailTables(db)
    .selectFrom('model_guardrails')
    .selectAll()
    .where('organisation', '=', organisation)
    .executeTakeFirst()

export async function saveModelGuardrailsRow(tx: Tx, row: ModelGuardrailsRow): Promise<void> {
  const values = { ...row, guardrails: json(row.guardrails) }
  await modelGuardrailTables(tx)
    .insertInto('model_guardrails')
    .values(values)
    .onConflict((conflict) => conflict.column('organisation').doUpdateSet(values))
    .execute()
}
