/** Shapes of measuring: evaluators, quotes, experiments with scores and comparison, and their rows. Browser-safe. */
import { z } from 'zod'
import { ActorId, Organisation } from '../core/actor.ts'
import { Example, Split } from '../core/dataset.ts'
import { Interval } from '../core/evidence.ts'
import { Part } from '../core/manifest.ts'
import { Name } from '../core/names.ts'
import { ReleaseId } from '../core/release.ts'
import { ServingMode } from '../core/serving.ts'
import { Digest } from '../kernel/digest.ts'
import { idOf } from '../kernel/ids.ts'
import { MicroUsd } from '../kernel/money.ts'
import { Instant } from '../kernel/time.ts'
import { Comparison, FurtherComparison, Registration, Reliability, Slice } from './results.ts'
import { ArmName, Variant } from './variant.ts'

export const ExperimentId = idOf('exp')
export type ExperimentId = z.infer<typeof ExperimentId>

/** paused: a cap is reached; `error` says which and when it opens, and it goes on where it was when it is resumed. */
export const ExperimentState = z.enum(['queued', 'running', 'paused', 'succeeded', 'failed', 'cancelled'])
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
  /** Least and greatest score; null where there is no end. */
  range: z.object({ low: z.number().nullable(), high: z.number().nullable() }),
  /** What an example needs so that it applies: `expected`, `contexts`, `unanswerable`. */
  needs: z.array(z.string()),
  /** What a score takes: nothing, a process of its own, or a model that is asked. */
  cost: z.enum(['none', 'process', 'model']),
  /** Where the definition is from, and how it differs from others of the name. */
  source: z.string(),
  description: z.string(),
})
export type EvaluatorInfo = z.infer<typeof EvaluatorInfo>

/** What one model will be asked for one purpose. */
export const QuotePart = z.object({
  /** answers: of the arms, by a model or an application over HTTP · judges: about the answers · vectors: of answers and references. */
  of: z.enum(['answers', 'judges', 'vectors']),
  /** `provider/model`, or the address of an application. */
  model: z.string(),
  calls: z.number().int(),
  /** Null for an application over HTTP, which says nothing of them. */
  tokens: z.object({ input: z.number().int(), output: z.number().int() }).nullable(),
  /** Null when the price is not known. */
  costMicroUsd: MicroUsd.nullable(),
})
export type QuotePart = z.infer<typeof QuotePart>

/** What an experiment will take and what it could see, before it runs. */
export const Quote = z.object({
  /** Calls of models or targets: for answers, of judges, and of models of vectors. */
  calls: z.number().int(),
  /** Null when a price is not known; unknown is never 0. */
  costMicroUsd: MicroUsd.nullable(),
  /** What of it is known: it costs at least so much. */
  atLeastMicroUsd: MicroUsd,
  /** The models whose price nobody knows. */
  unpriced: z.array(z.string()),
  /** Why it may not run with these, by the policy for unknown prices; null when it may. */
  blocked: z.string().nullable(),
  /** Who is asked what; empty for experiments from before this was kept. */
  parts: z.array(QuotePart),
  /** What batches of providers save of it, asked for or not; null where nothing of it can go in one. */
  batch: z
    .object({
      models: z.array(z.string()),
      /** Null when a price is not known. */
      savesMicroUsd: MicroUsd.nullable(),
      /** Providers promise the answers within so many hours. */
      hours: z.number(),
    })
    .nullable(),
  /** As long as the last experiment like it took; where there was none at a guess, which `basis` says. */
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
  /** pass@k and pass^k, for rates with repeats. */
  reliability: z.array(Reliability).default([]),
})
export type Score = z.infer<typeof Score>

/** candidate: the release · control: what it is measured against · others: the variants, by name. */
export const ExperimentArm = z.object({
  arm: ArmName,
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
  /** What the runs that did not fail took one after the other; null for experiments from before this was kept. */
  seconds: z.number().nullable().default(null),
  /** Rows whose answer had been given before and was taken again; nothing was paid for those. */
  reused: z.number().int().default(0),
})
export type ExperimentArm = z.infer<typeof ExperimentArm>

export const IntervalMethod = z.enum(['clustered-t', 'bca-bootstrap'])
export type IntervalMethod = z.infer<typeof IntervalMethod>

/** All runs that measured the same, taken together: examples are the unit, so more runs say more of each. */
export const Combined = z.object({
  experiments: z.array(ExperimentId),
  arms: z.array(ExperimentArm),
  comparison: z.array(Comparison),
})
export type Combined = z.infer<typeof Combined>

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
  variants: z.array(Variant),
  /** What was fixed before the first row ran; null for experiments from before this was kept. */
  registered: Registration.nullable(),
  /** Answers that were given before to the same question by the same parts are taken again. */
  isReusing: z.boolean(),
  /** How answers come: one by one at once, or in batches of their provider, within a day and at its price for that. */
  serving: ServingMode,
  /** Tags of the run, such as `git.commit`; those of other tools keep their names. */
  tags: z.record(z.string(), z.string()),
  state: ExperimentState,
  /** Rows that are durable, of all rows. */
  progress: z.object({ done: z.number().int(), total: z.number().int() }),
  quote: Quote,
  maxCostMicroUsd: MicroUsd.nullable(),
  /** What answers, judges and vectors took, as far as their prices are known. */
  spentMicroUsd: MicroUsd,
  /** Models that were asked and whose price nobody knows: at least `spentMicroUsd` was spent where there are some. */
  spentUnpriced: z.array(z.string()),
  /** Candidate first; scores are there when the experiment has ended. */
  arms: z.array(ExperimentArm),
  /** The primary evaluator first; empty without `against`. */
  comparison: z.array(Comparison),
  /** Each variant against the control, or against the candidate where nothing is controlled. */
  further: z.array(FurtherComparison),
  slices: z.array(Slice),
  /** Null while it is the only run that measured this. */
  combined: Combined.nullable(),
  /** Why it ended before all rows ran; null when it did not. */
  stoppedEarly: z.string().nullable(),
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
  /** What the score is made of: claims, steps, turns. */
  parts: z.array(z.object({ name: z.string(), score: z.number(), detail: z.string() })).optional(),
  /** What the judge or the vectors took; absent where no model was asked, null when a price is not known. */
  costMicroUsd: MicroUsd.nullish(),
})
export type RowScore = z.infer<typeof RowScore>

/** One run of one arm on one example, as it is kept. */
export const RowOutcome = z.object({
  experiment: ExperimentId,
  organisation: Organisation,
  arm: ArmName,
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
  /** The answer had been given before and was taken again. */
  isReused: z.boolean(),
})
export type RowOutcome = z.infer<typeof RowOutcome>

export const ExperimentRow = RowOutcome.extend({
  input: Example.shape.input,
  expected: Example.shape.expected,
  unanswerable: z.boolean().optional(),
  split: Split,
  cluster: z.string().optional(),
  /** Held out, and not shown: what was asked, answered and said of it is left out. */
  isHidden: z.boolean(),
  /** Candidate less control of the evaluator that was asked for (the primary when none was); null without a pair. */
  difference: z.number().nullable(),
})
export type ExperimentRow = z.infer<typeof ExperimentRow>
