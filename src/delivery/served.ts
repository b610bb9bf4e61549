/** How applications, releases and rollouts are shown: the rows plus what is computed about them. */
import { z } from 'zod'
import { Application } from '../core/application.ts'
import { Pillar } from '../core/check.ts'
import { Release, ReleaseId } from '../core/release.ts'
import { Rollout, RolloutDecision, RolloutId, RolloutState, StepStatistics } from '../core/rollout.ts'
import { Stage } from '../core/stage.ts'
import { Verdict } from '../core/verdict.ts'
import { Digest } from '../kernel/digest.ts'
import { idOf } from '../kernel/ids.ts'
import { MicroUsd } from '../kernel/money.ts'
import { Instant } from '../kernel/time.ts'

const Counts = z.partialRecord(Verdict, z.number().int())

/** A gate decision in figures: how many checks have which verdict, in all and by pillar. Absent means none. */
export const GateSummary = z.object({
  into: Stage,
  decision: z.enum(['open', 'held']),
  counts: Counts,
  pillars: z.partialRecord(Pillar, Counts),
  /** What the checks that hold it take by the catalogue, at work and not waiting; machines may work side by side. */
  minutes: z.object({ people: z.number(), machine: z.number() }),
})
export type GateSummary = z.infer<typeof GateSummary>

/** Enough of a release to name it and link to it. */
export const ReleaseReference = z.object({ id: ReleaseId, number: z.number().int(), digest: Digest })
export type ReleaseReference = z.infer<typeof ReleaseReference>

/** A release with its standing. */
export const ServedRelease = Release.extend({
  /** The highest stage that it was promoted into; sandbox from the moment it is frozen. */
  stage: Stage,
  /** Where it answers now, and with which share of the stage's traffic. */
  live: z.array(z.object({ stage: Stage, share: z.number() })),
  /** The gate into the next stage; null when the catalogue has none. */
  scorecard: GateSummary.nullable(),
})
export type ServedRelease = z.infer<typeof ServedRelease>

/** As in lists: without the manifest. */
export const ReleaseSummary = ServedRelease.omit({ manifest: true })
export type ReleaseSummary = z.infer<typeof ReleaseSummary>

export const ServedStage = z.object({
  stage: Stage,
  /** The release in force; null while the stage is empty. */
  release: ReleaseReference.nullable(),
  since: Instant.nullable(),
  rollout: z
    .object({ id: RolloutId, candidate: ReleaseReference, share: z.number(), state: RolloutState, why: z.string() })
    .nullable(),
  /** How the release in force stands at the gate into the next stage; null where there is no such gate. */
  next: GateSummary.nullable(),
})
export type ServedStage = z.infer<typeof ServedStage>

/** An application with its stages, so that one call fills the page of all applications. */
export const ServedApplication = Application.extend({
  /** Values are left out unless they are asked for. */
  documents: z.record(z.string(), z.object({ digest: Digest, value: z.unknown().optional() })),
  /** The four stages, in order. */
  stages: z.array(ServedStage),
  /** The release that was frozen last. */
  newest: ReleaseReference.nullable(),
  /** False when the blueprint has changed since it was frozen last. */
  frozen: z.boolean(),
})
export type ServedApplication = z.infer<typeof ServedApplication>

const SideFigures = z.object({
  runs: z.number().int(),
  /** Left out because too many ran at once, or a cap was reached. */
  skipped: z.number().int(),
  /** Those of them that a cap of the application left out. */
  capped: z.number().int(),
  costMicroUsd: MicroUsd,
})

/** A rollout with everything that its decisions read. */
export const ServedRollout = Rollout.omit({ marks: true }).extend({
  controlNumber: z.number().int(),
  candidateNumber: z.number().int(),
  /** The candidate's share of the traffic at this moment; 0 after a rollback. */
  share: z.number(),
  statistics: z.array(StepStatistics),
  /** Of a shadow: how often the candidate answered unseen, was left out, and what it cost; null for others. */
  shadowed: SideFigures.nullable(),
  /** Of a plan that scores a sample of both arms: how many answers were, were left out, and what that cost. */
  scored: SideFigures.nullable(),
})
export type ServedRollout = z.infer<typeof ServedRollout>

/** One point of the plot: how the metrics stood at an instant. */
export const RolloutPoint = z.object({
  at: Instant,
  step: z.number().int(),
  share: z.number(),
  decision: RolloutDecision.shape.decision,
  sampleRatio: RolloutDecision.shape.sampleRatio,
  metrics: RolloutDecision.shape.metrics,
})
export type RolloutPoint = z.infer<typeof RolloutPoint>

/** What happened to one part between two releases. */
export const Change = z.object({
  kind: z.string(),
  name: z.string(),
  change: z.enum(['added', 'removed', 'changed']),
  before: Digest.nullable(),
  after: Digest.nullable(),
  /** What changed, as a sentence: `The flow answer: find: k is 12 instead of 2.` */
  words: z.string(),
  /** True when it can change what users are answered. */
  behaviour: z.boolean(),
})
export type Change = z.infer<typeof Change>

/** What it takes to answer the checks that are not open. A cost is null when a price is not known. */
export const RunPlan = z.object({
  producers: z.array(
    z.object({
      name: z.string(),
      checks: z.array(z.string()),
      calls: z.number().int(),
      costMicroUsd: MicroUsd.nullable(),
      minutes: z.number(),
    }),
  ),
  calls: z.number().int(),
  costMicroUsd: MicroUsd.nullable(),
  minutes: z.number(),
  /** Checks that no producer answers: a person does. */
  byPeople: z.array(z.object({ check: z.string(), title: z.string(), howto: z.string() })),
})
export type RunPlan = z.infer<typeof RunPlan>

export const JobReference = idOf('job')
