/** All SQL of approvals and of rules that this installation made itself. */
import { z } from 'zod'
import { ActorId, Organisation } from '../../core/actor.ts'
import { Instant } from '../../kernel/time.ts'
import { type Database, json, type Tx, tablesOf } from '../../store/database.ts'
import { ModelApproval, type ModelApprovalId } from './approval.ts'
import { PolicyRule } from './rule.ts'

const RuleRow = z.object({
  organisation: Organisation,
  id: z.string(),
  rule: PolicyRule,
  updatedAt: Instant,
  updatedBy: ActorId,
})
export type RuleRow = z.infer<typeof RuleRow>

export const approvalTables = tablesOf({ modelApprovals: ModelApproval, modelRules: RuleRow })

export const listApprovalRows = (db: Database | Tx, organisation: string): Promise<ModelApproval[]> =>
  approvalTables(db)
    .selectFrom('modelApprovals')
    .selectAll()
    .where('organisation', '=', organisation)
    .orderBy('id', 'desc')
    .execute()

export async function addApproval(tx: Tx, approval: ModelApproval): Promise<void> {
  const { stages, dataClasses, uses, residency, findings } = approval
  await approvalTables(tx)
    .insertInto('modelApprovals')
    .values({
      ...approval,
      stages: json(stages),
      dataClasses: json(dataClasses),
      uses: json(uses),
      residency: json(residency),
      findings: json(findings),
    })
    .execute()
}

type Decided = Pick<ModelApproval, 'state' | 'decidedBy' | 'decidedAt' | 'decisionReason' | 'findings'>

/** Undefined when it was decided already. */
export const saveDecision = (tx: Tx, id: ModelApprovalId, decided: Decided): Promise<ModelApproval | undefined> =>
  approvalTables(tx)
    .updateTable('modelApprovals')
    .set({ ...decided, findings: json(decided.findings) })
    .where('id', '=', id)
    .where('state', '=', 'requested')
    .returningAll()
    .executeTakeFirst()

/** Undefined when there is nothing left to withdraw. */
export const saveWithdrawal = (
  tx: Tx,
  id: ModelApprovalId,
  withdrawn: Pick<ModelApproval, 'withdrawnBy' | 'withdrawnAt' | 'withdrawalReason'>,
): Promise<ModelApproval | undefined> =>
  approvalTables(tx)
    .updateTable('modelApprovals')
    .set({ ...withdrawn, state: 'withdrawn' })
    .where('id', '=', id)
    .where('state', 'in', ['requested', 'approved'])
    .returningAll()
    .executeTakeFirst()

export const listRuleRows = (db: Database, organisation: string): Promise<RuleRow[]> =>
  approvalTables(db)
    .selectFrom('modelRules')
    .selectAll()
    .where('organisation', '=', organisation)
    .orderBy('id')
    .execute()

export async function saveRule(tx: Tx, row: RuleRow): Promise<void> {
  const values = { ...row, rule: json(row.rule) }
  await approvalTables(tx)
    .insertInto('modelRules')
    .values(values)
    .onConflict((conflict) => conflict.columns(['organisation', 'id']).doUpdateSet(values))
    .execute()
}

/** False when there was none. */
export async function deleteRule(tx: Tx, organisation: string, id: string): Promise<boolean> {
  const { numDeletedRows } = await approvalTables(tx)
    .deleteFrom('modelRules')
    .where('organisation', '=', organisation)
    .where('id', '=', id)
    .executeTakeFirst()
  return numDeletedRows > 0n
}
