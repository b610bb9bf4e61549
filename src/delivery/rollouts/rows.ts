/** What is kept about a rollout besides the rollout itself. */
import { z } from 'zod'
import { ReleaseId } from '../../core/release.ts'
import { Arm, RolloutId, RolloutState, StepStatistics } from '../../core/rollout.ts'
import { MicroUsd } from '../../kernel/money.ts'
import { Instant } from '../../kernel/time.ts'
import { RolloutPoint } from '../served.ts'

/** The first outcome of a unit in a metric; the metric '' stands for having been seen at all. */
export const SeenRow = z.object({ rollout: RolloutId, metric: z.string(), unit: z.string() })
export type SeenRow = z.infer<typeof SeenRow>

/** Sufficient statistics of one metric, step and arm; the metric '' counts units that were first seen there. */
export const StatisticsRow = z.object({
  rollout: RolloutId,
  step: z.number().int(),
  metric: z.string(),
  arm: Arm,
  units: z.number().int(),
  events: z.number().int(),
  sum: z.number(),
  sumOfSquares: z.number(),
})
export type StatisticsRow = z.infer<typeof StatisticsRow>

export const SEEN = ''

/** What a decision read besides the plan. */
export const DecisionRead = z.object({
  statistics: z.array(StepStatistics),
  state: RolloutState,
  stepStartedAt: Instant,
  blockers: z.array(z.string()),
  incident: z.string().nullable(),
  byPerson: z.boolean(),
  why: z.array(z.string()),
})
export type DecisionRead = z.infer<typeof DecisionRead>

export const PointRow = RolloutPoint.extend({ rollout: RolloutId, read: DecisionRead.nullable() })
export type PointRow = z.infer<typeof PointRow>

/** A session under a rollout that has not ended yet: what its requests cost, and which goals were reached. */
export const SessionRow = z.object({
  rollout: RolloutId,
  unit: z.string(),
  arm: Arm,
  release: ReleaseId,
  /** In force when its first request came. */
  share: z.number(),
  /** Null once a request had a cost that nobody knows. */
  costMicroUsd: z.number().nullable(),
  /** How far each goal was reached, 0 to 1; what is not here was not reached. */
  kpis: z.record(z.string(), z.number()),
  /** Of the requests that are in the sum, so that one that is told twice counts once. */
  events: z.array(z.string()),
  lastAt: Instant,
})
export type SessionRow = z.infer<typeof SessionRow>

/** What runs on the side of a rollout: a shadow asks the candidate, scores ask evaluators. */
export const SidePurpose = z.enum(['shadow', 'scores'])
export type SidePurpose = z.infer<typeof SidePurpose>

/** How often, and what that cost. */
export const SideRow = z.object({
  rollout: RolloutId,
  purpose: SidePurpose,
  runs: z.number().int(),
  /** Left out because too many ran at once, or a cap was reached. */
  skipped: z.number().int(),
  /** Those of them that a cap on what the application may use left out. */
  capped: z.number().int(),
  /** Runs whose price nobody knows: a cap on money cannot hold then, and the next is not made. */
  unpriced: z.number().int(),
  costMicroUsd: MicroUsd,
})
export type SideRow = z.infer<typeof SideRow>
