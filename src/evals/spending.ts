/**
 * What rows took: the money that is known, and whose price is not.
 *
 * Invariant: a cost that nobody knows is never 0; whoever was asked for it is named.
 */
import { type MicroUsd, sumMoney } from '../kernel/money.ts'
import type { RowOutcome } from './experiment.ts'
import type { ExperimentPlan } from './experiment-plan.ts'

export type Spending = { readonly cost: MicroUsd; readonly unpriced: readonly string[] }

export function spendingOf(
  rows: readonly RowOutcome[],
  { arms, evaluators }: Pick<ExperimentPlan, 'arms' | 'evaluators'>,
): Spending {
  const unpriced = new Set<string>()
  const costs: MicroUsd[] = []
  const take = (costMicroUsd: MicroUsd | null, who: string | undefined): void => {
    if (costMicroUsd !== null) costs.push(costMicroUsd)
    else if (who !== undefined) unpriced.add(who)
  }
  for (const { arm, costMicroUsd, servedBy, error, scores } of rows) {
    const target = arms.find((one) => one.arm === arm)?.manifest.target?.url
    // A run that failed gave nothing that is billed, as far as anybody knows.
    take(costMicroUsd, error === null ? (servedBy ?? target ?? arm) : undefined)
    for (const { key, asks } of evaluators) {
      const score = scores[key]
      if (score?.costMicroUsd !== undefined) take(score.costMicroUsd, asks ?? key)
    }
  }
  return { cost: sumMoney(costs), unpriced: [...unpriced] }
}
