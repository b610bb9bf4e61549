/** SQL of mitigations. */
import { type Database, type Tx, tablesOf } from '../../store/database.ts'
import { MitigationPlan } from './contract.ts'

export const own = tablesOf({ mitigationPlans: MitigationPlan })

/** Keeps the plan of a finding, in place of an earlier one. */
export async function savePlan(tx: Tx, plan: MitigationPlan): Promise<void> {
  const { owner, plan: text, dueOn, updatedAt, updatedBy } = plan
  await own(tx)
    .insertInto('mitigationPlans')
    .values(plan)
    .onConflict((on) =>
      on
        .columns(['organisation', 'application', 'evidence'])
        .doUpdateSet({ owner, plan: text, dueOn, updatedAt, updatedBy }),
    )
    .execute()
}

/** Of one application, or of all. */
export function listPlans(
  db: Database | Tx,
  { organisation, application }: { organisation: string; application?: string | undefined },
): Promise<MitigationPlan[]> {
  const query = own(db).selectFrom('mitigationPlans').selectAll().where('organisation', '=', organisation)
  return (application === undefined ? query : query.where('application', '=', application)).orderBy('id').execute()
}
