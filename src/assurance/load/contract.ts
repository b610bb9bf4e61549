/** Routes of load runs: what a release bears of real requests, and how many processes its peak takes. */
import { z } from 'zod'
import { EvidenceId, Interval } from '../../core/evidence.ts'
import { Name } from '../../core/names.ts'
import { ReleaseId } from '../../core/release.ts'
import { ServingMode } from '../../core/serving.ts'
import { Spread } from '../../core/spread.ts'
import { Stage } from '../../core/stage.ts'
import { MicroUsd } from '../../kernel/money.ts'
import { Instant } from '../../kernel/time.ts'
import { route } from '../../wire/route.ts'

/** warm-up: in no figure · planned: up to the factor · beyond: until it breaks · recovery: after that, at half the peak. */
export const StepKind = z.enum(['warm-up', 'planned', 'beyond', 'recovery'])
export type StepKind = z.infer<typeof StepKind>

export const PlannedStep = z.object({
  kind: StepKind,
  /** Times the expected peak. */
  factor: z.number(),
  perSecond: z.number(),
  seconds: z.number(),
  requests: z.number().int(),
})
export type PlannedStep = z.infer<typeof PlannedStep>

/** What the load is held against. */
export const Objectives = z.object({
  mode: ServingMode,
  peakPerSecond: z.number(),
  /** Null: nobody said; then nothing is said of it. */
  p95Ms: z.number().nullable(),
  firstTokenMs: z.number().nullable(),
  /** blueprint: `serving` of the release · given: by who started the run. */
  from: z.enum(['blueprint', 'given']),
})
export type Objectives = z.infer<typeof Objectives>

export const LoadPlan = z.object({
  objectives: Objectives,
  /** In the order in which they run; what is beyond the factor ends where it breaks. */
  steps: z.array(PlannedStep),
  /** How many questions there are; they are asked in turn. */
  questions: z.number().int(),
  /** Which requests are answered as streams. */
  streamed: z.enum(['some', 'all', 'none']),
  timeoutSeconds: z.number(),
  headroom: z.number(),
})
export type LoadPlan = z.infer<typeof LoadPlan>

export const LoadQuote = z.object({
  /** At most; a run that stops by itself takes fewer. */
  calls: z.number().int(),
  /** Null when a price is not known; unknown is never 0. */
  costMicroUsd: MicroUsd.nullable(),
  minutes: z.number(),
})
export type LoadQuote = z.infer<typeof LoadQuote>

export const StepFigures = z.object({
  step: PlannedStep,
  sent: z.number().int(),
  answered: z.number().int(),
  /** By the schedule, whether or not anybody answered. */
  offeredPerSecond: z.number(),
  /** Answers over the time from the first request to the last answer. */
  answeredPerSecond: z.number(),
  /** From when a request was due to its last byte, of those that were answered. */
  latencyMs: Spread.nullable(),
  /** From when it was due to the first piece of text, of streams. */
  firstTokenMs: Spread.nullable(),
  errorRate: z.object({ value: z.number(), n: z.number().int(), interval: Interval }),
  errors: z.array(z.object({ what: z.string(), count: z.number().int() })),
  /** The last third took more than twice as long as the first: what waits grows. */
  isGrowing: z.boolean(),
  /** Under way when the last request had been sent. */
  underWayAtEnd: z.number().int(),
  /** How late the generator sent, 95 of 100. */
  generatorLateMs: z.number(),
  /** generator: it could not send in time · cap: a cap of ours refused; in both the figures are none of the release. */
  limitedBy: z.enum(['generator', 'cap']).nullable(),
  /** Why it ended before its time; null where it did not. */
  stoppedBy: z.enum(['errors', 'cost', 'under-way', 'other-release']).nullable(),
  /** held: surely within the objectives · failed: surely not · undecided: an interval crosses them, or nothing was said. */
  standing: z.enum(['held', 'failed', 'undecided']),
  /** Null when a price is not known. */
  costMicroUsd: MicroUsd.nullable(),
})
export type StepFigures = z.infer<typeof StepFigures>

/** What the requests of a run asked of one model of a provider. */
export const ModelAsked = z.object({
  /** `provider/model`. */
  model: z.string(),
  calls: z.number().int(),
  inputTokens: z.number(),
  outputTokens: z.number(),
})
export type ModelAsked = z.infer<typeof ModelAsked>

/** bears: surely enough · short: surely not · unknown: something of it nobody said. */
const QuotaStanding = z.enum(['bears', 'short', 'unknown'])

export const QuotaLimit = z.object({
  counted: z.enum(['requests', 'tokens', 'input-tokens', 'output-tokens']),
  /** Null where the provider does not say. */
  per: z.enum(['second', 'minute', 'hour', 'day', 'month']).nullable(),
  /** Null: there is none, as somebody declared. */
  limit: z.number().nullable(),
  /** In such a window, at the peak with its headroom; null where that cannot be said. */
  needed: z.number().nullable(),
  /** read: off the provider's answers · declared: by somebody. */
  from: z.enum(['read', 'declared']),
  at: Instant,
  /** Of which of several keys; null: of any. */
  credential: z.string().nullable(),
  standing: QuotaStanding,
})
export type QuotaLimit = z.infer<typeof QuotaLimit>

