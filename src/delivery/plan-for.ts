/**
 * The plan that a rollout goes by: the one that is asked for, else the application's, else the default.
 *
 * In the high-risk class no step is taken by itself: a change of a system may be a substantial modification, and who
 * answers for it says yes each time.
 */
import { RolloutPlan } from '../core/rollout.ts'
import type { Stage } from '../core/stage.ts'
import { Failure } from '../kernel/failure.ts'
import { DEFAULT_PLAN } from './default-plan.ts'
import type { StoredApplication } from './rows.ts'

export function planFor(
  { name, rollouts, documents }: Pick<StoredApplication, 'name' | 'rollouts' | 'documents'>,
  stage: Stage,
  asked?: RolloutPlan,
): RolloutPlan {
  const declared = rollouts[stage]
  const plan = asked ?? (declared ? RolloutPlan.parse(declared) : DEFAULT_PLAN)
  if (!isHighRisk(documents)) return plan
  if (plan.advance === 'automatic')
    throw new Failure(
      'forbidden',
      'delivery.automatic-in-high-risk',
      `${name} is classified as high-risk, so no rollout of it goes on by itself. Set \`advance: person\` in the plan for ${stage}, or leave it out.`,
      { problems: [{ field: 'plan.advance', message: 'is automatic in the high-risk class' }] },
    )
  return { ...plan, advance: 'person' }
}

/** As `classification.yaml` says. */
const isHighRisk = ({ classification }: StoredApplication['documents']): boolean => {
  const value = classification?.value
  return typeof value === 'object' && value !== null && 'riskClass' in value && value.riskClass === 'high'
}
