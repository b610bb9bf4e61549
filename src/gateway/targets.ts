/** What a gateway knows of the targets that it asks: how they stand, how often they may be asked again, who has read what. */
import { createAffinity } from './affinity.ts'
import { createRetryBudget } from './retry-budget.ts'
import { createTargetHealth } from './target-health.ts'

export const createTargets = (nowMs: () => number) => ({
  health: createTargetHealth(nowMs),
  budget: createRetryBudget({ nowMs }),
  affinity: createAffinity({ nowMs }),
})

export type Targets = ReturnType<typeof createTargets>
