/** Shapes of studies: people choose between two answers to one question, blind to whose they are. Browser-safe. */
import { z } from 'zod'
import { ActorId, Organisation } from '../../core/actor.ts'
import { Interval } from '../../core/evidence.ts'
import { Part } from '../../core/manifest.ts'
import { Name } from '../../core/names.ts'
import { ReleaseId } from '../../core/release.ts'
import { Digest } from '../../kernel/digest.ts'
import { idOf } from '../../kernel/ids.ts'
import { Instant } from '../../kernel/time.ts'
import { ItemId, QueueId } from '../annotation/index.ts'
import { ArmId } from '../arms/index.ts'
import { ExperimentId } from '../experiment.ts'
import { Comparison } from '../results.ts'

export const StudyId = idOf('stu')
export type StudyId = z.infer<typeof StudyId>

export const StudyArm = z.object({
  id: ArmId,
  experiment: ExperimentId,
  label: z.string(),
  release: ReleaseId,
  /** Whether it is a release as it was frozen, and no variant of one: of those alone there is evidence. */
  isRelease: z.boolean(),
  behaviour: z.array(Part),
})
export type StudyArm = z.infer<typeof StudyArm>

/** What people said of one arm, over all that it was held against. Counts are labels. */
export const ArmPreference = z.object({
  arm: ArmId,
  preferred: z.number().int(),
  tied: z.number().int(),
  bothBad: z.number().int(),
  lost: z.number().int(),
  /**
   * Bradley-Terry: the log ability with the mean of all arms at 0, and the chance to be preferred to the reference.
   * Null where there is no finite answer, because an arm was always or never preferred, and with few cases.
   */
  strength: z.number().nullable(),
  chance: z.number().nullable(),
  /** Of the chance; null for the reference itself. */
  interval: Interval.nullable(),
})
export type ArmPreference = z.infer<typeof ArmPreference>

export const StudyResults = z.object({
  /** Cases that somebody said something of, and all labels. */
  cases: z.number().int(),
  labels: z.number().int(),
  /** Labels that say "cannot tell". */
  untold: z.number().int(),
  /** Pairs that nobody said anything of. */
  unlabelled: z.number().int(),
  /** The reference first. */
  arms: z.array(ArmPreference),
  /** Each other arm against the reference: the share that preferred it less the share that preferred the reference. */
  comparisons: z.array(z.object({ arm: ArmId, comparison: Comparison })),
  /** How often people preferred what stood first, of those who preferred one; 0.5 is none. */
  position: z.object({ n: z.number().int(), firstShare: z.number().nullable(), interval: Interval.nullable() }),
  people: z.array(
    z.object({
      by: ActorId,
      labels: z.number().int(),
      firstShare: z.number().nullable(),
      /** Half of the labels took this or less, in milliseconds. */
      medianMs: z.number().nullable(),
    }),
  ),
})
export type StudyResults = z.infer<typeof StudyResults>

/** What a study takes and could see, before anybody is asked. */
export const StudyPlan = z.object({
  cases: z.number().int(),
  /** Pairs that people are asked about. */
  pairs: z.number().int(),
  /** Pairs whose answers are the same: a tie that nobody is asked about. */
  same: z.number().int(),
  labels: z.number().int(),
  /** Cases without an answer of each arm, and cases that ask something else in one of them. */
  failed: z.number().int(),
  changed: z.number().int(),
  /** Of all people together, at 45 seconds a label. */
  minutes: z.number(),
  /** The smallest difference between two arms that 80 % of such studies see; null with one case. */
  detectableDifference: z.number().nullable(),
})
export type StudyPlan = z.infer<typeof StudyPlan>

export const Study = z.object({
  id: StudyId,
  organisation: Organisation,
  application: Name,
  name: z.string(),
  queue: QueueId,
  dataset: z.object({ name: z.string(), digest: Digest }),
  /** The one that all others are compared with stands first. */
  arms: z.array(StudyArm).min(2),
  /** Differences of shares inside ± margin are equivalent. */
  margin: z.number(),
  plan: StudyPlan,
  /** Null until the study is closed. */
  results: StudyResults.nullable(),
  createdAt: Instant,
  createdBy: ActorId,
  closedAt: Instant.nullable(),
  closedBy: ActorId.nullable(),
})
export type Study = z.infer<typeof Study>

/** Which answer of a pair is whose. No route gives it; results are the first that anybody reads of it. */
export const StudyPair = z.object({
  study: StudyId,
  number: z.number().int(),
  /** Where people are asked about it; null where both answers are the same. */
  item: ItemId.nullable(),
  example: z.string(),
  cluster: z.string(),
  /** The arms of the first and of the second answer of the item. */
  first: ArmId,
  second: ArmId,
})
export type StudyPair = z.infer<typeof StudyPair>
