/** Routes of tuning: a sweep over variants and parameters with successive halving, on the build split alone. */
import { z } from 'zod'
import { Interval } from '../../core/evidence.ts'
import { Name } from '../../core/names.ts'
import { ReleaseId } from '../../core/release.ts'
import { Instant } from '../../kernel/time.ts'
import { route } from '../../wire/route.ts'

export const TunedVariant = z.object({
  id: z.string(),
  title: z.string(),
  /** Examples with a score. */
  n: z.number().int(),
  /** Of the suite's primary evaluator; null without a score. */
  mean: z.number().nullable(),
  interval: Interval.nullable(),
  /** Mean of one answer, in micro-dollars; null when a price is not known. */
  costMicroUsd: z.number().nullable(),
  latencyMs: z.number(),
  errors: z.number().int(),
  /** The round after which it fell out; null for the one that was left. */
  outAfter: z.number().int().nullable(),
  /** No other beats it in quality, cost and time at once. */
  pareto: z.boolean(),
})
export type TunedVariant = z.infer<typeof TunedVariant>

export const TuningResult = z.object({
  split: z.literal('build'),
  evaluator: z.string(),
  unit: z.string(),
  better: z.enum(['higher', 'lower']),
  calls: z.number().int(),
  rounds: z.array(z.object({ variants: z.number().int(), examples: z.number().int() })),
  variants: z.array(TunedVariant),
  best: z.string(),
  /** The best as the text of a .prompt file. */
  prompt: z.string(),
  parameters: z.record(z.string(), z.unknown()),
  /** What this is, and what it is not. */
  note: z.string(),
})
export type TuningResult = z.infer<typeof TuningResult>

export const startTuning = route({
  name: 'startTuning',
  method: 'POST',
  path: '/api/v1/releases/:id/tunings',
  summary:
    'Try variants of a prompt and parameters on the build split, halving after each round, under a budget of calls',
  permission: 'build',
  example: { suite: 'questions', budget: 60, sweep: { temperature: [0, 0.7] }, dryRun: true },
  mcp: true,
  params: z.object({ id: ReleaseId }),
  body: z.strictObject({
    suite: z.string().min(1),
    prompt: z.string().min(1).optional(),
    sweep: z.record(z.string(), z.array(z.unknown()).min(1).max(10)).default({}),
    budget: z.number().int().min(1).max(100_000),
    dryRun: z.boolean().default(false),
  }),
  returns: {
    202: z.object({ kind: z.literal('started'), id: z.string() }),
    200: z.object({
      kind: z.literal('quote'),
      variants: z.number().int(),
      examples: z.number().int(),
      calls: z.number().int(),
      rounds: TuningResult.shape.rounds,
    }),
  },
})

/** How far a tuning is, without what it found. */
export const TuningState = z.object({
  id: z.string(),
  application: Name,
  release: ReleaseId,
  suite: z.string(),
  prompt: z.string(),
  state: z.string(),
  progress: z.object({ done: z.number().int(), total: z.number().int().nullable() }),
  error: z.string().nullable(),
  createdAt: Instant,
})
export type TuningState = z.infer<typeof TuningState>

export const listTunings = route({
  name: 'listTunings',
  method: 'GET',
  path: '/api/v1/applications/:name/tunings',
  summary: 'The last hundred tunings of the prompts of an application, newest first',
  permission: 'view',
  mcp: true,
  params: z.object({ name: Name }),
  returns: { 200: z.object({ items: z.array(TuningState) }) },
})

export const getTuning = route({
  name: 'getTuning',
  method: 'GET',
  path: '/api/v1/tunings/:id',
  summary: 'How far a tuning is, and what it found: every variant with its score, cost and time',
  permission: 'view',
  mcp: true,
  params: z.object({ id: z.string().min(1) }),
  returns: {
    200: TuningState.extend({ result: TuningResult.nullable() }),
  },
})