export const TargetQuota = z.object({
  /** `provider/model`. */
  target: z.string(),
  /** What a request of users took of it, on the average of `n` of the run. */
  perRequest: z.object({
    calls: z.number(),
    inputTokens: z.number(),
    outputTokens: z.number(),
    n: z.number().int(),
  }),
  standing: QuotaStanding,
  limits: z.array(QuotaLimit),
  says: z.string(),
})
export type TargetQuota = z.infer<typeof TargetQuota>

export const Capacity = z.object({
  /** Processes that answered while it was measured. */
  processes: z.number().int(),
  /** Requests a second that all of them carried within the objectives; null where no step surely did. */
  heldPerSecond: z.number().nullable(),
  /** The least rate that they surely did not carry; null where none was reached. */
  failedPerSecond: z.number().nullable(),
  headroom: z.number(),
  /** Processes for the peak with its headroom: at least, and surely enough. Null where nothing held. */
  needed: z.object({ low: z.number().int(), high: z.number().int() }).nullable(),
  says: z.string(),
  /** Of each model at a provider that was asked, by what is known now; empty where none was. */
  quotas: z.array(TargetQuota).default([]),
  /** What it leaves open. */
  notMeasured: z.array(z.string()),
})
export type Capacity = z.infer<typeof Capacity>

export const LoadResult = z.object({
  stage: Stage,
  steps: z.array(StepFigures),
  capacity: Capacity,
  /** What its answered requests asked of models at providers; null in runs that did not note it. */
  asked: z
    .object({ requests: z.number().int(), models: z.array(ModelAsked) })
    .nullable()
    .default(null),
  /** From the end of the overload until all was answered in time again; null where it was not tried or never was. */
  recoveredSeconds: z.number().nullable(),
  /** The lowest step, as a multiple of the peak, that surely failed; null where none did. */
  breaksAt: z.number().nullable(),
  words: z.array(z.string()),
  evidence: EvidenceId.nullable(),
})
export type LoadResult = z.infer<typeof LoadResult>

export const LoadRun = z.object({
  /** The job; `/api/v1/jobs/:id/cancel` ends it. */
  id: z.string(),
  application: Name,
  release: ReleaseId,
  state: z.string(),
  progress: z.object({ done: z.number().int(), total: z.number().int().nullable(), message: z.string() }),
  error: z.string().nullable(),
  plan: LoadPlan,
  quote: LoadQuote,
  /** Null before the end. */
  result: LoadResult.nullable(),
  createdAt: Instant,
})
export type LoadRun = z.infer<typeof LoadRun>

export const StartLoadRun = z.strictObject({
  /** Requests a second in the busiest minute; as `serving.peakPerSecond` says when left out. */
  peakPerSecond: z.number().positive().max(10_000).optional(),
  /** 95 of 100 answers within so many milliseconds; as `serving.p95Ms` says when left out. */
  p95Ms: z.number().positive().optional(),
  firstTokenMs: z.number().positive().optional(),
  /** The highest planned step, as a multiple of the peak: 2 for the pilot, 3 for production. */
  factor: z.number().min(1).max(20).default(2),
  /** On beyond the factor, doubling up to this multiple, until it breaks; then how soon it is well again. */
  beyond: z.number().min(2).max(1000).optional(),
  /** Of a step; one with too few requests for its figures takes longer. */
  seconds: z.number().min(0.1).max(3600).default(30),
  /** suite: examples of a suite that are not held out · traces: what was asked in its stage lately. */
  questions: z.enum(['suite', 'traces']).default('suite'),
  /** Which suite; the first that has open examples when left out. */
  suite: z.string().min(1).max(200).optional(),
  streamed: z.enum(['some', 'all', 'none']).optional(),
  timeoutSeconds: z.number().min(1).max(600).default(60),
  /** Capacity is planned for the peak times this. */
  headroom: z.number().min(1).max(100).default(1.5),
  maxCostMicroUsd: MicroUsd.optional(),
  dryRun: z.boolean().default(false),
})
export type StartLoadRun = z.infer<typeof StartLoadRun>

const Told = { quote: LoadQuote, plan: LoadPlan }

export const startLoadRun = route({
  name: 'startLoadRun',
  method: 'POST',
  path: '/api/v1/releases/:id/load-runs',
  summary: 'Load a live release through the gateway, beyond its expected peak, and record evidence for perf.load',
  permission: 'build',
  mcp: true,
  example: { peakPerSecond: 5, p95Ms: 3000, factor: 2, dryRun: true },
  params: z.object({ id: ReleaseId }),
  body: StartLoadRun,
  returns: {
    202: z.object({ kind: z.literal('started'), id: z.string(), ...Told }),
    200: z.object({ kind: z.literal('quote'), ...Told }),
    409: z.object({ kind: z.literal('over-budget'), ...Told }),
  },
})

export const listLoadRuns = route({
  name: 'listLoadRuns',
  method: 'GET',
  path: '/api/v1/releases/:id/load-runs',
  summary: 'The last load runs of a release with their figures and the capacity that follows, newest first',
  permission: 'view',
  mcp: true,
  params: z.object({ id: ReleaseId }),
  returns: { 200: z.object({ items: z.array(LoadRun) }) },
})
