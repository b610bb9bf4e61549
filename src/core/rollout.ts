/** A rollout moves live traffic of one stage from the release in force (control) to a candidate, step by step. */
import { z } from 'zod'
import { idOf } from '../kernel/ids.ts'
import { Price } from '../kernel/money.ts'
import { Instant } from '../kernel/time.ts'
import { isOfSession, scoredLive } from './late-metric.ts'
import { ReleaseId } from './release.ts'
import { Stage } from './stage.ts'

export const RolloutId = idOf('rol')
export type RolloutId = z.infer<typeof RolloutId>

/** What is watched. All are harms: larger is worse. */
export const Metric = z.object({
  /**
   * Of a request: `error`, `schema-failure`, `invalid-citation`, `abstained`, `refused`, `guardrail-hit`, `escalated`,
   * `latency-ms`, `first-token-ms`, `cost-micro-usd`. Of a session: `session-cost-micro-usd`, `missed-kpi.<name>`. Said by people:
   * `feedback.<name>`. By an evaluator of the suite that the plan scores: `shortfall.<evaluator>`.
   */
  name: z.string().min(1),
  /** event: did it happen to this unit · mean: how much of it there was. */
  kind: z.enum(['event', 'mean']),
  /** For means: compare values, or their logarithms (then the margin is a ratio, 0.1 = 10 % more). */
  scale: z.enum(['linear', 'log']).default('linear'),
  /** How much worse is still acceptable: absolute for events and linear means, relative for log means. */
  margin: z.number().positive(),
  /** Any harm of a critical metric rolls back, not only harm past half the margin. */
  critical: z.boolean().default(false),
  /**
   * Amounts below this count as this much, in the unit of the metric: a difference that nobody notices is none. Without
   * it 3 ms instead of 2 ms are "half as slow again". Of log means; 50 for `latency-ms` and `first-token-ms`.
   */
  noticeable: z.number().positive().optional(),
  /** The candidate alone may not lie above this, whatever the control does: a rate for events, an amount for means. */
  ceiling: z.number().positive().optional(),
  /** So many events of the candidate while the control has none roll back at once; 3 for a critical event. */
  tripwire: z.number().int().min(1).optional(),
})
export type Metric = z.infer<typeof Metric>

/** Who is meant, by the subject that a request names or by what its `airworthy-metadata` says. */
export const Audience = z.object({
  /** Subjects as the application sends them: `airworthy-subject`, or the user of the request. */
  users: z.array(z.string().min(1)).max(10_000).default([]),
  /** Values of metadata: `{department: [sales, support]}`. One that fits is enough. */
  groups: z.record(z.string(), z.array(z.string().min(1)).min(1)).default({}),
})
export type Audience = z.infer<typeof Audience>

export const Strategy = z.enum(['canary', 'blue-green', 'cohort', 'shadow'])
export type Strategy = z.infer<typeof Strategy>

/** In a shadow each sampled user is answered by the control and, unseen, by the candidate: one of two is each. */
export const PAIRED_SHARE = 0.5

/** The candidate's half of a pair, under a name of its own: a unit counts once, and a pair is two. */
export const shadowUnit = (unit: string): string => `${unit}~shadow`

export const Shadow = z.object({
  /** Share of the users whose first request the candidate answers too. */
  sample: z.number().gt(0).max(1).default(0.1),
  /** What all of its answers may cost, in dollars; then it is asked no more. */
  usd: Price,
})
export type Shadow = z.infer<typeof Shadow>

/** A sample of the answers of both arms, scored by the evaluators of a suite that are not told which arm it was. */
export const SampledScores = z.object({
  /** A suite of the candidate; its evaluators score live as they score in an experiment. */
  suite: z.string().min(1),
  /** Share of the users whose first answer is scored. */
  sample: z.number().gt(0).max(1).default(0.1),
  /** What all judging may cost, in dollars; then nothing is judged any more. */
  usd: Price,
})
export type SampledScores = z.infer<typeof SampledScores>

