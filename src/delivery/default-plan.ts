/** The plan of a stage whose blueprint names none: errors and waiting, which every application has. */
import { RolloutPlan } from '../core/rollout.ts'

export const DEFAULT_PLAN: RolloutPlan = RolloutPlan.parse({
  steps: [0.2, 0.5, 1],
  metrics: [
    { name: 'error', kind: 'event', margin: 0.02 },
    { name: 'latency-ms', kind: 'mean', scale: 'log', margin: 0.25 },
  ],
})
