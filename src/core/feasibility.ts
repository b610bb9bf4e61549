/** What is said of a plan before it starts; `rollout-feasibility.ts` reckons it. */
import { z } from 'zod'
import { RolloutPlan } from './rollout.ts'

/** How a metric stands in the release in force; on the scale that is compared. */
export const Baseline = z.object({
  metric: z.string(),
  /** Rate of an event, mean of a mean (of logarithms when the scale is log). */
  value: z.number(),
  /** Standard deviation of a mean; of no meaning for events. */
  spread: z.number(),
  source: z.enum(['measured', 'assumed']),
})
export type Baseline = z.infer<typeof Baseline>

export const Effect = z.object({
  /** How much worse, as the margin is given: absolute for events and linear means, relative for log means. */
  worseBy: z.number(),
  /** Users in both arms until it is found in four of five cases, and how long they take to come. */
  units: z.number().int(),
  days: z.number(),
})

export const Feasibility = z.object({
  unitsPerDay: z.number(),
  trafficSource: z.enum(['measured', 'stated', 'unknown']),
  /** Can a candidate that is as good get through before its owner is asked? */
  isFeasible: z.boolean(),
  /** Of the whole plan, for a candidate that is as good; null when a step cannot be passed. */
  days: z.number().nullable(),
  steps: z.array(
    z.object({ share: z.number(), units: z.number().int().nullable(), days: z.number().nullable(), why: z.string() }),
  ),
  metrics: z.array(
    z.object({
      metric: z.string(),
      margin: z.number(),
      baseline: z.number(),
      baselineSource: z.enum(['measured', 'assumed']),
      /** The smallest harm that is found by the end of the plan in four of five cases; null when none is. */
      detectable: z.number().nullable(),
      /** A harm that nobody would overlook, and how soon it is found at the first share. */
      gross: Effect.nullable(),
    }),
  ),
  /** The same in plain sentences, the first one first. */
  words: z.array(z.string()),
  /** What to do instead; empty when the plan is feasible. */
  alternatives: z.array(z.string()),
  plan: RolloutPlan,
})
export type Feasibility = z.infer<typeof Feasibility>
export type Effect = z.infer<typeof Effect>