export const RolloutPlan = z
  .object({
    /**
     * canary: a rising share of everybody · blue-green: everybody at once, the release before kept ready and the new one
     * watched for `soakMinutes` against its ceilings · cohort: those of `audience` alone, until `endsAt` · shadow: nobody
     * sees the candidate, which answers a sample of the same questions; it ends with a word, and moves no traffic.
     */
    strategy: Strategy.default('canary'),
    audience: Audience.optional(),
    shadow: Shadow.optional(),
    /** For metrics named `shortfall.<evaluator>`. */
    scores: SampledScores.optional(),
    /** A subject that is silent for so long has ended its session; 30 when not said. */
    sessionMinutes: z.number().min(1).max(1440).optional(),
    /** When a cohort falls back to the release in force, unless somebody has decided. */
    endsAt: Instant.optional(),
    /**
     * person: each step waits for somebody to say yes, and harm rolls back all the same. Automatic when not said; in the
     * high-risk class it is always a person.
     */
    advance: z.enum(['automatic', 'person']).optional(),
    /** After a rollback by the rule nothing else begins in the stage for so long, unless somebody signs for it. */
    cooldownMinutes: z.number().min(0).default(60),
    /** Shares of the traffic, rising, ending with 1. */
    steps: z
      .array(z.number().gt(0).max(1))
      .min(1)
      .refine(
        (steps) => steps.at(-1) === 1 && steps.every((share, i) => i === 0 || share > (steps[i - 1] ?? 0)),
        'shares rise and end with 1',
      )
      .default([0.2, 0.5, 1]),
    /** Least time on a step. None in poc, and always shown. */
    soakMinutes: z.number().min(0).default(0),
    /** Units (users or sessions) that each arm needs before a decision is made. */
    minimumUnits: z.number().int().min(100).default(100),
    metrics: z.array(Metric).min(1),
    /** Chance of rolling back a release that does no harm, over the whole rollout and all metrics. */
    alphaRollback: z.number().gt(0).lt(0.5).default(0.01),
    /** Chance, for each metric, of going on with a release that is exactly at the margin. */
    alphaPromote: z.number().gt(0).lt(0.5).default(0.05),
    alphaSampleRatio: z.number().gt(0).lt(0.5).default(0.001),
    /** Units in both arms at which the sequences are to be tightest. */
    plannedUnits: z.number().int().positive().default(5000),
    /** After this long on one step without a decision the owner is asked; nothing is promoted by a timeout. */
    holdTimeoutMinutes: z.number().positive().default(10_080),
  })
  .superRefine(({ strategy, steps, audience, endsAt, shadow, scores, metrics }, context) => {
    const refuse = (field: string, message: string) => context.addIssue({ code: 'custom', path: [field], message })
    const isCohort = strategy === 'cohort'
    if (strategy === 'blue-green' && steps[0] !== 1) refuse('steps', 'a blue-green plan has one step: [1]')
    const isShadow = strategy === 'shadow'
    if (isShadow && !shadow) refuse('shadow', 'a shadow says what it samples and may cost: {sample: 0.1, usd: "5"}')
    if (isShadow && (steps[0] !== PAIRED_SHARE || steps.length !== 2))
      refuse('steps', 'a shadow compares pairs and then ends: [0.5, 1]')
    if (!isShadow && shadow) refuse('shadow', 'only a shadow has one')
    if (isShadow && metrics.some(({ name }) => isOfSession(name)))
      refuse('metrics', 'a shadow answers one question of a user and sees no session; leave out what is of one')
    const isScored = scoredLive({ metrics }).length > 0
    if (isShadow && isScored)
      refuse('metrics', 'a shadow scores nothing; compare both releases on the same cases with `airworthy eval`')
    if (isScored && !scores) refuse('scores', 'say which suite scores and for how much: {suite: answers, usd: "5"}')
    if (!isScored && scores) refuse('scores', 'no metric reads it; name one shortfall.<evaluator>')
    const twice = metrics.find(({ name }, at) => metrics.findIndex((one) => one.name === name) !== at)
    if (twice) refuse('metrics', `${twice.name} is there twice`)
    if (!isCohort && audience) refuse('audience', 'only a cohort has an audience')
    if (!isCohort && endsAt) refuse('endsAt', 'only a cohort has an end')
    if (isCohort && !(audience && audience.users.length + Object.keys(audience.groups).length > 0))
      refuse('audience', 'a cohort names its users or groups')
    if (isCohort && !endsAt) refuse('endsAt', 'a cohort has an end; it falls back then unless somebody decides')
  })
