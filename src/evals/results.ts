/** What an experiment says beyond its scores: tries, further arms, slices, and what was promised before. Browser-safe. */
import { z } from 'zod'
import { Interval } from '../core/evidence.ts'
import { Digest } from '../kernel/digest.ts'
import { ArmName } from './variant.ts'

export const ComparisonVerdict = z.enum(['better', 'worse', 'equivalent', 'undecided'])
export type ComparisonVerdict = z.infer<typeof ComparisonVerdict>

/** Of examples with at least k repeats, unbiased. */
export const Reliability = z.object({
  k: z.number().int(),
  /** Chance that at least one of k tries is right. */
  passAtK: z.number(),
  /** Chance that all of k tries are right. */
  passAllK: z.number(),
  /** Of passAllK, over examples. */
  interval: Interval.nullable(),
  /** Examples. */
  n: z.number().int(),
})
export type Reliability = z.infer<typeof Reliability>

/** First arm less second arm over the examples that both have. */
export const Comparison = z.object({
  evaluator: z.string(),
  /** Pairs. */
  n: z.number().int(),
  /** Independent clusters among them. */
  clusters: z.number().int(),
  difference: z.number().nullable(),
  interval: Interval.nullable(),
  verdict: ComparisonVerdict,
  /** Whether it is no worse than the margin at 95 % on one side; null while that is undecided. */
  nonInferior: z.boolean().nullable().default(null),
  /** Differences inside ± margin are equivalent. */
  margin: z.number(),
  /** Pairs that would decide at this variance with 80 % power; null when decided or when nothing varies. */
  neededN: z.number().int().nullable(),
  /** Examples that only one arm got right; for rates. */
  discordant: z.object({ onlyCandidate: z.number().int(), onlyControl: z.number().int() }).nullable(),
  pValue: z.number().nullable(),
  /** pValue by Holm over all that were tested together; null where one comparison stands alone. */
  adjustedP: z.number().nullable().default(null),
  /** For example `newcombe-paired, exact McNemar`. */
  method: z.string(),
  /** Examples that lack a score in an arm and are left out: how many, and the first hundred by id. */
  excluded: z.object({ count: z.number().int(), examples: z.array(z.string()) }),
})
export type Comparison = z.infer<typeof Comparison>

/** A further arm against the reference arm of the experiment. */
export const FurtherComparison = z.object({ arm: ArmName, to: ArmName, comparison: z.array(Comparison) })
export type FurtherComparison = z.infer<typeof FurtherComparison>

/** The primary score over the examples that share a value of their metadata. */
export const Slice = z.object({
  /** Name of the metadata, or `split`. */
  by: z.string(),
  value: z.string(),
  /** Examples in it. */
  n: z.number().int(),
  /** Whether n reaches the least that anything is said of. */
  isEnough: z.boolean(),
  /** Whether it was named before the run; what is cut afterwards is for finding ideas only. */
  isDeclared: z.boolean(),
  arms: z.array(
    z.object({ arm: ArmName, n: z.number().int(), mean: z.number().nullable(), interval: Interval.nullable() }),
  ),
  /** Candidate less control, p adjusted over all slices; null without a control. */
  comparison: Comparison.nullable(),
})
export type Slice = z.infer<typeof Slice>

/** What was written down before the first row ran. */
export const Registration = z.object({
  suiteDigest: Digest,
  datasetDigest: Digest,
  /** prompt: one prompt · pipeline: several steps together · application: the whole thing. Null when not said. */
  kind: z.enum(['prompt', 'pipeline', 'application']).nullable(),
  /** Examples of each arm. */
  n: z.number().int(),
  margin: z.number(),
  /** What the primary score's lower bound must reach; null when the suite sets none. */
  threshold: z.number().nullable(),
  /** A case passes from this primary score on. */
  passAt: z.number(),
  evaluators: z.array(z.object({ key: z.string(), version: z.number().int() })),
  slices: z.array(z.string()),
  /** What a slice's score may not fall below. */
  sliceFloor: z.number().nullable(),
  /** Set when the run may end early, with the chance of a false end over all looks. */
  stopping: z.object({ alpha: z.number(), leastPairs: z.number().int() }).nullable(),
  /** The examples are published, so that models may have learned them. */
  isPublished: z.boolean(),
  /** Runs that measured exactly this before; all of them count. */
  runsBefore: z.number().int(),
})
export type Registration = z.infer<typeof Registration>
