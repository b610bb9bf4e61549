/** The rules in force: those of the program, and own ones in their place by id. In memory, and in the database. */
import type { ActorId } from '../../core/actor.ts'
import { Failure } from '../../kernel/failure.ts'
import { inTransaction } from '../../store/database.ts'
import { readOnly } from '../../store/remember.ts'
import type { RuleInForce } from './contract.ts'
import type { ApprovalsDeps } from './deps.ts'
import { PolicyRule, RulePack } from './rule.ts'
import { deleteRule, listRuleRows, type RuleRow, saveRule } from './store.ts'

export async function createRules(deps: ApprovalsDeps) {
  const { db, clock, organisation, record, publish, remember = readOnly } = deps
  const pack = RulePack.parse(deps.pack).rules
  let own: RuleRow[] = []
  await reload()

  async function reload(): Promise<void> {
    own = await remember('model-rules', () => listRuleRows(db, organisation))
  }
  const changed = async (id: string): Promise<void> => {
    await reload()
    publish({ topic: 'model-rule', id, application: null })
  }

  return {
    reload,
    inForce: (): RuleInForce[] => [
      ...pack
        .filter(({ id }) => !own.some((row) => row.id === id))
        .map((rule): RuleInForce => ({ ...rule, origin: 'program' })),
      // A row may be older than the newest field of a rule.
      ...own.map(({ rule }): RuleInForce => ({ ...PolicyRule.parse(rule), origin: 'own' })),
    ],

    async put(rule: PolicyRule, by: ActorId): Promise<RuleInForce> {
      await inTransaction(db, async (tx) => {
        await saveRule(tx, { organisation, id: rule.id, rule, updatedAt: clock(), updatedBy: by })
        await record(tx, { actor: by, action: 'models.put-rule', subject: rule.id, detail: rule })
      })
      await changed(rule.id)
      return { ...rule, origin: 'own' }
    },

    async remove(id: string, by: ActorId): Promise<void> {
      await inTransaction(db, async (tx) => {
        if (!(await deleteRule(tx, organisation, id)))
          throw new Failure(
            'unknown',
            'models.rule-unknown',
            pack.some((rule) => rule.id === id)
              ? `${id} is a rule of the program. To switch it off, put one of your own in its place with enabled: false.`
              : `There is no rule ${id} of your own.`,
          )
        await record(tx, { actor: by, action: 'models.delete-rule', subject: id })
      })
      await changed(id)
    },
  }
}
