/** What a gateway knows of the targets that it asks: how they stand, and how often they may be asked again. */
import { createRetryBudget } from './retry-budget.ts'
import { createTargetHealth } from './target-health.ts'

export const createTargets = (nowMs: () => number) => ({
  health: createTargetHealth(nowMs),
  budget: createRetryBudget({ nowMs }),
})

export type Targets = ReturnType<typeof createTargets>