export type RolloutPlan = z.infer<typeof RolloutPlan>

export const RolloutState = z.enum(['planned', 'running', 'holding', 'paused', 'completed', 'rolled-back', 'aborted'])
export type RolloutState = z.infer<typeof RolloutState>

export const Arm = z.enum(['control', 'candidate'])
export type Arm = z.infer<typeof Arm>

/** Sufficient statistics of one metric in one arm at one step. Sums are of logarithms when the scale is log. */
export const MetricSums = z.object({
  units: z.number().int(),
  events: z.number().int(),
  sum: z.number(),
  sumOfSquares: z.number(),
})
export type MetricSums = z.infer<typeof MetricSums>

/** What one step of a rollout has seen; `firstSeen` counts each unit once, in the step where it first came. */
export const StepStatistics = z.object({
  step: z.number().int(),
  share: z.number(),
  firstSeen: z.object({ control: z.number().int(), candidate: z.number().int() }),
  metrics: z.record(z.string(), z.object({ control: MetricSums, candidate: MetricSums })),
})
export type StepStatistics = z.infer<typeof StepStatistics>

/** How one metric stands, with everything that was compared. */
export const MetricReading = z.object({
  metric: z.string(),
  kind: z.enum(['event', 'mean']),
  control: z.object({ units: z.number(), events: z.number(), value: z.number().nullable() }),
  candidate: z.object({ units: z.number(), events: z.number(), value: z.number().nullable() }),
  /** Candidate minus control (log means: ratio minus 1); null while there is too little. */
  difference: z.number().nullable(),
  /** One-sided upper limit at alphaPromote and lower limit at the rollback alpha. */
  upper: z.number().nullable(),
  lower: z.number().nullable(),
  margin: z.number(),
  /** log10 of the e-value for harm, and the threshold that it must reach; null for means. */
  logEvidence: z.number().nullable(),
  logThreshold: z.number(),
  verdict: z.enum(['not-worse', 'harm', 'undecided']),
  /** What decided it, or how many more units would. */
  why: z.string(),
  unitsNeeded: z.number().nullable(),
})
export type MetricReading = z.infer<typeof MetricReading>

export const RolloutDecision = z.object({
  /** fall-back: a cohort's end came and nobody had decided. */
  decision: z.enum(['advance', 'hold', 'abort', 'complete', 'fall-back']),
  why: z.array(z.string()),
  /** What looks like an incident of a provider: the control is far from its own band. Null when nothing does. */
  incident: z.string().nullish(),
  step: z.number().int(),
  share: z.number(),
  metrics: z.array(MetricReading),
  sampleRatio: z.object({ logEvidence: z.number(), logThreshold: z.number(), mismatch: z.boolean() }),
  at: Instant,
})
export type RolloutDecision = z.infer<typeof RolloutDecision>

/** The control's counts at a moment, over all steps. */
export const ControlMark = z.record(z.string(), z.object({ units: z.number().int(), events: z.number().int() }))
export type ControlMark = z.infer<typeof ControlMark>

export const Rollout = z.object({
  id: RolloutId,
  organisation: z.string(),
  application: z.string(),
  stage: Stage,
  control: ReleaseId,
  candidate: ReleaseId,
  plan: RolloutPlan,
  state: RolloutState,
  /** Index into plan.steps. */
  step: z.number().int(),
  /** Fixed for the whole rollout, so that nobody changes arms when the share grows. */
  salt: z.string(),
  startedBy: z.string(),
  startedAt: Instant,
  stepStartedAt: Instant,
  endedAt: Instant.nullable(),
  /** The last decision as it was made. */
  latest: RolloutDecision.nullable(),
  /** Where the control stood a little while ago, to see whether it is out of its own band. */
  marks: z.array(ControlMark),
  reason: z.string(),
})
export type Rollout = z.infer<typeof Rollout>

export const isOpen = ({ state }: Pick<Rollout, 'state'>): boolean =>
  ['planned', 'running', 'holding', 'paused'].includes(state)
