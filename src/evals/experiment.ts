/** Shapes of measuring: evaluators, quotes, experiments with scores and comparison, and their rows. Browser-safe. */
import { z } from 'zod'
import { ActorId, Organisation } from '../core/actor.ts'
import { Example, Split } from '../core/dataset.ts'
import { Interval } from '../core/evidence.ts'
import { Part } from '../core/manifest.ts'
import { Name } from '../core/names.ts'
import { ReleaseId } from '../core/release.ts'
import { Arm } from '../core/rollout.ts'
import { Digest } from '../kernel/digest.ts'
import { idOf } from '../kernel/ids.ts'
import { MicroUsd } from '../kernel/money.ts'
import { Instant } from '../kernel/time.ts'

export const ExperimentId = idOf('exp')
export type ExperimentId = z.infer<typeof ExperimentId>

export const ExperimentState = z.enum(['queued', 'running', 'succeeded', 'failed', 'cancelled'])
export type ExperimentState = z.infer<typeof ExperimentState>

/** What the release is measured against: its named baseline, or another release. */
export const Against = z.union([z.literal('baseline'), ReleaseId])
export type Against = z.infer<typeof Against>

/** How a score is meant: a rate counts 0 or 1, a mean averages numbers. */
export const ScoreKind = z.enum(['rate', 'mean'])
export type ScoreKind = z.infer<typeof ScoreKind>

export const EvaluatorInfo = z.object({
  id: z.string(),
  /** Rises when the same row would get another score. */
  version: z.number().int(),
  kind: ScoreKind,
  /** `share` from 0 to 1, `ms`, `micro-USD`. */
  unit: z.string(),
  better: z.enum(['higher', 'lower']),
  /** What an example needs so that it applies: `expected`, `contexts`, `unanswerable`. */
  needs: z.array(z.string()),
  description: z.string(),
})
export type EvaluatorInfo = z.infer<typeof EvaluatorInfo>

/** What an experiment will take and what it could see, before it runs. */
export const Quote = z.object({
  /** Calls of models or targets. */
  calls: z.number().int(),
  /** Null when a price is not known; unknown is never 0. */
  costMicroUsd: MicroUsd.nullable(),
  minutes: z.number(),
  /** The smallest difference of the primary score that 80 % of such experiments see; null without a comparison. */
  detectableDifference: z.number().nullable(),
  /** What cost, time and detectable difference rest on, in a sentence. */
  basis: z.string(),
})
export type Quote = z.infer<typeof Quote>

/** One evaluator over one arm. n + missing + errors = examples. */
export const Score = z.object({
  /** The evaluator's id; a second use in one suite is `regex#2`. */
  evaluator: z.string(),
  version: z.number().int(),
  /** Examples with a score; repeats of one example are averaged first. */
  n: z.number().int(),
  /** Examples to which the evaluator does not apply. */
  missing: z.number().int(),
  /** Examples without a score because the run or the evaluator failed. Never counted as 0. */
  errors: z.number().int(),
  mean: z.number().nullable(),
  interval: Interval.nullable(),
  kind: ScoreKind,
  unit: z.string(),
  better: z.enum(['higher', 'lower']),
})
export type Score = z.infer<typeof Score>

/** candidate: the release · control: what it is measured against. */
export const ExperimentArm = z.object({
  arm: Arm,
  label: z.string(),
  release: ReleaseId,
  /** Prompts, models with parameters, flow, index: the unit that the scores belong to, never the model alone. */
  behaviour: z.array(Part),
  /** Runs that are done, and those of them that failed. */
  rows: z.number().int(),
  failed: z.number().int(),
  scores: z.array(Score),
  latencyMs: z.object({ p50: z.number(), p95: z.number() }).nullable(),
  /** Null when the cost of a run is not known. */
  costMicroUsd: MicroUsd.nullable(),
  tokens: z.object({ input: z.number().int(), output: z.number().int(), estimated: z.boolean() }),
})
export type ExperimentArm = z.infer<typeof ExperimentArm>

/** Candidate less control over the examples that both arms have. */
export const Comparison = z.object({
  evaluator: z.string(),
  /** Pairs. */
  n: z.number().int(),
  /** Independent clusters among them. */
  clusters: z.number().int(),
  difference: z.number().nullable(),
  interval: Interval.nullable(),
  verdict: z.enum(['better', 'worse', 'equivalent', 'undecided']),
  /** Differences inside ± margin are equivalent. */
  margin: z.number(),
  /** Pairs that would decide at this variance with 80 % power; null when decided or when nothing varies. */
  neededN: z.number().int().nullable(),
  /** Examples that only one arm got right; for rates. */
  discordant: z.object({ onlyCandidate: z.number().int(), onlyControl: z.number().int() }).nullable(),
  pValue: z.number().nullable(),
  /** For example `newcombe-paired, exact McNemar`. */
  method: z.string(),
  /** Examples that lack a score in an arm and are left out: how many, and the first hundred by id. */
  excluded: z.object({ count: z.number().int(), examples: z.array(z.string()) }),
})
export type Comparison = z.infer<typeof Comparison>

export const IntervalMethod = z.enum(['clustered-t', 'bca-bootstrap'])
export type IntervalMethod = z.infer<typeof IntervalMethod>

export const Experiment = z.object({
  id: ExperimentId,
  organisation: Organisation,
  application: Name,
  release: ReleaseId,
  against: Against.nullable(),
  suite: z.string(),
  dataset: z.string(),
  splits: z.array(Split),
  repeats: z.number().int(),
  /** How intervals of means are computed. */
  intervals: IntervalMethod,
  primary: z.string(),
  state: ExperimentState,
  /** Rows that are durable, of all rows. */
  progress: z.object({ done: z.number().int(), total: z.number().int() }),
  quote: Quote,
  maxCostMicroUsd: MicroUsd.nullable(),
  spentMicroUsd: MicroUsd,
  /** Candidate first; scores are there when the experiment has ended. */
  arms: z.array(ExperimentArm),
  /** The primary evaluator first; empty without `against`. */
  comparison: z.array(Comparison),
  /** Over all that the scores depend on: experiments with the same one measured the same thing. */
  measures: Digest,
  /** Seeds the bootstrap: the same rows give the same interval. */
  seed: z.number().int(),
  /** Program and machine that it ran on. */
  environment: z.record(z.string(), z.string()),
  error: z.string().nullable(),
  createdAt: Instant,
  createdBy: ActorId,
  startedAt: Instant.nullable(),
  finishedAt: Instant.nullable(),
})
export type Experiment = z.infer<typeof Experiment>

export const RowScore = z.object({
  /** Null: does not apply to this row, or `error` says why it could not be scored. */
  score: z.number().nullable(),
  detail: z.string(),
  error: z.string().optional(),
})
export type RowScore = z.infer<typeof RowScore>

/** One run of one arm on one example, as it is kept. */
export const RowOutcome = z.object({
  experiment: ExperimentId,
  organisation: Organisation,
  arm: Arm,
  example: z.string(),
  /** Place of the example in its dataset, from 1. */
  exampleNumber: z.number().int(),
  /** From 1. */
  repeat: z.number().int(),
  answer: z.string(),
  abstained: z.boolean(),
  /** Ids, best first. */
  passages: z.array(z.string()),
  citations: z.array(z.string()),
  invalidCitations: z.array(z.string()),
  /** By evaluator. */
  scores: z.record(z.string(), RowScore),
  error: z.string().nullable(),
  latencyMs: z.number(),
  tokens: z.object({ input: z.number().int(), output: z.number().int(), estimated: z.boolean() }),
  costMicroUsd: MicroUsd.nullable(),
  /** `provider/model` that answered; null when none did. */
  servedBy: z.string().nullable(),
  trace: z.string().nullable(),
})
export type RowOutcome = z.infer<typeof RowOutcome>

export const ExperimentRow = RowOutcome.extend({
  input: Example.shape.input,
  expected: Example.shape.expected,
  unanswerable: z.boolean().optional(),
  split: Split,
  cluster: z.string().optional(),
  /** Candidate less control of the evaluator that was asked for (the primary when none was); null without a pair. */
  difference: z.number().nullable(),
})
export type ExperimentRow = z.infer<typeof ExperimentRow>
